// What is shown of one session, and what should be: nothing is decided here, the library is asked.

import type { SessionEvidence, UserEvidence } from '../evidence.js';
import type { Draft } from '../plain.js';
import type { Table } from '../table.js';
import { noGaps } from '../time.js';
import type { Timestamp } from '../time.js';
import { userPresenceOf } from '../user.js';
import type { Throttled } from './network.js';
import { session } from './quality-life.js';
import type { Life } from './quality-life.js';
import type { Ranked } from './quality-mistakes.js';
import { replayStatuses } from './statuses.js';

/** What others are shown of a session, for ever: every change, and at first that nobody is there. */
export function shownOf({ startedAt, signals }: Life, table: Table): readonly Ranked[] {
  const steps: Ranked[] = [];
  const forever = { from: startedAt, until: Number.MAX_SAFE_INTEGER };
  replayStatuses(session.userId, signals, table, forever, noGaps, ({ at, status }) => {
    const rank = table.statuses.indexOf(status);
    if (steps[steps.length - 1]?.rank !== rank) steps.push({ at, rank });
  });
  return steps;
}

/** What they should be shown until it crashes: what the policy says of somebody who is heard at every instant. */
export function shouldBe(table: Table, throttled: Required<Throttled> | undefined, { startedAt, crashedAt }: Life): readonly Ranked[] {
  const always = Number.MAX_SAFE_INTEGER; // a fact later than now is a clock that reads 0
  const heard: Draft<SessionEvidence> = { sessionId: session.sessionId, epoch: 1, firstSeenAt: startedAt, seenAt: always, activeAt: always };
  if (throttled !== undefined) {
    heard.activeAt = startedAt;
    heard.report = { word: throttled.report, at: startedAt, since: startedAt };
  }
  const evidence: UserEvidence = { userId: session.userId, sessions: [heard], claims: [] };
  const steps: Ranked[] = [];
  for (let at: Timestamp | undefined = startedAt; at !== undefined && at < crashedAt;) {
    const { status, nextChangeAt } = userPresenceOf(evidence, table, at, noGaps);
    steps.push({ at, rank: table.statuses.indexOf(status) });
    at = nextChangeAt;
  }
  return steps;
}
