// Who crosses next is read ahead. What is known of a user, of their sessions, and all their ids are far from each other in memory,
// and a processor that is told of sixteen users at once waits for all of them hardly longer than for one.
// Rule: nothing follows from what is read here.

import type { Roster } from './roster.js';
import { fieldBits } from './session-field.js';
import * as field from './session-field.js';
import { aheadAtOnce, inPage, pageBits } from './sizes.js';
import * as userField from './user-field.js';

/** Reads what crossing will read of those who are due first at `now`. */
export function readAhead(roster: Roster): void {
  const { sessions, users, deadlines } = roster;
  const { pages } = sessions.records;
  let read = 0;
  let left = aheadAtOnce;
  for (let slot = deadlines.dueNow; slot >= 0 && left > 0; left--) {
    const page = pages[slot >>> pageBits] as Int32Array;
    const here = (slot & inPage) << fieldBits;
    const user = page[here + field.user] as number;
    read ^= users.records.get(user, userField.state);
    if (users.ids.has(user) && sessions.ids.has(slot)) read++;
    for (let other = users.siblings.after(slot); other !== slot; other = users.siblings.after(other)) {
      const otherPage = pages[other >>> pageBits] as Int32Array;
      const there = (other & inPage) << fieldBits;
      read ^= (otherPage[there + field.next] as number) ^ (otherPage[there + field.user] as number);
    }
    const next = page[here + field.next] as number;
    slot = next === slot ? -1 : next; // below 0 as well in a heap, where it is not known who comes next
  }
  roster.readAhead = read;
}
