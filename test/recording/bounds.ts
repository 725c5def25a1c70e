// From what a person did to what others may be shown of them: at least this, at most that, at every instant.
import type { Ladder, Policy } from 'presence-model';
import type { Page, Situation, Truth, Way } from './truth.js';

/** At an instant a user is at least `least` and at most `most`. */
export interface Bound {
  readonly from: number;
  readonly until: number;
  readonly least: string;
  readonly most: string;
}
/** A step of what was shown: from `at` on. */
export interface Step {
  readonly at: number;
  readonly status: string;
}
export interface Deviation {
  readonly userId: string;
  readonly from: number;
  readonly until: number;
  readonly is: 'too low' | 'too high';
  readonly shown: string;
  readonly wanted: string;
}

/** What a situation allows once it has lasted for `afterMs`; where the truth knows the last use, once it lies so far back. */
export interface Wish {
  readonly afterMs: number;
  readonly least: string;
  readonly most: string;
}
export type Wishes = { readonly [S in Exclude<Situation['is'], 'gone'>]: readonly Wish[] };

/** The default policy's promise to people whose pages report as the recorded ones do. */
export const defaultWishes: Wishes = {
  coming: [{ afterMs: 0, least: 'offline', most: 'active' }],
  used: [{ afterMs: 0, least: 'active', most: 'active' }],
  // The page calls itself idle after 10 s without input and looks once a second; five minutes later it is away. Its last
  // input was up to 2 s before the driver said that it was done.
  'in front': [
    { afterMs: 0, least: 'idle', most: 'active' },
    { afterMs: 11_000, least: 'idle', most: 'idle' },
    { afterMs: 298_000, least: 'away', most: 'idle' },
    { afterMs: 300_000, least: 'away', most: 'away' },
  ],
  'in front or hidden': [{ afterMs: 0, least: 'away', most: 'active' }],
  hidden: [{ afterMs: 0, least: 'away', most: 'away' }],
  frozen: [{ afterMs: 0, least: 'away', most: 'away' }],
  // A page that says goodbye has the grace of `closed`, since it may have been a reload.
  elsewhere: [
    { afterMs: 0, least: 'offline', most: 'active' },
    { afterMs: 5_000, least: 'offline', most: 'away' },
  ],
  running: [{ afterMs: 0, least: 'idle', most: 'active' }],
};

/** The rows of a policy that may keep somebody who left. The worst of them decides. */
function graces({ silence, departures, whileReported }: Policy, way: Way): readonly Ladder[] {
  if (way === 'fell silent') return [silence];
  const cause = { closed: 'closed', 'signed out': 'left', 'broken off': 'dropped' }[way];
  // Under which report somebody left, the truth does not know: of a row that a report replaces, the longer grace counts.
  const instead = Object.values(whileReported).map((rows) => rows?.departures?.[cause]);
  return [
    silence,
    [departures[cause], ...instead].reduce<Ladder>((a, b) => (b === undefined ? a : longest(a, b)), {}),
  ];
}
function longest(a: Ladder, b: Ladder): Ladder {
  if (Object.keys(a).length === 0) return b;
  return Object.fromEntries(
    Object.entries(a).flatMap(([status, ms]) => {
      const other = b[status];
      return ms === undefined || other === undefined ? [] : [[status, Math.max(ms, other)]];
    }),
  );
}

function wishesOf(situation: Situation, policy: Policy, wishes: Wishes): readonly Wish[] {
  if (situation.is !== 'gone') return wishes[situation.is];
  const bottom = policy.statuses.at(-1) ?? '';
  const cells = graces(policy, situation.way).flatMap((ladder) => Object.entries(ladder));
  return [0, ...cells.map(([, ms]) => ms ?? 0)]
    .sort((a, b) => a - b)
    .map((afterMs) => {
      const crossed = cells.filter(([, ms]) => (ms ?? Infinity) <= afterMs).map(([status]) => status);
      return {
        afterMs,
        least: bottom,
        most: policy.statuses.filter((status) => crossed.includes(status)).at(-1) ?? policy.statuses[0] ?? '',
      };
    });
}

function boundsOfPage(page: Page, until: number, policy: Policy, wishes: Wishes): readonly Bound[] {
  const bottom = policy.statuses.at(-1) ?? '';
  const bounds: Bound[] = [
    { from: -Infinity, until: page.stays[0]?.from ?? until, least: bottom, most: bottom },
  ];
  page.stays.forEach(({ from, situation }, index) => {
    const end = page.stays[index + 1]?.from ?? until;
    const origin = 'unusedSince' in situation ? situation.unusedSince : from;
    const list = wishesOf(situation, policy, wishes);
    list.forEach((wish, at) => {
      const next = list[at + 1];
      const begin = Math.max(from, origin + wish.afterMs);
      const stop = Math.min(end, next === undefined ? end : origin + next.afterMs);
      if (begin < stop) bounds.push({ from: begin, until: stop, least: wish.least, most: wish.most });
    });
  });
  return bounds;
}

/** A user is at least, and at most, the best of their pages. */
export function boundsOf(
  truth: Truth,
  policy: Policy,
  wishes: Wishes = defaultWishes,
): ReadonlyMap<string, readonly Bound[]> {
  const rank = (status: string): number => policy.statuses.indexOf(status);
  const best = (statuses: readonly string[]): string =>
    statuses.reduce((a, b) => (rank(b) < rank(a) ? b : a));
  const byUser = new Map<string, (readonly Bound[])[]>();
  for (const page of truth.pages) {
    byUser.set(page.userId, [
      ...(byUser.get(page.userId) ?? []),
      boundsOfPage(page, truth.until, policy, wishes),
    ]);
  }
  return new Map(
    [...byUser].map(([userId, pages]) => {
      const cuts = instants(pages.flat().flatMap(({ from, until }) => [from, until]));
      const bounds = pairs(cuts).map(([from, until]) => {
        const all = pages.flatMap((page) => page.filter((bound) => bound.from <= from && from < bound.until));
        return {
          from,
          until,
          least: best(all.map(({ least }) => least)),
          most: best(all.map(({ most }) => most)),
        };
      });
      return [userId, bounds] as const;
    }),
  );
}

/**
 * Where what was shown is outside the bounds. A bound counts once it has stood for `slackMs` (a deed takes a while to be heard)
 * and until `earlyMs` before its end (some deeds were written down a little after they were done).
 */
export function deviations(
  userId: string,
  bounds: readonly Bound[],
  steps: readonly Step[],
  statuses: readonly string[],
  { slackMs, earlyMs }: { readonly slackMs: number; readonly earlyMs: number },
): readonly Deviation[] {
  const rank = (status: string): number => statuses.indexOf(status);
  const asked = statuses
    .flatMap((status) => [
      ...standing(bounds, ({ least }) => rank(least) <= rank(status)).map((span) => ({
        ...span,
        is: 'too low' as const,
        wanted: status,
      })),
      ...standing(bounds, ({ most }) => rank(most) >= rank(status)).map((span) => ({
        ...span,
        is: 'too high' as const,
        wanted: status,
      })),
    ])
    .map((span) => ({ ...span, from: span.from + slackMs, until: span.until - earlyMs }));

  const cuts = instants([...asked.flatMap(({ from, until }) => [from, until]), ...steps.map(({ at }) => at)]);
  const found: Deviation[] = [];
  for (const [from, until] of pairs(cuts)) {
    const shown = steps.filter(({ at }) => at <= from).at(-1)?.status ?? statuses.at(-1) ?? '';
    const broken = asked.filter(
      (span) =>
        span.from <= from &&
        until <= span.until &&
        (span.is === 'too low' ? rank(shown) > rank(span.wanted) : rank(shown) < rank(span.wanted)),
    );
    // Of several wishes that are broken the strictest is told: the best that must at least be shown, the worst that may at most be.
    const tooLow = broken
      .filter(({ is }) => is === 'too low')
      .sort((a, b) => rank(a.wanted) - rank(b.wanted))[0];
    const tooHigh = broken
      .filter(({ is }) => is === 'too high')
      .sort((a, b) => rank(b.wanted) - rank(a.wanted))[0];
    const worst = tooLow ?? tooHigh;
    if (worst === undefined) continue;
    const last = found.at(-1);
    if (last?.until === from && last.is === worst.is) {
      found[found.length - 1] = { ...last, until, shown: worse(last.shown, shown) };
    } else found.push({ userId, from, until, is: worst.is, shown, wanted: worst.wanted });
  }
  return found;

  function worse(a: string, b: string): string {
    return rank(a) > rank(b) ? a : b;
  }
}

/** A fall that is taken back within `withinMs`: others see it as a flicker. */
export interface Flicker {
  readonly at: number;
  readonly forMs: number;
  readonly shown: string;
}
export function flickers(
  steps: readonly Step[],
  statuses: readonly string[],
  withinMs: number,
): readonly Flicker[] {
  const rank = (status: string): number => statuses.indexOf(status);
  return steps.flatMap(({ at, status }, index) => {
    const before = steps[index - 1];
    const after = steps[index + 1];
    if (before === undefined || after === undefined || after.at - at >= withinMs) return [];
    return rank(status) > rank(before.status) && rank(after.status) < rank(status)
      ? [{ at, forMs: after.at - at, shown: status }]
      : [];
  });
}

function standing(
  bounds: readonly Bound[],
  holds: (bound: Bound) => boolean,
): { from: number; until: number }[] {
  const spans: { from: number; until: number }[] = [];
  for (const bound of bounds.filter(holds)) {
    const last = spans.at(-1);
    if (last?.until === bound.from) last.until = bound.until;
    else spans.push({ from: bound.from, until: bound.until });
  }
  return spans;
}
const instants = (all: readonly number[]): readonly number[] => [...new Set(all)].sort((a, b) => a - b);
const pairs = (cuts: readonly number[]): readonly (readonly [number, number])[] =>
  cuts.slice(1).map((until, index) => [cuts[index] ?? until, until] as const);
