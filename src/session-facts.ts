// What may be known of a session. It is looked at quickly each time that a status is asked, which allocates nothing, and
// thoroughly where that fails, to say what is wrong.

import { isRecord, owns } from './plain.js';
import { assertNone, fields, flag, instant, issue, length, shaped, string, whole } from './shape.js';
import type { Check, Looking, Shape } from './shape.js';

const departures: Check = (value, path, looking) => {
  if (!isRecord(value)) issue(path, 'an object', value, looking);
  else for (const [key, at] of Object.entries(value)) instant(at, `${path}.${key}`, looking);
};
const sessionFacts = {
  firstSeenAt: instant, seenAt: instant, quietForMs: length, activeAt: instant,
  report: shaped(fields({ word: string, at: instant, since: instant })),
  setAsideAt: instant, departures, uncounted: flag,
};
/** A session in a record: with its id and its epoch. */
export const sessionShape: Shape = /* @__PURE__ */ fields({ sessionId: string, epoch: whole }, sessionFacts);
/** As much of a session as somebody has. */
export const factsShape: Shape = /* @__PURE__ */ fields({}, { ...sessionFacts, sessionId: string, epoch: whole });

/** Throws the first thing that is wrong with a session. */
export function refuseSession(value: unknown, shape: Shape): void {
  const looking: Looking = { issues: [] };
  shaped(shape)(value, 'session', looking);
  assertNone(looking.issues);
}

/** Is it what may be known of a session? {@link refuseSession} says what is wrong. */
export function looksRight(value: object): boolean {
  if (!isRecord(value)) return false;
  const { sessionId, epoch, firstSeenAt, seenAt, quietForMs, activeAt, report, setAsideAt, departures, uncounted } = value;
  return lookRight(sessionId, epoch, firstSeenAt, seenAt, quietForMs, activeAt, report, setAsideAt, departures, uncounted);
}

/** The same of a session in a record. */
export function looksLikeSession(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { sessionId, epoch } = value;
  return sessionId !== undefined && epoch !== undefined && looksRight(value);
}

/** {@link looksRight} of the fields, each read by who asks: sessions have many shapes, and a field is found slowly in many. */
export function lookRight(
  sessionId: unknown, epoch: unknown, firstSeenAt: unknown, seenAt: unknown, quietForMs: unknown, activeAt: unknown,
  said: unknown, setAsideAt: unknown, ends: unknown, uncounted: unknown,
): boolean {
  return (
    (sessionId === undefined || typeof sessionId === 'string') &&
    (epoch === undefined || Number.isSafeInteger(epoch)) &&
    (firstSeenAt === undefined || Number.isSafeInteger(firstSeenAt)) &&
    (seenAt === undefined || Number.isSafeInteger(seenAt)) &&
    (quietForMs === undefined || (Number.isSafeInteger(quietForMs) && (quietForMs as number) >= 0)) &&
    (activeAt === undefined || Number.isSafeInteger(activeAt)) &&
    (said === undefined || looksLikeReport(said)) &&
    (setAsideAt === undefined || Number.isSafeInteger(setAsideAt)) &&
    (ends === undefined || areInstants(ends)) &&
    (uncounted === undefined || typeof uncounted === 'boolean')
  );
}

function looksLikeReport(report: unknown): boolean {
  if (!isRecord(report)) return false;
  const { word, at, since } = report;
  return typeof word === 'string' && Number.isSafeInteger(at) && Number.isSafeInteger(since);
}

function areInstants(departures: unknown): boolean {
  if (!isRecord(departures)) return false;
  for (const key in departures) if (owns(departures, key) && !Number.isSafeInteger(departures[key])) return false;
  return true;
}
