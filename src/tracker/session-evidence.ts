// What is known of a session, into flat records and out of them.
// Rule: to read gives what was written. What cannot be written in numbers is kept as it came: who has rare facts is spilled.

import type { SessionEvidence } from '../evidence.js';
import type { Draft } from '../plain.js';
import type { Timestamp } from '../time.js';
import { absent } from './session-field.js';
import * as field from './session-field.js';
import * as state from './session-state.js';
import * as said from './said-field.js';
import type { Sessions } from './sessions.js';
import { beginningBits, rangeMs } from './sizes.js';

/** Replaces what is known of a session, as of the tracker's `now`. */
export function writeSession(sessions: Sessions, slot: number, evidence: SessionEvidence, now: Timestamp): void {
  if (sessions.has(slot, state.isWritten) && !isSameConnection(sessions, slot, evidence)) sessions.renew(slot);
  moveBeginning(sessions, slot, now);
  put(sessions, slot, evidence);
}

function isSameConnection(sessions: Sessions, slot: number, { epoch, uncounted }: SessionEvidence): boolean {
  return epoch === sessions.epochOf(slot) && (uncounted === true) === sessions.has(slot, state.uncounted);
}

/** What is known, as plain data. */
export function readSession(sessions: Sessions, slot: number): SessionEvidence {
  const bits = sessions.records.get(slot, field.state);
  if ((bits & state.isSpilled) !== 0) return sessions.spilled.get(slot) as SessionEvidence;
  const from = sessions.beginningOf(slot);
  const evidence: Draft<SessionEvidence> = {
    sessionId: sessions.idOf(slot),
    firstSeenAt: from + sessions.firstSeenOf(slot),
    seenAt: from + sessions.records.get(slot, field.seenAt),
    epoch: sessions.epochOf(slot),
  };
  const activeAt = sessions.records.get(slot, field.activeAt);
  if ((bits & state.uncounted) !== 0) evidence.uncounted = true;
  if (activeAt !== absent) evidence.activeAt = from + activeAt;
  if ((bits & state.hasSaid) === 0) return evidence;
  const setAsideAt = sessions.said.get(slot, said.setAsideAt);
  const quietForMs = sessions.said.get(slot, said.quietForMs);
  if (setAsideAt !== absent) evidence.setAsideAt = from + setAsideAt;
  if (quietForMs > 0) evidence.quietForMs = quietForMs;
  if ((bits & state.word) !== 0) {
    const word = sessions.words.wordOf((bits & state.word) >>> state.wordShift);
    evidence.report = { word, at: from + sessions.reportAtOf(slot), since: from + sessions.said.get(slot, said.reportSince) };
  }
  if ((bits & state.cause) !== 0) {
    const cause = sessions.causes.wordOf((bits & state.cause) >>> state.causeShift);
    evidence.departures = { [cause]: from + sessions.said.get(slot, said.departedAt) };
  }
  return evidence;
}

function put(sessions: Sessions, slot: number, evidence: SessionEvidence): void {
  const { records } = sessions;
  const kept = records.get(slot, field.state) & (state.rank | state.toldDeparted | state.isCounted | state.isLeaving);
  records.set(slot, field.state, kept | state.isWritten | (evidence.uncounted === true ? state.uncounted : 0));
  if (putNumbers(sessions, slot, evidence)) sessions.spilled.delete(slot);
  else {
    sessions.spilled.set(slot, evidence);
    sessions.setFlag(slot, state.isSpilled, true);
  }
}

/** Writes the evidence in numbers, if it can be. */
function putNumbers(sessions: Sessions, slot: number, evidence: SessionEvidence): boolean {
  const { seenAt, firstSeenAt, quietForMs = 0, activeAt, report, setAsideAt, epoch, departures } = evidence;
  const from = sessions.beginningOf(slot);
  const ends = departures === undefined ? [] : Object.entries(departures);
  const [cause = '', departedAt] = ends[0] ?? [];
  const word = report === undefined ? 0 : sessions.words.numberOf(report.word);
  const causeNumber = departedAt === undefined ? 0 : sessions.causes.numberOf(cause);
  const isEpochPlain = epoch !== firstSeenAt && Math.abs(epoch) < rangeMs;
  if (seenAt === undefined || firstSeenAt === undefined || ends.length > 1) return false;
  if ((report !== undefined && word === 0) || (departures !== undefined && causeNumber === 0)) return false;
  for (const at of [seenAt, firstSeenAt, activeAt, setAsideAt, report?.at, report?.since, departedAt, isEpochPlain ? from : epoch]) {
    if (at !== undefined && Math.abs(at - from) >= rangeMs) return false;
  }
  if (quietForMs >= rangeMs) return false;

  const hasSaid = setAsideAt !== undefined || quietForMs > 0 || word !== 0 || causeNumber !== 0;
  sessions.records.set(slot, field.seenAt, seenAt - from);
  sessions.records.set(slot, field.activeAt, activeAt === undefined ? absent : activeAt - from);
  sessions.firstSeen.set(slot, 0, firstSeenAt - from);
  sessions.setEpoch(slot, isEpochPlain ? epoch : epoch - firstSeenAt);
  const flags = (isEpochPlain ? state.isEpochPlain : 0) | (hasSaid ? state.hasSaid : 0);
  const bits = (word << state.wordShift) | (causeNumber << state.causeShift) | flags;
  sessions.records.set(slot, field.state, sessions.records.get(slot, field.state) | bits);
  if (!hasSaid) return true;
  sessions.said.reach(slot);
  sessions.said.set(slot, said.setAsideAt, setAsideAt === undefined ? absent : setAsideAt - from);
  sessions.said.set(slot, said.reportAt, report === undefined ? absent : report.at - from);
  sessions.said.set(slot, said.reportSince, report === undefined ? absent : report.since - from);
  sessions.said.set(slot, said.quietForMs, quietForMs);
  sessions.said.set(slot, said.departedAt, departedAt === undefined ? absent : departedAt - from);
  return true;
}

/** Moves the beginning of a slot where it is too long ago to write what is so `now`. Cost: linear in those who share it, once in days. */
function moveBeginning(sessions: Sessions, slot: number, now: Timestamp): void {
  const shared = slot >>> beginningBits;
  const from = sessions.beginnings[shared];
  if (from !== undefined && now - from < rangeMs) return;
  const last = Math.min((shared + 1) << beginningBits, sessions.length);
  const others: [slot: number, known: SessionEvidence][] = [];
  for (let other = shared << beginningBits; from !== undefined && other < last; other++) {
    const isInNumbers = sessions.has(other, state.isWritten) && !sessions.has(other, state.isSpilled);
    if (isInNumbers && other !== slot) others.push([other, readSession(sessions, other)]);
  }
  sessions.beginnings[shared] = now;
  for (const [other, known] of others) put(sessions, other, known);
}
