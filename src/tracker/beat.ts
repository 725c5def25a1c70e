// The short way of a heartbeat: a few numbers are read, a few written, and where no status changes no object is made.
// Whatever is unusual is left to the whole way.
// Rule: it is taken only while the verdict written down (see verdict.ts) says what the rule would say.

import type { Change } from '../diff.js';
import type { Timestamp } from '../time.js';
import type { Roster } from './roster.js';
import { absent, fieldBits } from './session-field.js';
import * as field from './session-field.js';
import * as state from './session-state.js';
import * as said from './said-field.js';
import { inPage, pageBits, rangeMs } from './sizes.js';
import { tellOf } from './telling.js';
import { quickAheadMs } from './standing.js';
import { judgeSteady, standingIn } from './verdict.js';

/** Whose session it is: who is handed it looks it up nowhere. */
interface Whose {
  readonly userId: string;
  readonly sessionId: string;
}

/**
 * Takes in a heartbeat that is so many ms late and says at most what was reported before, and when the human was last
 * active; or does nothing, and answers false.
 */
export function takesBeat(
  roster: Roster, slot: number, whose: Whose, lateMs: number, report: string | undefined, activeAt: Timestamp | undefined, out: Change[],
): boolean {
  const { sessions, clock } = roster;
  const page = sessions.records.pages[slot >>> pageBits] as Int32Array;
  const here = (slot & inPage) << fieldBits;
  const bits = page[here + field.state] as number;
  if ((bits & state.isSteady) === 0) return false;
  const from = sessions.beginningOf(slot);
  const nowMs = (clock[0] as number) - from;
  const before = page[here + field.seenAt] as number;
  if (nowMs - lateMs < before || nowMs >= rangeMs) return false;
  const now = nowMs | 0;
  const seenAt = (now - lateMs) | 0;
  if (now === before && roster.lag(sessions.userOf(slot)) > 0) return false; // what was said at this instant may be ahead still
  if (report !== undefined && !restates(roster, bits, report)) return false;

  const rank = bits & state.rank;
  const standing = standingIn(roster, bits);
  let active = page[here + field.activeAt] as number;
  let isQuick = (bits & state.isQuick) !== 0;
  if (activeAt !== undefined) {
    const told = activeAt - from < seenAt ? activeAt - from : seenAt;
    if (active === absent || told > active) {
      if (told <= -rangeMs) return false;
      if (active === absent || rank !== standing.rows.allowed) isQuick = false;
      active = told | 0;
      page[here + field.activeAt] = active;
    }
  }

  page[here + field.seenAt] = seenAt;
  if (report === undefined) {
    if ((bits & state.isRestated) !== 0) {
      sessions.said.set(slot, said.reportAt, before);
      page[here + field.state] = bits & ~state.isRestated;
    }
  } else if ((bits & state.isRestated) === 0 && seenAt > sessions.said.get(slot, said.reportAt)) page[here + field.state] = bits | state.isRestated;
  if (isQuick) {
    const aheadMs = quickAheadMs(standing, rank, seenAt, active) - lateMs;
    if (aheadMs < rangeMs) {
      roster.deadlines.setAhead(slot, aheadMs | 0);
      return true;
    }
  }
  const user = sessions.userOf(slot);
  judgeSteady(roster, user, slot, roster.lag(user), true, out);
  tellOf(roster, user, slot, whose.userId, whose.sessionId, 'signal', out);
  return true;
}

/** Is the report the one that stands, so that its beginning stays? */
function restates({ sessions }: Roster, bits: number, report: string): boolean {
  return (bits & state.word) !== 0 && (bits & state.isSetAside) === 0 && sessions.words.wordOf((bits & state.word) >>> state.wordShift) === report;
}
