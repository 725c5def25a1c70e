// The other end: what a page says through its beacon, by timers that browsers throttle and freeze and over a network that loses
// and delays, is what a server derives. Stories, browsers, networks and policies are random.
//
// A story is what happens on a page. The browser runs its timers: at once while it may be seen, on whole seconds for the first
// minute that it is hidden, once a minute from then on, not at all while it is frozen. The network keeps the order, loses at
// most as many beats in a row as are tolerated, and delays. The server's clock is hours away from the page's.

import { deepStrictEqual, ok } from 'node:assert';
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { definePolicy, deriveSession, observe, signalOf } from 'presence-model';
import type { Beat, NamesOf, Numbered, Signal, UserEvidence } from 'presence-model';
import { createBeacon, heartbeatPlan } from 'presence-model/client';
import type { PageEvent } from 'presence-model/client';
import { describe, expect, it } from 'vitest';
import { maybe } from '../support/arbitraries.js';

// ---- policies

const statuses = ['busy', 'here', 'idle', 'away', 'gone'] as const;
const defined = definePolicy({
  statuses,
  silence: {},
  inactivity: {},
  untouched: {},
  reports: { none: 'here', active: 'here', idle: 'idle', background: 'away', call: 'busy' },
  departures: { dropped: {}, closed: {}, left: { gone: 0 } },
});
type Policy = typeof defined;
type Words = NamesOf<Policy>;
type Word = Words['report'];
type Status = Words['status'];
type Row = { readonly [S in Status]?: number };

interface Setting {
  readonly policy: Policy;
  readonly toleratedLosses: number;
  readonly marginMs: number;
}

const secondMs = 1_000;
const minuteMs = 60_000;

/** Cells in seconds and a few odd milliseconds, the first at least `leastMs`; often some are left out. */
function rows(leastMs: number, mostMs: number): Arbitrary<Row> {
  const cell = maybe(fc, fc.integer({ min: 0, max: mostMs }), 3 / 4);
  return fc.tuple(cell, cell, cell, cell).map((steps) => {
    let afterMs = leastMs;
    const cells = steps.flatMap((step, i) => (step === undefined ? [] : [[statuses[i + 1], (afterMs += i === 0 ? step % 5_000 : step)] as const]));
    return Object.fromEntries(cells) as Row;
  });
}

/** Policies of all kinds, and what to survive. Interactions are told once a second, so nobody is inactive before that can be heard. */
const settings: Arbitrary<Setting> = fc
  .record({ toleratedLosses: fc.nat({ max: 2 }), marginMs: fc.constantFrom(0, 400, secondMs, 2_500) })
  .chain(({ toleratedLosses, marginMs }) => {
    const tries = toleratedLosses + 1;
    const visible = (): Arbitrary<Row> => rows(tries * secondMs + marginMs, 40_000);
    const patient = rows(50_000, 40_000); // after a change to such a word, what the old one needs still matters
    const hidden = rows(tries * 20 * secondMs + marginMs, 200_000); // often too short, and then refused
    const status = fc.constantFrom(...statuses.slice(1));
    return fc
      .record({
        silence: visible(),
        inactivity: visible(),
        untouched: maybe(fc, visible()),
        closed: rows(0, 20_000),
        reports: fc.record({ none: status, active: status, idle: status, background: status }),
        background: fc.record({ silence: hidden, inactivity: maybe(fc, visible(), 1 / 4) }),
        idle: maybe(fc, fc.record({ silence: fc.oneof(visible(), patient) }), 1 / 3),
        call: maybe(fc, fc.record({ silence: fc.oneof(visible(), patient), inactivity: fc.oneof(visible(), patient) }), 3 / 4),
        maxQuietMs: fc.constantFrom(3_600_000, tries * minuteMs, 30_000),
      })
      .map(({ closed, reports, background, idle, call, untouched = {}, ...rest }): Setting => ({
        toleratedLosses,
        marginMs,
        policy: definePolicy({
          ...defined,
          ...rest,
          untouched,
          reports: { ...reports, call: 'busy' },
          departures: { dropped: { idle: 3_000 }, closed, left: { gone: 0 } },
          whileReported: {
            background: { silence: background.silence, ...(background.inactivity === undefined ? {} : { inactivity: background.inactivity }) },
            ...(idle === undefined ? {} : { idle }),
            ...(call === undefined ? {} : { call }),
          },
        }),
      }));
  })
  .filter(({ policy, ...options }) => {
    try {
      heartbeatPlan(policy, options);
      return true;
    } catch {
      return false;
    }
  });

// ---- stories

type Deed = 'touch' | 'hide' | 'show' | 'freeze' | 'thaw' | 'lose' | 'find' | 'close' | 'return' | 'call' | 'hang up';
interface Scene {
  readonly afterMs: number;
  readonly deed: Deed;
}

const scenes: Arbitrary<readonly Scene[]> = fc.array(
  fc.record({
    afterMs: fc.oneof(...[3_000, 30_000, 400_000].map((max) => fc.integer({ min: 1, max }))),
    deed: fc.constantFrom<Deed>(
      'touch', 'touch', 'touch', 'touch', 'hide', 'hide', 'show', 'show', 'freeze', 'thaw', 'lose', 'find', 'close', 'return', 'call', 'hang up',
    ),
  }),
  { minLength: 1, maxLength: 30 },
);

/** What the page is, by the story alone. */
interface Truth {
  readonly from: number;
  readonly isVisible: boolean;
  readonly isFrozen: boolean;
  readonly isUp: boolean;
  readonly isClosed: boolean;
  readonly isInCall: boolean;
  readonly touchedAt: number | undefined;
}

/** What a browser, of all deeds, does: nobody touches a hidden page, only a hidden one is frozen, a frozen one only thaws. */
function isPossible(deed: Deed, { isVisible, isFrozen, isUp, isClosed, isInCall }: Truth): boolean {
  if (isClosed) return deed === 'return' || deed === (isUp ? 'lose' : 'find');
  if (isFrozen) return deed === 'thaw' || (deed === 'lose' && isUp);
  switch (deed) {
    case 'touch':
      return isVisible;
    case 'hide':
      return isVisible;
    case 'show':
      return !isVisible;
    case 'freeze':
      return !isVisible;
    case 'lose':
      return isUp;
    case 'find':
      return !isUp;
    case 'call':
      return !isInCall;
    case 'hang up':
      return isInCall;
    case 'close':
      return true;
    default:
      return false;
  }
}

const does: { readonly [D in Deed]: Partial<Truth> } = {
  touch: {}, hide: { isVisible: false }, show: { isVisible: true }, freeze: { isFrozen: true }, thaw: { isFrozen: false }, lose: { isUp: false },
  find: { isUp: true }, close: { isClosed: true }, return: { isClosed: false, isFrozen: false }, call: { isInCall: true }, 'hang up': { isInCall: false },
};
const told: { readonly [D in Deed]: PageEvent<Words> extends infer E ? (E extends { at: number } ? Omit<E, 'at'> : never) : never } = {
  touch: { type: 'interaction' }, hide: { type: 'hidden' }, show: { type: 'visible' }, freeze: { type: 'frozen' }, thaw: { type: 'resumed' },
  lose: { type: 'down' }, find: { type: 'up' }, close: { type: 'closed' }, return: { type: 'resumed' }, call: { type: 'report', report: 'call' },
  'hang up': { type: 'report', report: 'none' },
};

interface Story {
  readonly scenes: readonly Scene[];
  /** Where in its minute the browser's minute begins. */
  readonly phase: number;
  /** How late timers are, and beats on their way, as parts of half the margin, in turns. */
  readonly lateness: readonly number[];
  /** Which beats are lost, in turns, unless too many were. */
  readonly losses: readonly boolean[];
  /** The page's clock begins here, and the server's is so far away. */
  readonly origin: number;
  readonly skewMs: number;
  /** The server notices a lost transport so late. */
  readonly noticeMs: number;
}

const hours = fc.integer({ min: -50, max: 50 }).map((count) => count * 3_600_000 + 17);
const stories: Arbitrary<Story> = fc.record({
  scenes,
  phase: fc.nat({ max: minuteMs - 1 }),
  lateness: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 7 }),
  losses: fc.oneof(fc.constant([true]), fc.array(fc.boolean(), { minLength: 1, maxLength: 11 })),
  origin: hours,
  skewMs: hours,
  noticeMs: fc.nat({ max: 30_000 }),
});

// ---- the browser

interface Sent {
  readonly at: number;
  readonly beat: Beat<Words>;
}
interface Life {
  readonly sent: readonly Sent[];
  readonly truths: readonly Truth[];
  readonly until: number;
}

interface Browser {
  /** Every event is told again. */
  readonly twice?: boolean;
  /** Timers run whenever they like, also while the page is hidden. */
  readonly unthrottled?: boolean;
  /** Timers also run where none was set. */
  readonly eager?: boolean;
}

function live({ policy, toleratedLosses, marginMs }: Setting, story: Story, { twice = false, unthrottled = false, eager = false }: Browser = {}): Life {
  const beacon = createBeacon({ policy, sessionId: 'tab', epoch: 1, at: story.origin, toleratedLosses, marginMs });
  const leastMs = Math.min(...Object.values(heartbeatPlan(policy, { toleratedLosses, marginMs })));
  const truths: Truth[] = [];
  const sent: Sent[] = [];
  let hiddenAt = 0;
  let timers = 0;
  let truth: Truth = { from: story.origin, isVisible: true, isFrozen: false, isUp: false, isClosed: false, isInCall: false, touchedAt: undefined };
  const send = (at: number, beats: readonly Beat<Words>[]): void => void sent.push(...beats.map((beat) => ({ at, beat })));
  const play = (deed: Deed, at: number): void => {
    // A hidden page in a call is held by its promise alone, so it needs one that counts.
    if (!isPossible(deed, truth) || (deed === 'call' && policy.maxQuietMs < (toleratedLosses + 1) * minuteMs)) return;
    truth = { ...truth, ...does[deed], from: at, ...(deed === 'touch' ? { touchedAt: at } : {}) };
    if (deed === 'hide') hiddenAt = at;
    truths.push(truth);
    send(at, beacon.tell({ ...told[deed], at }));
    if (twice) deepStrictEqual(beacon.tell({ ...told[deed], at }), []);
  };
  const onGrid = (at: number, everyMs: number): number => at + ((((story.phase - at) % everyMs) + everyMs) % everyMs);
  const runsAt = (due: number): number => {
    if (unthrottled) return due;
    const late = Math.floor((story.lateness[timers % story.lateness.length] ?? 0) * (marginMs / 2));
    if (truth.isVisible) return due + Math.min(late, leastMs - 1); // less than an interval
    const soon = onGrid(due, secondMs);
    return soon < hiddenAt + minuteMs ? soon : onGrid(due, minuteMs);
  };
  const runUntil = (end: number): void => {
    for (let due = beacon.nextSendAt; due !== undefined && !truth.isFrozen; due = beacon.nextSendAt) {
      const at = runsAt(due);
      if (eager) deepStrictEqual(beacon.advanceTo(Math.min(due, end) - 1), []);
      if (at >= end) break;
      timers += 1;
      const beats = beacon.advanceTo(at);
      ok(beats.length === 1, 'a beacon that wants to be called has something to say');
      send(at, beats);
    }
  };
  let now = story.origin;
  play('find', now);
  for (const { afterMs, deed } of story.scenes) {
    now += afterMs;
    runUntil(now);
    play(deed, now);
  }
  const until = now + 400_000;
  runUntil(until);
  return { sent, truths, until };
}

// ---- the network, and the server

interface Heard {
  readonly at: number;
  readonly sent: Sent | undefined;
  readonly signal: Numbered<Signal<Words>>;
}

function deliver({ sent, truths }: Life, { toleratedLosses, marginMs }: Setting, story: Story): readonly Heard[] {
  const heard: Heard[] = [];
  let lost = 0;
  let last = Number.NEGATIVE_INFINITY;
  sent.forEach((one, i) => {
    const isLastWord = one.beat.type === 'disconnected'; // sent in a way that survives
    if (!isLastWord && lost < toleratedLosses && story.losses[i % story.losses.length] === true) {
      lost += 1;
      return;
    }
    lost = 0;
    const onItsWay = Math.floor((story.lateness[(i * 3) % story.lateness.length] ?? 0) * (marginMs / 2));
    last = Math.max(last + 1, one.at + onItsWay); // in order: two reports of one millisecond have none, so a host stamps the later one later
    heard.push({ at: last + story.skewMs, sent: one, signal: signalOf(one.beat, { userId: 'ada', at: last + story.skewMs }) });
  });
  // The server notices by itself that a transport is gone, some time after; often long after there is another.
  truths.forEach(({ isUp, from }, i) => {
    const epoch = sent.filter(({ at }) => at <= from).at(-1)?.beat.epoch;
    if (isUp || truths[i - 1]?.isUp !== true || epoch === undefined) return;
    const at = from + story.skewMs + marginMs + story.noticeMs;
    heard.push({ at, sent: undefined, signal: { type: 'disconnected', userId: 'ada', sessionId: 'tab', epoch, cause: 'dropped', at } });
  });
  return heard.sort((a, b) => a.at - b.at);
}

// ---- what the story says

const rankOf = (status: Status): number => statuses.indexOf(status);
const saidBy = (row: Row, ranMs: number): number =>
  Math.max(0, ...Object.entries(row).map(([status, afterMs]) => (ranMs >= afterMs ? rankOf(status as Status) : 0)));

/** The page's word at an instant of its own. */
function wordAt({ isVisible, isInCall, touchedAt }: Truth, { reports, inactivity, untouched }: Policy, origin: number, at: number): Word {
  if (isInCall) return 'call';
  if (!isVisible) return 'background';
  const says = touchedAt === undefined ? saidBy(untouched, at - origin) : saidBy(inactivity, at - touchedAt);
  return rankOf(reports.idle) > rankOf(reports.active) && says >= rankOf(reports.idle) ? 'idle' : 'active';
}

/** Has the news of the page's present state not been heard, but for its word? `beat` was sent at `at`, and is the newest that was heard. */
function isNews({ at, beat }: Sent, truth: Truth, word: Word, setting: Setting, life: Life, now: number): boolean {
  const { policy, toleratedLosses, marginMs } = setting;
  // How late a page may be depends on whether it is hidden or frozen, which is told with the word.
  if (life.truths.some(({ from, isVisible, isFrozen }, i) => {
    const before = life.truths[i - 1] ?? truth;
    return from > at && from <= now && (isVisible !== before.isVisible || isFrozen !== before.isFrozen);
  })) return true;
  if (life.sent.some((one) => one.at >= at && one.at <= now && one.beat.epoch > beat.epoch)) return true; // another connection
  // Who is back after a while says so, and until that is heard is taken for inactive. Who was never away has no such excuse.
  const back = life.truths.find(({ from, touchedAt }) => touchedAt === from && from > at && from <= now);
  if (back === undefined) return false;
  const inactivity = policy.whileReported[word]?.inactivity ?? policy.inactivity;
  const patience = Math.min(...Object.entries(inactivity).flatMap(([status, afterMs]) => (rankOf(status as Status) > rankOf(policy.reports[word]) ? [afterMs] : [])));
  const freshMs = Math.max(secondMs, Math.floor((patience - marginMs) / (toleratedLosses + 1)));
  // Of a page that was never touched nothing is found too old, unless that it was not is.
  if (beat.inactiveForMs === undefined) return saidBy(policy.whileReported[word]?.untouched ?? policy.untouched, Number.POSITIVE_INFINITY) > rankOf(policy.reports[word]);
  return back.from >= at - beat.inactiveForMs + freshMs;
}

function judge(setting: Setting, story: Story): number {
  const { policy, marginMs } = setting;
  const life = live(setting, story);
  const heard = deliver(life, setting, story);
  let evidence: UserEvidence | undefined;
  let newest: Sent | undefined;
  let firstAt: number | undefined;
  let judged = 0;

  const look = (now: number): void => {
    const session = evidence?.sessions[0];
    const pageNow = now - story.skewMs;
    const truth = life.truths.filter(({ from }) => from <= pageNow).at(-1);
    if (session === undefined || newest === undefined || truth === undefined || firstAt === undefined) return;
    const { status, because } = deriveSession(session, policy, now);
    if (truth.isClosed) {
      const closedAt = newest.beat.type === 'disconnected' ? session.departures?.closed : undefined;
      if (closedAt === undefined) return;
      judged += 1;
      ok(rankOf(status) >= saidBy(policy.departures.closed, now - closedAt), `closed, and still ${status} at ${String(pageNow)}`);
      return;
    }
    if (!truth.isUp || newest.beat.type === 'disconnected') return;
    const word = wordAt(truth, policy, story.origin, pageNow);
    if (isNews(newest, truth, word, setting, life, pageNow)) return;
    // How long a promise lasts, and what silence says after it, is no news of a frozen page.
    if (truth.isFrozen && pageNow > newest.at + policy.maxQuietMs) return;
    judged += 1;
    const clock = (one: Word, laterMs: number): number => {
      const { inactivity = policy.inactivity } = policy.whileReported[one] ?? {};
      return truth.touchedAt === undefined ? saidBy(policy.untouched, now - (firstAt ?? 0)) : saidBy(inactivity, pageNow - truth.touchedAt - laterMs);
    };
    const is = rankOf(status);
    const heardWord = newest.beat.report ?? 'none';
    const says = (laterMs: number): number[] => [word, heardWord].map((one) => Math.max(rankOf(policy.reports[one]), clock(one, laterMs)));
    // Until the word has been heard, it is what was so before or what is so now: silence makes nothing else of it.
    const [best, worst] = [Math.min(...says(marginMs)), Math.max(...says(0))];
    ok(is >= best && is <= worst, `${status} at ${String(pageNow - story.origin)} ms while ${word}, because of ${JSON.stringify(because)}`);
  };

  heard.forEach(({ at, sent, signal }, i) => {
    evidence = observe(evidence, signal);
    if (sent !== undefined) newest = sent;
    if (signal.type !== 'disconnected') firstAt ??= at;
    const next = heard[i + 1]?.at ?? life.until + story.skewMs;
    if (next === at) return;
    // Where either answer may change, and the instants beside.
    const instants = new Set([at, at + 1, next - 1]);
    for (const { from } of life.truths) [from - 1, from, from + 1].forEach((one) => instants.add(one + story.skewMs));
    const session = evidence.sessions[0];
    for (let now = at; session !== undefined; ) {
      const changesAt = deriveSession(session, policy, now).nextChangeAt;
      if (changesAt === undefined || changesAt >= next) break;
      instants.add(changesAt - 1).add(changesAt);
      now = changesAt;
    }
    for (const { touchedAt } of life.truths) {
      if (touchedAt === undefined) continue;
      for (const row of [policy.inactivity, ...Object.values(policy.whileReported).map((rows) => rows.inactivity ?? {})]) {
        for (const afterMs of Object.values(row)) [-1, 0, 1].forEach((off) => instants.add(touchedAt + story.skewMs + afterMs + off));
      }
    }
    for (const now of instants) if (now >= at && now < next) look(now);
  });
  return judged;
}

describe('the other end', () => {
  it('what a server derives is what the story says, from the moment the news can have arrived', () => {
    let judged = 0;
    fc.assert(fc.property(settings, stories, (setting, story) => void (judged += judge(setting, story))));
    const { numRuns = 100 } = fc.readConfigureGlobal();
    expect(judged).toBeGreaterThan(numRuns * 20); // it says something, and much
  });

  it('between two beats lies no more than the plan and what a late timer adds; a change of word is sent at its instant', () => {
    fc.assert(fc.property(settings, stories, (setting, story) => {
      const { policy, marginMs, toleratedLosses } = setting;
      const plan = heartbeatPlan(policy, { toleratedLosses, marginMs });
      const { sent, truths, until } = live(setting, story);
      const ends = [...truths.slice(1).map(({ from }) => from), until];
      truths.forEach((truth, i) => {
        const end = ends[i] ?? until;
        if (!truth.isUp || truth.isClosed || end === truth.from) return;
        const before = sent.filter(({ at, beat }) => at <= truth.from && beat.type !== 'disconnected').at(-1);
        ok(before !== undefined, 'a page with a transport has said something');
        const word = wordAt(truth, policy, story.origin, truth.from);
        if (truths[i - 1] === undefined || wordAt(truths[i - 1] ?? truth, policy, story.origin, truth.from) !== word) {
          deepStrictEqual([before.at, before.beat.report], [truth.from, word]);
        }
        // Who was never touched and may look worse for it says so, once they are.
        const { untouched = policy.untouched } = policy.whileReported[word] ?? {};
        const looksWorse = saidBy(untouched, Number.POSITIVE_INFINITY) > rankOf(policy.reports[word]);
        if (truth.touchedAt === truth.from && truths[i - 1]?.touchedAt === undefined && looksWorse) deepStrictEqual(before.at, truth.from);
        // Nothing is to be expected of a frozen page, of a hidden one no more than a minute for each beat that may be the one that is heard.
        const { quietForMs = 0 } = before.beat;
        if (truth.isFrozen) deepStrictEqual(quietForMs, policy.maxQuietMs);
        else ok(quietForMs <= (truth.isVisible ? 0 : Math.min(policy.maxQuietMs, (toleratedLosses + 1) * minuteMs)));
        if (truth.isFrozen) return;
        const lateMs = truth.isVisible ? Math.floor(marginMs / 2) : minuteMs;
        let last = before;
        for (const one of [...sent.filter(({ at }) => at > truth.from && at < end), { at: end, beat: before.beat }]) {
          ok(one.at - last.at <= plan[last.beat.report ?? 'none'] + lateMs, `nothing from ${String(last.at)} to ${String(one.at)}`);
          last = one;
        }
      });
    }));
  });

  it('the number of messages is bounded, and at the optimum of the plan when nothing happens', () => {
    fc.assert(fc.property(settings, stories, (setting, story) => {
      const { policy, marginMs, toleratedLosses } = setting;
      const plan = heartbeatPlan(policy, { toleratedLosses, marginMs });
      const { sent, truths, until } = live(setting, story, { unthrottled: true });
      // However many interactions there are: a beat for each other event, and for each interval; interactions at most once a second.
      const events = truths.filter(({ from, touchedAt }) => touchedAt !== from).length;
      const leastMs = Math.min(...Object.values(plan), secondMs);
      ok(sent.length <= events + 2 * ((until - story.origin) / leastMs) + 3);

      // Nothing happens any more. Once what was said last must have been heard, there is one beat for each interval.
      const last = truths.at(-1);
      if (last === undefined || !last.isUp || last.isClosed || last.isFrozen) return;
      const intervalMs = plan[wordAt(last, policy, story.origin, until)];
      if (intervalMs > 3_600_000) return;
      const [from, to] = [until + (toleratedLosses + 1) * intervalMs, until + (toleratedLosses + 21) * intervalMs];
      const later = live(setting, { ...story, scenes: [...story.scenes, { afterMs: to + 1 - until + 400_000, deed: 'return' }] }, { unthrottled: true });
      deepStrictEqual(later.sent.filter(({ at }) => at >= from && at < to).length, 20);
    }));
  });

  it("the page's clock changes nothing of what is sent", () => {
    fc.assert(fc.property(settings, stories, hours, (setting, story, byMs) => {
      const there = live(setting, { ...story, origin: story.origin + byMs, phase: story.phase + byMs });
      deepStrictEqual(there.sent.map(({ at, beat }) => ({ at: at - byMs, beat })), live(setting, story).sent);
    }));
  });

  it('what is told twice, and calls that come too early, change nothing', () => {
    fc.assert(fc.property(settings, stories, (setting, story) => {
      deepStrictEqual(live(setting, story, { twice: true, eager: true }), live(setting, story));
    }));
  });

  it('each beat says what is so; without a transport, and by a closed page, only last words are said; each connection has a greater number', () => {
    fc.assert(fc.property(settings, stories, (setting, story) => {
      const { sent, truths } = live(setting, story);
      truths.forEach(({ isClosed, from }, i) => {
        if (!isClosed || truths[i - 1]?.isClosed === true || !sent.some(({ at }) => at < from)) return;
        deepStrictEqual(sent.filter(({ at, beat }) => at === from && beat.type === 'disconnected').length, 1);
      });
      let epoch = 0;
      sent.forEach(({ at, beat }) => {
        const before = truths.filter(({ from }) => from < at).at(-1);
        const truth = truths.filter(({ from }) => from <= at).at(-1);
        if (beat.type === 'disconnected') deepStrictEqual([truth?.isClosed, before?.isClosed ?? false, beat.epoch], [true, false, epoch]);
        else deepStrictEqual([truth?.isUp, truth?.isClosed], [true, false]);
        if (beat.type !== 'disconnected' && truth !== undefined) {
          const inactiveForMs = truth.touchedAt === undefined ? undefined : at - truth.touchedAt;
          deepStrictEqual([beat.report, beat.inactiveForMs], [wordAt(truth, setting.policy, story.origin, at), inactiveForMs]);
        }
        if (beat.type === 'connected') ok(beat.epoch > epoch);
        else deepStrictEqual(beat.epoch, epoch);
        epoch = beat.epoch;
      });
    }));
  });
});
