// What signals, beats and evidence look like, as data. One reading of the types for both kinds of caller: a function that
// was given what its types forbid throws the first issue; a parser at the trust boundary returns them all.

import type { Issue } from './complaint.js';
import { isRecord, owns } from './plain.js';
import { looksLikeSession, sessionShape } from './session-facts.js';
import { checkFields, expecting, fields, flag, instant, issue, length, shaped, string, whole } from './shape.js';
import type { Check, Looking, Shape, Strictness, Words } from './shape.js';

export { assertNone, isWholeOrAbsent } from './shape.js';
export type { Words } from './shape.js';

function known(wish: string, isKnown: (word: string, words: Words) => boolean): Check {
  return (value, path, looking) => {
    if (typeof value !== 'string') issue(path, 'a word', value, looking);
    else if (looking.words !== undefined && !isKnown(value, looking.words)) issue(path, wish, value, looking);
  };
}

const number = expecting('a finite number', Number.isFinite);
const status = known('a status of the policy', (word, words) => words.statuses.includes(word));
const report = known('a report of the policy', (word, words) => owns(words.reports, word));
const cause = known('a cause of the policy', (word, words) => owns(words.departures, word));

const deepest = 100;
const largest = 100_000;
const detail: Check = (value, path, looking) => {
  if (partsOf(value, deepest, largest) > largest) {
    issue(path, `JSON, at most ${String(deepest)} levels deep and of at most ${String(largest)} parts`, value, looking);
  }
};

/** How many parts JSON has; infinite where it is no JSON or too deep. Stops counting past `most`: what shares parts may be huge. */
function partsOf(value: unknown, levels: number, most: number): number {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return 1;
  if (typeof value === 'number') return Number.isFinite(value) ? 1 : Number.POSITIVE_INFINITY;
  if (typeof value !== 'object' || levels === 0) return Number.POSITIVE_INFINITY;
  const isList = Array.isArray(value);
  if (!isList && Object.prototype.toString.call(value) !== '[object Object]') return Number.POSITIVE_INFINITY;
  if (isList && (value.length > most || Object.keys(value).length !== value.length)) return Number.POSITIVE_INFINITY;
  let parts = 1;
  for (const part of Object.values(value) as unknown[]) {
    parts += partsOf(part, levels - 1, most - parts);
    if (parts > most) break;
  }
  return parts;
}

/** Are all ids text and in ascending order, so that each is there once? */
function areInOrder(parts: readonly unknown[], idName: string): boolean {
  for (let i = 1; i < parts.length; i++) {
    const [before, part] = [parts[i - 1], parts[i]];
    if (!isRecord(before) || !isRecord(part)) return false;
    const [last, id] = [before[idName], part[idName]];
    if (typeof last !== 'string' || typeof id !== 'string' || last >= id) return false;
  }
  return true;
}

/** A check of a list. What looks right at once is not looked at further, so that where nothing is wrong no path is made. */
function listed(item: Check, idName: string, looksRight?: (part: unknown) => boolean): Check {
  return (value, path, looking) => {
    if (!Array.isArray(value)) {
      issue(path, 'a list', value, looking);
      return;
    }
    const ids = areInOrder(value, idName) ? undefined : new Set<unknown>();
    for (let i = 0; i < value.length; i++) {
      const part: unknown = value[i];
      if (looksRight?.(part) !== true) item(part, `${path}[${String(i)}]`, looking);
      if (ids === undefined || !isRecord(part)) continue;
      if (ids.has(part[idName])) issue(`${path}[${String(i)}].${idName}`, 'listed once', part[idName], looking);
      ids.add(part[idName]);
    }
  };
}

const claimFields = fields(
  { id: string },
  {
    show: status, atMost: status, atLeast: status, whileAtLeast: status,
    sessionId: string, priority: number, expiresAt: instant, detail, private: flag,
  },
);
const claim: Check = (value, path, looking) => {
  if (!isRecord(value)) {
    issue(path, 'an object', value, looking);
    return;
  }
  checkFields(value, claimFields, path, looking);
  if (value['show'] !== undefined && (value['atMost'] !== undefined || value['atLeast'] !== undefined)) {
    issue(`${path}.show`, 'left out where `atMost` or `atLeast` is given', value['show'], looking);
  }
  const bottom = looking.words?.statuses[looking.words.statuses.length - 1];
  const hides = bottom !== undefined && value['atMost'] === bottom && value['sessionId'] === undefined;
  if (hides && value['whileAtLeast'] !== undefined && value['whileAtLeast'] !== bottom) {
    issue(`${path}.whileAtLeast`, `left out or '${bottom}', as the claim hides the user`, value['whileAtLeast'], looking);
  }
};

const says = { report, activeAt: instant, quietForMs: length, uncounted: flag };
const session = { epoch: whole };
/** The shapes of signals by type, without `type`, `userId` and `at`, which all have. */
const signalShapes: ReadonlyMap<unknown, Shape> = new Map([
  ['connected', fields({ sessionId: string }, { ...session, ...says })],
  ['heartbeat', fields({ sessionId: string }, { ...session, ...says })],
  ['activity', fields({ sessionId: string }, { ...session, report, uncounted: flag })],
  ['disconnected', fields({ sessionId: string }, { ...session, cause })],
  ['claimed', fields({ claim })],
  ['unclaimed', fields({ claimId: string })],
  ['cleared', fields({})],
]);
const about = fields({ userId: string }, { at: instant });
const counted = expecting('a whole number, by which the client counts its connections', Number.isSafeInteger);
const beatShape = fields({ sessionId: string, epoch: counted }, { report, inactiveForMs: length, quietForMs: length, cause });

/** What is wrong with a signal; empty when nothing is. Cost: linear in its detail, else constant. */
export function signalIssues(value: unknown, strictness: Strictness = {}): readonly Issue[] {
  const { numbered, stamped, words } = strictness;
  const looking: Looking = { numbered, stamped, words, issues: [] };
  if (!isRecord(value)) {
    issue('', 'a signal (an object)', value, looking);
    return looking.issues;
  }
  const shape = signalShapes.get(value['type']);
  if (shape === undefined) issue('type', `one of ${[...signalShapes.keys()].join(', ')}`, value['type'], looking);
  checkFields(value, about, '', looking);
  if (looking.stamped === true && value['at'] === undefined) issue('at', 'whole milliseconds', undefined, looking);
  if (shape === undefined) return looking.issues;
  checkFields(value, shape, '', looking);
  if (looking.numbered === true && shape.some(([name]) => name === 'sessionId') && value['epoch'] === undefined) issue('epoch', 'a whole number', undefined, looking);
  return looking.issues;
}

/** The fields that a signal of this type may have. */
export function signalFields(type: string): readonly string[] {
  return ['type', 'userId', 'at', ...(signalShapes.get(type) ?? []).map(([name]) => name)];
}

/** What is wrong with a beat; empty when nothing is. */
export function beatIssues(value: unknown, words?: Words): readonly Issue[] {
  const looking: Looking = { words, issues: [] };
  const types = ['connected', 'heartbeat', 'disconnected'];
  if (!isRecord(value)) issue('', 'a beat (an object)', value, looking);
  else {
    if (!types.includes(value['type'] as string)) issue('type', `one of ${types.join(', ')}`, value['type'], looking);
    checkFields(value, beatShape, '', looking);
  }
  return looking.issues;
}

const claimShape = fields({ id: string, at: instant }, { claim });
const claimSaid: Check = (value, path, looking) => {
  shaped(claimShape)(value, path, looking);
  const said = isRecord(value) ? value['claim'] : undefined;
  if (isRecord(value) && isRecord(said) && said['id'] !== value['id']) issue(`${path}.claim.id`, 'that of the entry', said['id'], looking);
};
const checkEvidence = shaped(fields(
  {
    userId: string,
    sessions: listed(shaped(sessionShape), 'sessionId', looksLikeSession),
    claims: listed(claimSaid, 'id'),
  },
  { clearedAt: instant, seenAt: instant, activeAt: instant },
));

/** What is wrong with a user's evidence; empty when nothing is. Cost: linear. */
export function evidenceIssues(value: unknown, path = ''): readonly Issue[] {
  const looking: Looking = { issues: [] };
  checkEvidence(value, '', looking);
  if (looking.issues.length === 0 || path === '') return looking.issues;
  const again: Looking = { issues: [] }; // paths are made only where something is wrong
  checkEvidence(value, path, again);
  return again.issues;
}
