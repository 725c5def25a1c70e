// The shortest way of a heartbeat: one that says nothing, at an instant that time has reached, of a session of which nothing but
// silence and inactivity decides. A host of a million sessions hears a hundred thousand of these in a second.
// Rule: it stays so short that a compiler writes what it calls in place of the calls. While a processor waits for a record it goes on with the
// beats that come next, as far as it can keep in mind what it has begun, and calls take much of that room.
// Whatever else it is, is left to the short way (beat.ts), which does the same.
// Who was seen at this very instant is left to it as well: what was said then may be ahead still.

import type { Timestamp } from '../time.js';
import type { Roster } from './roster.js';
import { fieldBits } from './session-field.js';
import * as field from './session-field.js';
import * as state from './session-state.js';
import { inPage, pageBits, rangeMs } from './sizes.js';
import { quickAheadMs } from './standing.js';
import type { Standing } from './standing.js';

/** Takes the beat in, if the slot has that version; or does nothing, and answers false. */
export function takesQuietBeat(roster: Roster, slot: number, version: number, now: Timestamp): boolean {
  const { sessions, clock, standing, deadlines } = roster;
  if (now !== clock[0]) return false;
  const page = sessions.records.pages[slot >>> pageBits] as Int32Array;
  const here = (slot & inPage) << fieldBits;
  const bits = page[here + field.state] as number;
  if (page[here + field.version] !== version || (bits & state.notQuiet) !== state.isQuick) return false;
  const nowMs = now - sessions.beginningOf(slot);
  if (nowMs <= (page[here + field.seenAt] as number) || nowMs >= rangeMs) return false;
  const seenAt = nowMs | 0;
  const rows = standing.known[(bits & state.word) >>> state.wordShift] as Standing;
  const aheadMs = quickAheadMs(rows, bits & state.rank, seenAt, page[here + field.activeAt] as number);
  if (!deadlines.movesNear(page, here, slot, aheadMs, now | 0)) return false;
  page[here + field.seenAt] = seenAt;
  return true;
}
