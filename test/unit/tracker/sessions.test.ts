// To read gives what was written: common facts in numbers, rare ones as they came, over pages that begin anew.

import fc from 'fast-check';
import type { SessionEvidence } from 'presence-model';
import { describe, expect, it } from 'vitest';
import { readSession, writeSession } from '../../../src/tracker/session-evidence.js';
import { absent } from '../../../src/tracker/session-field.js';
import * as state from '../../../src/tracker/session-state.js';
import { Sessions } from '../../../src/tracker/sessions.js';
import { rangeMs } from '../../../src/tracker/sizes.js';
import { maybe } from '../../support/arbitraries.js';

const today = 1_790_000_000_000;
const known = { sessionId: 's', epoch: today, firstSeenAt: today, seenAt: today };

const instants = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -5, max: 5 }).map((off) => today + off) },
  { weight: 1, arbitrary: fc.constantFrom(0, -7, today - rangeMs, today - rangeMs + 1, today + rangeMs - 1, today + rangeMs, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER) },
);
const words = fc.constantFrom('none', 'active', '__proto__', 'constructor', '');
const sessionsArbitrary: fc.Arbitrary<SessionEvidence> = fc.record({
  epoch: fc.oneof(instants, fc.nat({ max: 9 }), fc.constantFrom(rangeMs - 1, rangeMs, -rangeMs)),
  firstSeenAt: maybe(fc, instants, 9 / 10),
  seenAt: maybe(fc, instants, 9 / 10),
  quietForMs: maybe(fc, fc.constantFrom(1, 60_000, rangeMs - 1, rangeMs), 1 / 4),
  activeAt: maybe(fc, instants),
  setAsideAt: maybe(fc, instants, 1 / 4),
  report: maybe(fc, fc.record({ word: words, at: instants, since: instants })),
  departures: maybe(fc, fc.dictionary(words, instants, { minKeys: 1, maxKeys: 2 }), 1 / 3),
  uncounted: maybe(fc, fc.constant(true as const), 1 / 5),
}).map((facts) => Object.fromEntries(Object.entries({ ...facts, sessionId: 's' }).filter(([, fact]) => fact !== undefined)) as unknown as SessionEvidence);

describe('sessions', () => {
  it('reads what was written', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat({ max: 3 }), sessionsArbitrary, fc.constantFrom(0, 0, 1_000, rangeMs, 3 * rangeMs)), { maxLength: 20 }), (list) => {
      const sessions = new Sessions();
      const slots = [0, 1, 2, 3].map((user) => sessions.take('s', user, 2));
      const written = new Map<number, SessionEvidence>();
      let now = today;
      for (const [which, evidence, laterMs] of list) {
        now += laterMs;
        writeSession(sessions, slots[which]!, evidence, now);
        written.set(slots[which]!, evidence);
        for (const [slot, was] of written) expect(readSession(sessions, slot)).toEqual(was);
      }
    }));
  });

  it('writes common facts in numbers, and rare ones as they are', () => {
    const isSpilled = (evidence: SessionEvidence): boolean => {
      const sessions = new Sessions();
      const slot = sessions.take('s', 0, 0);
      writeSession(sessions, slot, evidence, today);
      return sessions.has(slot, state.isSpilled);
    };
    const full = { ...known, activeAt: today, setAsideAt: today, quietForMs: 5, report: { word: 'idle', at: today, since: today - 5 }, departures: { left: today } };
    expect(isSpilled(full)).toBe(false);
    expect(isSpilled({ ...full, epoch: 3 })).toBe(false);
    expect(isSpilled({ sessionId: 's', epoch: 1, departures: { left: 3 } })).toBe(true);
    expect(isSpilled({ ...full, departures: { left: today, dropped: today } })).toBe(true);
    expect(isSpilled({ ...known, activeAt: today - rangeMs + 1 })).toBe(false);
    expect(isSpilled({ ...known, activeAt: today - rangeMs })).toBe(true);
    expect(isSpilled({ ...known, quietForMs: rangeMs })).toBe(true);
    expect(isSpilled({ ...known, departures: Object.fromEntries([['__proto__', today]]) })).toBe(true);
  });

  it('has no room for the number of a connection until one is another than when the session was first seen', () => {
    const sessions = new Sessions();
    const slots = [0, 1].map((user) => sessions.take('s', user, 0));
    const write = (slot: number, epoch: number, seenAt = today): void => { writeSession(sessions, slots[slot]!, { ...known, firstSeenAt: seenAt, seenAt, epoch }, today); };
    const read = (): readonly number[] => slots.map((slot) => sessions.epochOf(slot));
    for (const [first, second] of [[today, today - 5], [today - 5, 0]] as const) {
      write(0, first, first);
      write(1, second, second);
      expect(sessions.epochs.pages).toEqual([]);
      expect(read()).toEqual([first, second]);
    }
    const early = new Sessions();
    writeSession(early, early.take('s', 0, 0), { ...known, firstSeenAt: 5, seenAt: 5, epoch: 5 }, 5);
    expect(early.epochs.pages).toEqual([]);
    write(0, today + 1);
    expect(read()).toEqual([today + 1, 0]);
    expect(sessions.epochs.pages).toHaveLength(1);
    write(0, today);
    write(1, 7);
    expect(read()).toEqual([today, 7]);
    write(1, today - rangeMs + 1, today + rangeMs - 1);
    expect(read()).toEqual([today, today - rangeMs + 1]);
    expect(sessions.spilled.size).toBe(0);
  });

  it('keeps more words than it has numbers for', () => {
    const sessions = new Sessions();
    const slots = Array.from({ length: 100 }, (_, i) => {
      const slot = sessions.take(`s${i}`, 0, 0);
      writeSession(sessions, slot, { ...known, sessionId: `s${i}`, report: { word: `word ${i}`, at: today, since: today }, departures: { [`cause ${i}`]: today } }, today);
      return slot;
    });
    expect(slots.map((slot) => readSession(sessions, slot).report?.word)).toEqual(slots.map((_, i) => `word ${i}`));
    expect(slots.map((slot) => Object.keys(readSession(sessions, slot).departures ?? {}))).toEqual(slots.map((_, i) => [`cause ${i}`]));
  });

  it('knows a session by its version: another one in its slot, or another connection, has another', () => {
    const sessions = new Sessions();
    const slot = sessions.take('s', 0, 0);
    const version = (): number => sessions.versionOf(slot);
    writeSession(sessions, slot, known, today);
    const first = version();
    writeSession(sessions, slot, { ...known, seenAt: today + 5 }, today + 5);
    expect(version()).toBe(first);
    writeSession(sessions, slot, { ...known, epoch: today + 6 }, today + 6);
    expect(version()).toBe(first + 1);
    writeSession(sessions, slot, { ...known, epoch: today + 6, uncounted: true }, today + 6);
    expect(version()).toBe(first + 2);
    sessions.release(slot);
    expect(sessions.take('t', 0, 0)).toBe(slot);
    expect(version()).toBe(first + 3);
    expect(sessions.size).toBe(1);
  });

  it('has no interaction of a session of which none is known', () => {
    const sessions = new Sessions();
    const slot = sessions.take('s', 0, 0);
    writeSession(sessions, slot, known, today);
    expect(sessions.activeAtOf(slot)).toBeUndefined();
    expect(absent).toBeLessThan(-rangeMs);
  });
});
