// What a story must expect to be a test at all: else it would pass whatever the policy.
// Rule 1: it expects something: there is a row `=`.
// Rule 2: it expects it of somebody of whom it says something, if only a blank: a slip of the pen in a name would be `offline` for ever.

import { complaint } from '../../complaint.js';
import { refuse } from './cell.js';
import { nameOf, rowsOf } from './script.js';
import type { Script } from './script.js';

/** Throws where a story asserts nothing, or something of nobody. */
export function checkAsserted(script: Script): void {
  const expected = rowsOf(script, 'expected');
  if (expected.length === 0) throw new TypeError(complaint('story', 'told with a row `= user` or `= user/session`, as it expects nothing without one', undefined));
  const told = [...rowsOf(script, 'session'), ...rowsOf(script, 'claims')].map(({ lane }) => lane);
  for (const { lane: { userId, sessionId }, title, head } of expected) {
    if (told.some((lane) => lane.userId === userId && (sessionId === undefined || (lane.kind === 'session' && lane.sessionId === sessionId)))) continue;
    const user = nameOf({ kind: 'claims', userId });
    if (sessionId === undefined) refuse(head, 0, complaint('row', `of somebody of whom the story says something, in a row \`${user}\` or \`${user}/…\``, title));
    const session = nameOf({ kind: 'session', userId, sessionId, isUnnumbered: false });
    refuse(head, 0, complaint('row', `of a session of which the story says something, in a row \`${session}\``, title));
  }
}
