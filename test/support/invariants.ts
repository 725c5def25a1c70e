// What is always so within a tracker, whatever was called: what its files say after "Always", looked at from outside.

import { deepStrictEqual, ok, strictEqual } from 'node:assert';
import { deriveUser, forget } from 'presence-model';
import type { Policy, Tracker } from 'presence-model';
import type { Deadlines } from '../../src/tracker/deadlines.js';
import type { Directory } from '../../src/tracker/directory.js';
import type { Records } from '../../src/tracker/records.js';
import type { Roster } from '../../src/tracker/roster.js';
import * as field from '../../src/tracker/session-field.js';
import * as state from '../../src/tracker/session-state.js';
import { fewEntries, inParts } from '../../src/tracker/sizes.js';
import * as userField from '../../src/tracker/user-field.js';

/** Throws where a tracker has come apart. Cost: linear. */
export function checkInvariants(tracker: Tracker, policy: Policy): void {
  const { roster } = tracker as unknown as { readonly roster: Roster };
  const { directory, users, sessions, deadlines, endings, leavings, traces, table } = roster;
  const found = { sessions: 0, spilled: 0, due: 0, endings: 0, leavings: 0, traces: 0 };
  const shown = new Map<number, number>();
  for (const userId of directory.userIds()) {
    const user = roster.find(userId);
    strictEqual(users.idOf(user), userId);
    shown.set(users.toldOf(user), (shown.get(users.toldOf(user)) ?? 0) + 1);
    const evidence = roster.read(user);
    const asked = roster.asking(user);
    const presence = deriveUser(evidence, policy, asked, roster.gaps);
    const slots = users.slotsOf(user);
    strictEqual(slots.length, users.sessionsOf(user));
    for (const slot of slots) ok(slots.includes(users.siblings.after(slot)) && (!users.hasMany(user) || users.siblings.after(slot) === slot), 'a ring is one user\'s');
    strictEqual(slots.length, evidence.sessions.length);
    found.sessions += slots.length;
    const ranks = presence.sessions.filter(({ uncounted }) => uncounted !== true).map(({ status }) => table.ranks.get(status) ?? NaN);
    strictEqual(users.bestOf(user), Math.min(table.bottom, ...ranks), 'the best rank is that of the best session that counts');
    for (const [i, { sessionId, status, nextChangeAt }] of presence.sessions.entries()) {
      const slot = users.find(user, sessionId);
      ok(slots.includes(slot));
      strictEqual(sessions.userOf(slot), user);
      strictEqual(sessions.rankOf(slot), table.ranks.get(status), 'a rank is what the model says');
      strictEqual(deadlines.of(slot), nextChangeAt ?? Infinity, 'a deadline is what the model says');
      strictEqual(sessions.has(slot, state.isCounted), !sessions.has(slot, state.uncounted));
      if (sessions.has(slot, state.isSpilled)) found.spilled++;
      if (nextChangeAt !== undefined) found.due++;
      const leavesAt = leavings.at(slot);
      const isKept = (at: number): boolean => forget({ userId, sessions: [evidence.sessions[i]!], claims: [] }, policy, at, roster.gaps)?.sessions.length === 1;
      ok(isKept(roster.time), 'nothing that is kept is over');
      if (leavesAt === Infinity) ok(sessions.rankOf(slot) < table.bottom || nextChangeAt !== undefined || isKept(roster.time + 2 ** 45), 'who is at the bottom for good leaves');
      if (leavesAt === Infinity) continue;
      found.leavings++;
      deepStrictEqual([isKept(leavesAt - 1), isKept(leavesAt)], [true, false], 'a session leaves when the model says');
    }
    const ending = endings.at(users.records.get(user, userField.place));
    const next = Math.min(ending, ...slots.map((slot) => deadlines.of(slot)));
    strictEqual(next, presence.nextChangeAt ?? Infinity, 'a user changes when the model says');
    if (ending !== Infinity) found.endings++;
    if ((users.restOf(user)?.place ?? -1) !== -1) found.traces++;
    ok(traces.firstAt > roster.time);
  }
  deepStrictEqual(
    {
      sessions: sessions.size, spilled: sessions.spilled.size, due: deadlines.inOrder().length,
      endings: endings.size, leavings: leavings.size, traces: traces.size,
    }, found,
  );
  checkLeavings(roster);
  checkDeadlines(deadlines);
  checkDirectory(directory);
  strictEqual(users.size, directory.size);
  table.statuses.forEach((_, rank) => { strictEqual(roster.counts.at(rank), shown.get(rank) ?? 0); });
  const instants = deadlines.inOrder().map((slot) => deadlines.of(slot));
  deepStrictEqual(instants, [...instants].sort((a, b) => a - b));
}

/** Whoever has an entry stands at their place or a few after it, and they are counted. */
export function checkDirectory(directory: Directory): void {
  const { parts, shifts, taken, others } = directory as unknown as {
    readonly parts: readonly Int32Array[]; readonly shifts: Int32Array; readonly taken: Int32Array; readonly others: ReadonlyMap<string, number>;
  };
  const stride = 3;
  let size = others.size;
  parts.forEach((part, index) => {
    const isTaken = (entry: number): boolean => part[entry * stride + 1] !== 0;
    const entries = Array.from({ length: part.length / stride }, (_, entry) => entry);
    for (const entry of entries.filter(isTaken)) {
      const hash = part[entry * stride]!;
      const place = hash >>> shifts[index]!;
      strictEqual(hash & inParts, index);
      ok(place <= entry && entry < place + fewEntries, 'an entry is at its place or a few after it');
    }
    strictEqual(entries.filter(isTaken).length, taken[index]);
    const places = 2 ** (32 - shifts[index]!);
    ok(taken[index]! <= 0.75 * places, 'a part has room');
    strictEqual(entries.length, places + fewEntries, 'whose place is the last has as much room as anybody');
    size += taken[index]!;
  });
  strictEqual(directory.size, size);
}

/** Whoever is near is in the near wheel, and nobody else is. */
export function checkDeadlines(deadlines: Deadlines): void {
  const { near, far, nearMs, records, clock } = deadlines as unknown as {
    readonly near: WheelInside | undefined; readonly far: WheelInside | undefined; readonly nearMs: number; readonly records: Records; readonly clock: Float64Array;
  };
  for (const wheel of [near, far]) {
    for (const slot of wheel === undefined ? [] : inWheel(wheel, records)) {
      strictEqual(deadlines.of(slot) - clock[0]! < nearMs, wheel === near, 'who is near, and nobody else, is in the near wheel');
    }
  }
}

interface WheelInside {
  readonly firsts: Int32Array;
  readonly lasts: Int32Array;
  readonly taken: { next(from: number): number };
}

/** Everybody in a wheel, each found from both sides. */
function inWheel({ firsts, lasts, taken }: WheelInside, records: Records): readonly number[] {
  const slots: number[] = [];
  let passed = -1;
  for (let place = taken.next(0); place > passed; place = taken.next(place + 1 === firsts.length ? 0 : place + 1)) {
    const [first, last] = [firsts[place]! - 1, lasts[place]! - 1];
    strictEqual(records.get(first, field.previous), first, 'before the first comes nobody');
    strictEqual(records.get(last, field.next), last, 'after the last comes nobody');
    for (let slot = first; slot !== last; slot = records.get(slot, field.next)) {
      strictEqual(records.get(records.get(slot, field.next), field.previous), slot);
      slots.push(slot);
    }
    slots.push(last);
    strictEqual(firsts.subarray(passed + 1, place).some((first) => first !== 0), false, 'who is somewhere is found');
    passed = place;
  }
  return slots;
}

/** Who waits in the list is found from both ends, in order, and nobody in it or in the heap is over before the first. */
function checkLeavings({ leavings, sessions: { records }, time }: Roster): void {
  const { head, tail, listed } = leavings as unknown as { readonly head: number; readonly tail: number; readonly listed: number };
  const onward: number[] = [];
  const backward: number[] = [];
  for (let slot = head; slot !== -1; slot = records.get(slot, field.due)) onward.push(slot);
  for (let slot = tail; slot !== -1; slot = records.get(slot, field.previous)) backward.unshift(slot);
  strictEqual(onward.length, listed);
  deepStrictEqual(onward, backward);
  const instants = onward.map((slot) => leavings.at(slot));
  deepStrictEqual(instants, [...instants].sort((a, b) => a - b), 'who waits stands in the order of instants');
  if (leavings.size > 0) ok(leavings.isDueBy(leavings.at(leavings.first)) && !leavings.isDueBy(leavings.at(leavings.first) - 1));
  ok(!leavings.isDueBy(time));
}
