// The rings of sessions against lists.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Siblings } from '../../../src/tracker/siblings.js';

/** Joins another's ring, or leaves the one it is in and is alone. */
const step = fc.record({ session: fc.nat(7), other: fc.nat(7), joins: fc.boolean() });

it('from any session of a ring all of them are found, and nobody else', () => {
  fc.assert(fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
    const siblings = new Siblings();
    const rings: number[][] = Array.from({ length: 8 }, (_, session) => [session]);
    const ringOf = (session: number): number[] => rings.find((ring) => ring.includes(session))!;
    for (let session = 0; session < 8; session++) siblings.begin(session);
    for (const { session, other, joins } of steps) {
      const ring = ringOf(session);
      const isAlone = ring.length === 1;
      if (joins && isAlone && session !== other) {
        siblings.join(session, other);
        rings.splice(rings.indexOf(ring), 1);
        ringOf(other).push(session);
      } else if (!joins) {
        siblings.leave(session);
        siblings.begin(session);
        ring.splice(ring.indexOf(session), 1);
        rings.push([session]);
      }
      for (const start of rings.flat()) {
        const found = [start];
        for (let next = siblings.after(start); next !== start && found.length <= 8; next = siblings.after(next)) found.push(next);
        expect(found.sort((a, b) => a - b)).toEqual(ringOf(start).sort((a, b) => a - b));
      }
    }
  }));
});
