// Rules of the library, each broken in one way, to see that the laws alone notice. A break replaces a text of the sources by
// another; the text must be there once, so that the list cannot grow stale.

import type { PolicyChanges, PolicyInput } from 'presence-model';

export interface Break {
  /** What the copy does instead, as a sentence. */
  readonly what: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** Under which policy it shows. Default: the default policy. */
  readonly policy?: PolicyInput | PolicyChanges;
  /** The law that notices. */
  readonly caughtBy: string;
}

export const breaks: readonly Break[] = [
  {
    what: 'A threshold is crossed one millisecond after its instant.',
    file: 'src/ladder.ts', from: 'Number.NEGATIVE_INFINITY : afterMs', to: 'Number.NEGATIVE_INFINITY : afterMs + 1',
    caughtBy: 'with heartbeats alone a session is what its silence says, at every millisecond',
  },
  {
    what: 'A session is as present as its strongest evidence.',
    file: 'src/ladder.ts', from: 'return passed > rank ? passed : rank;', to: 'return passed < rank ? passed : rank;',
    caughtBy: 'with heartbeats alone a session is what its silence says, at every millisecond',
  },
  {
    what: 'A promise of quiet counts however long it is.',
    file: 'src/clocks.ts', from: 'return quietForMs < maxQuietMs ? quietForMs : maxQuietMs;', to: 'return quietForMs;',
    caughtBy: 'a promise of quiet holds silence back for as long as it is, and never longer than `maxQuietMs`',
  },
  {
    what: 'An interaction sets aside a report that was said after it.',
    file: 'src/clocks.ts', from: 'setAsideAt !== undefined && setAsideAt > saidAt', to: 'setAsideAt !== undefined',
    caughtBy: 'an interaction sets aside an earlier report that allows less than `none`, and no other',
  },
  {
    what: 'The first report of an instant wins, so that the order of arrival decides.',
    file: 'src/evidence.ts', from: 'if (a.word !== b.word) return a.word < b.word ? a : b;', to: 'if (a.word !== b.word) return a;',
    caughtBy: 'merging is commutative, associative, idempotent',
  },
  {
    what: 'The first proof of life is the latest one.',
    file: 'src/evidence.ts', from: 'const firstSeenAt = earliest(a.firstSeenAt, b.firstSeenAt);', to: 'const firstSeenAt = latest(a.firstSeenAt, b.firstSeenAt);',
    policy: { untouched: { away: 120_000 } },
    caughtBy: 'with heartbeats alone a session is what its silence says, at every millisecond',
  },
  {
    what: 'An interaction may lie in the future of its signal.',
    file: 'src/evidence.ts', from: 'session.activeAt = Math.min(signal.activeAt, at) + 0;', to: 'session.activeAt = signal.activeAt + 0;',
    caughtBy: 'no interaction is later than the signal that tells it',
  },
  {
    what: 'Of several ends told of one connection the latest counts.',
    file: 'src/evidence.ts', from: 'Math.min(causes.get(cause) ?? at, at)', to: 'Math.max(causes.get(cause) ?? at, at)',
    caughtBy: 'a late duplicate of an end restarts no grace',
  },
  {
    what: 'Connections are not told apart: any end of a session ends it.',
    file: 'src/evidence.ts', from: 'const departures = a.epoch === b.epoch ? joinDepartures(a.departures, b.departures) : current.departures;', to: 'const departures = joinDepartures(a.departures, b.departures);',
    caughtBy: "an old connection's end does not touch the new one",
  },
  {
    what: 'A session that is not to count counts.',
    file: 'src/user.ts', from: 'if (session.uncounted !== true && (winner', to: 'if ((winner',
    caughtBy: 'an uncounted tab is listed and does not count',
  },
  {
    what: 'The next change does not wait for the end of a claim.',
    file: 'src/user.ts', from: '  for (const { claim } of claims) nextChangeAt = earlier(nextChangeAt, claim.expiresAt);\n', to: '',
    caughtBy: 'a verdict is constant until `nextChangeAt` and different there',
  },
  {
    what: 'Only the first cap counts.',
    file: 'src/claims.ts', from: 'for (const claim of inForce) capped =', to: 'for (const claim of inForce.filter(({ atMost }) => atMost !== undefined).slice(0, 1)) capped =',
    caughtBy: 'of all caps in force every one counts',
  },
  {
    what: 'A claim ends one millisecond late.',
    file: 'src/claims.ts', from: '!isDue(claim.expiresAt, now)', to: '!isDue(claim.expiresAt + 1, now)',
    caughtBy: 'a claim ends exactly at `expiresAt`',
  },
  {
    what: 'A claim brings back someone who is gone.',
    file: 'src/claims.ts', from: 'claim.whileAtLeast === undefined ? table.bottom - 1', to: 'claim.whileAtLeast === undefined ? table.bottom',
    caughtBy: 'no claim brings back someone who is gone, unless it says that it sticks',
  },
  {
    what: 'Of two claims of one priority the earlier decides.',
    file: 'src/claims.ts', from: '|| b.at - a.at ||', to: '|| a.at - b.at ||',
    caughtBy: 'of the claims in force that show something, the first in deciding order is shown, however many there are',
  },
  {
    what: 'A clearing spares what was claimed at its instant.',
    file: 'src/claims.ts', from: '(clearedAt !== undefined && at <= clearedAt)) return false;', to: '(clearedAt !== undefined && at < clearedAt)) return false;',
    caughtBy: 'a clearing takes back every claim made until then, and none that is made later',
  },
  {
    what: 'Someone who hides shows when they were last seen.',
    file: 'src/shown.ts', from: 'if (lastSeenAt !== undefined && !isHidden)', to: 'if (lastSeenAt !== undefined)',
    caughtBy: 'of two histories whose session signals differ only while a claim that hides is held, the same is shown until it ends',
  },
  {
    what: 'Someone who hides shows what they are doing.',
    file: 'src/shown.ts', from: 'if (!isHidden || sticks(claim, table))', to: 'if (isHidden || sticks(claim, table) || !isHidden)',
    caughtBy: 'while a claim that hides is held, nothing that sessions do is told',
  },
  {
    what: 'Time in which nobody listened counts as silence.',
    file: 'src/time.ts', from: 'if (gap.until > from) crossing += gap.until - from;', to: '',
    caughtBy: "an observer's gap is nobody's absence",
  },
  {
    what: 'A gap of the observer stops the clock of inactivity too.',
    file: 'src/clocks.ts', from: 'step(carry, rows.inactivity, activeAt, noGaps,', to: 'step(carry, rows.inactivity, activeAt, gaps,',
    caughtBy: 'a gap stops no clock that needs no observer',
  },
  {
    what: 'Forgetting a session forgets when its user was last seen.',
    file: 'src/forget.ts', from: 'if (last.seenAt !== undefined) kept.seenAt = last.seenAt;', to: '',
    caughtBy: 'last seen survives as long as the policy keeps it and the session goes on counting',
  },
  {
    what: 'A taking back is forgotten at once.',
    file: 'src/forget.ts', from: 'Math.min(...ends) + table.keepSessionMs;', to: 'Math.min(...ends);',
    caughtBy: 'an older version of a claim never returns over a newer one of the last `keepSessionMs`',
  },
  {
    what: 'A signal as old as sessions are remembered is still taken.',
    file: 'src/receive.ts', from: 'isDue(stamped.at + table.keepSessionMs, now)', to: 'isDue(stamped.at + table.keepSessionMs + 1, now)',
    caughtBy: 'a refused signal leaves no trace',
  },
  {
    what: 'The late end of an old socket ends the new one.',
    file: 'src/receive.ts', from: 'epoch: Math.min(at, session.epoch) }', to: 'epoch: session.epoch }',
    caughtBy: "an old socket's end after the new one's start ends nothing, however late it is told",
  },
  {
    what: 'Any sign of life brings back who signed out.',
    file: 'src/receive.ts', from: "if (departures === undefined || owns(departures, 'left') || at <= epoch)", to: 'if (departures === undefined || at <= epoch)',
    caughtBy: 'life after a lost transport reopens a session that nobody numbers, life after a sign-out does not',
  },
  {
    what: 'A report that is said again begins anew.',
    file: 'src/receive.ts', from: 'return session.report.since;', to: 'return undefined;',
    caughtBy: 'a report that is said again keeps its beginning, unless it was set aside',
  },
  {
    what: 'A status that others see under the same word is told as a change.',
    file: 'src/diff.ts', from: 'if (before.status !== shown.status) {', to: "if (before.status !== shown.status || cause === 'time') {",
    caughtBy: 'changes chain, never `from = to`, and replaying them gives what the row reads',
  },
  {
    what: 'What was held longest is told at the end of a window.',
    file: 'src/settle.ts', from: 'const newest = held[held.length - 1]?.shown;', to: 'const newest = held[0]?.shown;',
    caughtBy: 'settled: equal to the model after one quiet period',
  },
  {
    what: 'A host whose clock goes back takes the status back with it.',
    file: 'src/advance.ts', from: 'Math.max(now, row?.toldAt ?? now)', to: 'now',
    caughtBy: 'time never goes back: an earlier `now` counts as the latest, for a tracker and for a row in a store',
  },
  {
    what: 'Gaps are put in order where they stand.',
    file: 'src/time.ts', from: '[...gaps].sort(', to: '(gaps as Gap[]).sort(',
    caughtBy: 'inputs are never changed',
  },
  {
    what: 'What every object has counts as said.',
    file: 'src/plain.ts', from: 'return Object.prototype.hasOwnProperty.call(object, key);', to: 'return key in object;',
    caughtBy: 'a session is only as present as its weakest evidence: the worst over its clocks and its report, of equals the first to have said it',
  },
  {
    what: 'A window that told something leaves the next one out.',
    file: 'src/settle.ts', from: 'open(userId, now, publication.shown);', to: '',
    caughtBy: 'settled: the first change at once, then at most one per user per `settleMs`',
  },
];
