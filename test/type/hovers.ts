// What a reader sees who points at a name in an editor. Each caret is an entry of the snapshot in test/guard/hovers.test.ts.

import { advanceUser, defaultPolicy, definePolicy, deriveSession, deriveUser, parseSignal, sessionStatus } from 'presence-model';
import type { Claim, DefaultNames, Heartbeat, UserEvidence } from 'presence-model';

const ada: UserEvidence = { userId: 'ada', sessions: [], claims: [] };

// ---- with the default

export const rule = sessionStatus({ seenAt: 0 }, defaultPolicy, 0);
//           ^?

export const { status, shown } = deriveUser(ada, defaultPolicy, 0);
//             ^?

export const told = advanceUser('ada', undefined, defaultPolicy, 0).changes.map((change) => (change.type === 'user' ? change.to : change.shown?.status));
//           ^?

export const claim: Claim<DefaultNames> = { id: 'q', show: 'away' };
//                                                   ^?

export const beat: Pick<Heartbeat<DefaultNames>, 'report'> = { report: 'idle' };
//                                                             ^?

// ---- with words of one's own

export const chat = definePolicy({
  //         ^?
  statuses: ['busy', 'here', 'gone'],
  silence: { gone: 60_000 },
  reports: { none: 'here', dnd: 'busy' },
  departures: { dropped: { gone: 5_000 }, kicked: { gone: 0 } },
});

export const { statuses, silence } = chat;
//             ^?

export const { because } = deriveSession({ sessionId: 'tab', epoch: 1 }, chat, 0);
export const cause = because.clock === 'departure' ? because.cause : undefined;
//           ^?

export const presence = deriveUser(ada, chat, 0);
//           ^?

export const { changes } = advanceUser('ada', undefined, chat, 0);
//             ^?

export const parsed = parseSignal({}, chat);
//           ^?
