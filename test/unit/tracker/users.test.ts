// The users of a tracker against a plain list of their sessions, few and many.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as state from '../../../src/tracker/session-state.js';
import { Sessions } from '../../../src/tracker/sessions.js';
import { fewSessions } from '../../../src/tracker/sizes.js';
import { Users } from '../../../src/tracker/users.js';

interface Known { readonly id: string; readonly slot: number; rank: number; readonly counts: boolean }

describe.each([4, 7, 8, 300])('users with %d statuses below the best', (bottom) => {
  const step = fc.record({ do: fc.constantFrom('add', 'add', 'remove', 'rank', 'move'), which: fc.nat(), rank: fc.nat({ max: bottom }), counts: fc.boolean() });

  it('know their sessions, and the best rank of those that count', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 6 * fewSessions }), (list) => {
      const sessions = new Sessions();
      const users = new Users(sessions, bottom);
      const user = users.take('ada', bottom);
      const known: Known[] = [];
      let made = 0;
      for (const { do: what, which, rank, counts } of list) {
        const one = known[which % Math.max(1, known.length)];
        if (what === 'add') {
          const slot = sessions.take(`s${made++}`, user, bottom);
          users.add(user, slot);
          sessions.setRank(slot, rank);
          sessions.setFlag(slot, state.uncounted, !counts);
          users.count(user, slot);
          known.push({ id: sessions.idOf(slot), slot, rank, counts });
        } else if (one !== undefined) {
          if (what === 'move' && one.counts) {
            sessions.setRank(one.slot, rank);
            users.move(user, one.rank, rank);
            one.rank = rank;
          } else {
            users.discount(user, one.slot);
            if (what === 'remove') {
              users.remove(user, one.slot);
              sessions.release(one.slot);
              known.splice(known.indexOf(one), 1);
            } else {
              sessions.setRank(one.slot, rank);
              one.rank = rank;
              users.count(user, one.slot);
            }
          }
        }
        expect(users.sessionsOf(user)).toBe(known.length);
        expect([...users.slotsOf(user)].sort((a, b) => a - b)).toEqual(known.map(({ slot }) => slot).sort((a, b) => a - b));
        expect(users.bestOf(user)).toBe(Math.min(bottom, ...known.filter((one) => one.counts).map((one) => one.rank)));
        for (const { id, slot } of known) expect(users.find(user, id)).toBe(slot);
        expect(users.find(user, 'unknown')).toBe(-1);
      }
    }));
  });
});

describe('users', () => {
  it('keep what forgetting kept', () => {
    const users = new Users(new Sessions(), 4);
    const slots = ['ada', 'bob'].map((id) => users.take(id, 4));
    users.setLast(slots[1]!, 5, undefined);
    expect(slots.map((slot) => [users.seenAtOf(slot), users.activeAtOf(slot)])).toEqual([[undefined, undefined], [5, undefined]]);
    users.setLast(slots[1]!, undefined, undefined);
    expect(users.seenAtOf(slots[1]!)).toBeUndefined();
    users.release(slots[1]!);
    expect(users.take('eve', 4)).toBe(slots[1]);
    expect([users.size, users.idOf(slots[1]!), users.toldOf(slots[1]!)]).toEqual([2, 'eve', 4]);
  });
});
