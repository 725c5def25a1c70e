// What real clients, networks and servers do to people who did nothing. Each finding says which deviations it explains; a
// deviation that none explains is a defect, and so is a finding that explains nothing. Words to them: FINDINGS.md.
import { readFileSync } from 'node:fs';
import { defaultPolicy, definePolicy } from 'presence-model';
import type { Names, Policy } from 'presence-model';
import { boundsOf, defaultWishes, deviations, flickers, type Wishes } from './bounds.js';
import {
  inHindsight,
  play,
  readRecording,
  stepsOf,
  type Recording,
  type StepsByUser,
  type StoryName,
} from './replay.js';

export interface Observed {
  readonly story: StoryName;
  readonly userId: string;
  readonly is: 'too low' | 'too high' | 'flicker';
  readonly shown: string;
  readonly at: number;
  readonly forMs: number;
}
export interface Finding {
  readonly id: string;
  readonly explains: (observed: Observed) => boolean;
}

export const findings: readonly Finding[] = [
  {
    id: 'tabs change places',
    explains: ({ story, is, forMs }) => story !== 'bad-network' && is !== 'too high' && forMs < 250,
  },
  {
    id: 'a frozen tab',
    explains: ({ story, userId, is, shown }) =>
      story === 'frozen-and-bfcache' && userId === 'ada' && is === 'too low' && shown === 'stale',
  },
  {
    id: 'a silent network',
    explains: ({ story, userId, is }) => story === 'bad-network' && userId === 'ada' && is === 'too low',
  },
  {
    id: 'a changed network',
    explains: ({ story, userId, is, forMs }) =>
      story === 'bad-network' && userId === 'gus' && is === 'too low' && forMs < 1_000,
  },
  {
    id: 'a server that is down',
    explains: ({ story, userId, is, shown }) =>
      story === 'server-restart' && userId === 'ada' && is === 'too low' && shown === 'idle',
  },
  {
    id: 'a goodbye that is lost',
    explains: ({ story, is, forMs }) => story === 'thousand' && is === 'too high' && forMs <= 5_000,
  },
];

/** Hidden is not away at once but a minute after the last touch; and a hidden tab whose line drops has a minute to return. */
export const patientPolicy = definePolicy({
  reports: { ...defaultPolicy.reports, background: 'active' },
  whileReported: {
    background: { inactivity: { idle: 10_000, away: 60_000 }, departures: { dropped: { stale: 60_000 } } },
  },
});
export const patientWishes: Wishes = {
  ...defaultWishes,
  hidden: [
    { afterMs: 0, least: 'away', most: 'active' },
    { afterMs: 10_000, least: 'away', most: 'idle' },
    { afterMs: 60_000, least: 'away', most: 'away' },
  ],
  frozen: [{ afterMs: 0, least: 'away', most: 'idle' }],
  elsewhere: [
    { afterMs: 0, least: 'offline', most: 'active' },
    { afterMs: 10_000, least: 'offline', most: 'idle' },
    { afterMs: 60_000, least: 'offline', most: 'away' },
  ],
};

/** A deed takes so long to be heard on a busy machine, and some were written down so long after they were done. */
const tolerance = { slackMs: 500, earlyMs: 250 };
/** Nobody lets go and takes up again so fast. Of a Node client's random input the truth tells nothing, so only what is no time at all counts. */
const flickerMs = (story: StoryName): number =>
  story === 'thousand' || story === 'server-restart' ? 3 : 500;

export function observe(
  story: StoryName,
  recording: Recording,
  steps: StepsByUser,
  policy: Policy,
  wishes: Wishes,
): readonly Observed[] {
  return [...boundsOf(recording.truth, policy, wishes)].flatMap(([userId, bounds]) => {
    const own = steps.get(userId) ?? [];
    return [
      ...deviations(userId, bounds, own, policy.statuses, tolerance).map(({ is, shown, from, until }) => ({
        story,
        userId,
        is,
        shown,
        at: from,
        forMs: until - from,
      })),
      ...flickers(own, policy.statuses, flickerMs(story)).map(({ shown, at, forMs }) => ({
        story,
        userId,
        is: 'flicker' as const,
        shown,
        at,
        forMs,
      })),
    ];
  });
}

/** A recording as others saw it while it happened, and as it is seen afterwards. */
export const perspectives = ['at the time', 'afterwards'] as const;
export type Views = { readonly [P in (typeof perspectives)[number]]: StepsByUser };
export type Observations = { readonly [P in (typeof perspectives)[number]]: readonly Observed[] };
export function observeAll(
  story: StoryName,
  recording: Recording,
  views: Views,
  policy: Policy,
  wishes: Wishes,
): Observations {
  return {
    'at the time': observe(story, recording, views['at the time'], policy, wishes),
    afterwards: observe(story, recording, views.afterwards, policy, wishes),
  };
}
export function observationsOf<N extends Names>(
  story: StoryName,
  policy: Policy<N>,
  wishes: Wishes,
): Observations {
  const recording = readRecording(story);
  const { changes } = play(recording.heard, policy, recording.truth.until);
  return observeAll(
    story,
    recording,
    { 'at the time': stepsOf(changes), afterwards: inHindsight(recording, policy) },
    policy,
    wishes,
  );
}

/** One row for what a finding explains of a recording: who, what was shown, how often, how long at most. */
export function tableOf(all: ReadonlyMap<StoryName, Observations>): string {
  const rows = findings.flatMap(({ id, explains }) =>
    [...all].flatMap(([story, observations]) =>
      perspectives.flatMap((seen) => {
        const mine = observations[seen].filter(explains);
        if (mine.length === 0) return [];
        const users = [...new Set(mine.map(({ userId }) => userId))];
        const shown = [...new Set(mine.map((one) => `${one.shown} (${one.is})`))].sort();
        const longest = Math.max(...mine.map(({ forMs }) => forMs));
        return [
          [
            id,
            story,
            users.length > 3 ? `${users.length} users` : users.join(', '),
            seen,
            shown.join(', '),
            mine.length,
            `${longest} ms`,
          ],
        ];
      }),
    ),
  );
  return tableText(['finding', 'recording', 'who', 'seen', 'shown', 'times', 'longest'], rows);
}
export function tableText(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** What stands in FINDINGS.md below a mark, up to the next empty line. */
export function measured(name: string): string {
  const document = readFileSync(
    new URL('../../docs/examples/recordings/FINDINGS.md', import.meta.url),
    'utf8',
  );
  const below = document.split(`<!-- measured: ${name} -->\n\n`)[1];
  if (below === undefined) throw new Error(`FINDINGS.md has no place for: ${name}`);
  return below.split('\n\n')[0]?.trimEnd() ?? '';
}
