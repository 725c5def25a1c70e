// Whose turn comes first among those who are due at one instant: whoever has had the deadline longest. Where everything is
// judged anew, after a gap or in another process, turns stay as they were.

import { byCodeUnits } from '../plain.js';
import type { Roster } from './roster.js';

/** The turn of every session that is due some day, by slot. */
export function turnsOf({ deadlines }: Roster): Map<number, number> {
  return new Map(deadlines.inOrder().map((slot, turn) => [slot, turn]));
}

/** Who had a turn keeps it; others come after them, in the order of users and ids. Cost: a sort. */
export function keepTurns(roster: Roster, turns: ReadonlyMap<number, number>): void {
  const { users, sessions, deadlines } = roster;
  const slots: number[] = [];
  for (const user of roster.everybody()) {
    slots.push(...users.slotsOf(user).sort((a, b) => byCodeUnits(sessions.idOf(a), sessions.idOf(b))));
  }
  const turnOf = (slot: number): number => turns.get(slot) ?? slots.length;
  slots.sort((a, b) => turnOf(a) - turnOf(b));
  for (const slot of slots) if (deadlines.of(slot) !== Number.POSITIVE_INFINITY) deadlines.renew(slot);
}
