// From rows to signals: who says it, when, on which connection; and the beats that nobody has to write.
// Rule 1: the connections of a session are numbered 1, 2, … by their `+`. What is said belongs to the last one, unless it says `#1`.
// Rule 2: with `~10s` a session is heard 10 s after whatever it said last, again and again, until it ends, crashes, or has promised
// quiet; from then on it is silent until it says something again. While the host has a gap, no such beat is heard.

import { signalIssues } from '../../check.js';
import { complaint } from '../../complaint.js';
import type { Policy } from '../../policy.js';
import type { Heartbeat, Signal } from '../../signal.js';
import type { Gap, Timestamp } from '../../time.js';
import { refuse } from './cell.js';
import type { Cell } from './cell.js';
import { claimItems } from './claim-cells.js';
import type { SessionSignal } from './said.js';
import type { Lane, Script, ScriptRow } from './script.js';
import { sessionItems } from './session-cells.js';
import type { SessionItem } from './session-cells.js';

type SessionLane = Extract<Lane, { readonly kind: 'session' }>;

/** More beats than this are a mistake. */
const mostBeats = 100_000;

/** Every signal of a story, by instant; of one instant from top to bottom, as written. `until` is the first instant after it. */
export function signalsOf(script: Script, policy: Policy, gaps: readonly Gap[], until: Timestamp): readonly Signal[] {
  const signals = script.rows.flatMap((row) => {
    if (isOf('claims', row)) return claimSignals(row, policy);
    return isOf('session', row) ? sessionSignals(row, policy, gaps, until) : [];
  });
  return [...signals].sort((a, b) => a.at - b.at);
}

function isOf<K extends Lane['kind']>(kind: K, row: ScriptRow): row is ScriptRow<Extract<Lane, { readonly kind: K }>> {
  return row.lane.kind === kind;
}

function claimSignals({ lane, cells }: ScriptRow<Extract<Lane, { readonly kind: 'claims' }>>, policy: Policy): readonly Signal[] {
  return cells.flatMap((said) => claimItems(said, lane.userId, policy).map(({ signal, offset }) => checked(signal, said.cell, offset)));
}

function sessionSignals(row: ScriptRow<SessionLane>, policy: Policy, gaps: readonly Gap[], until: Timestamp): readonly Signal[] {
  const { lane, head, cells } = row;
  const written = numbered(cells.flatMap((said) => sessionItems(said, policy)));
  const signals = written.filter(({ item }) => item.sign !== 'x').map(({ item, number }) => {
    const epoch = lane.isUnnumbered ? item.number : number;
    return checked(signalOf(item, lane, epoch), item.cell, item.offset);
  });
  const current = written.filter(({ isCurrent }) => isCurrent);
  const beats = current.flatMap((spoken, i) => beatsAfter(spoken, lane, current[i + 1]?.item.at ?? until));
  if (beats.length > mostBeats) refuse(head, 0, complaint('~', `so long that nobody is heard more than ${String(mostBeats)} times`, lane.everyMs));
  const heard = beats.filter(({ at }) => !gaps.some((gap) => gap.from <= at && at < gap.until));
  return [...signals, ...heard];
}

interface Numbered {
  readonly item: SessionItem;
  readonly number: number;
  /** Is it said on the connection that was opened last? */
  readonly isCurrent: boolean;
}

/** Items by instant, each with the number of its connection. */
function numbered(items: readonly SessionItem[]): readonly Numbered[] {
  let current = 0;
  return [...items].sort((a, b) => a.at - b.at).map((item) => {
    if (item.sign === '+') current = item.number ?? current + 1;
    const { number = current } = item;
    return { item, number, isCurrent: number === current };
  });
}

/** The beats that follow what a session said, up to what it says next. */
function beatsAfter({ item, number }: Numbered, lane: SessionLane, end: Timestamp): readonly Heartbeat[] {
  const { sign, at, quietForMs = 0 } = item;
  const { userId, sessionId, everyMs, isUnnumbered } = lane;
  if (everyMs === undefined || sign === '-' || sign === 'x' || quietForMs > 0) return [];
  const count = Math.max(0, Math.ceil((end - at) / everyMs) - 1);
  return Array.from({ length: Math.min(count, mostBeats + 1) }, (_, i) => {
    const beat = { type: 'heartbeat', userId, sessionId, at: at + (i + 1) * everyMs } as const;
    return isUnnumbered ? beat : { ...beat, epoch: number };
  });
}

function signalOf(item: SessionItem, { userId, sessionId }: SessionLane, epoch: number | undefined): SessionSignal {
  const { sign, at, word, quietForMs, activeAt, uncounted } = item;
  const type = types[sign];
  const said = type === 'disconnected' ? { cause: word } : { report: word, activeAt, quietForMs, uncounted };
  return withoutUndefined({ type, userId, sessionId, at, epoch, ...said }) as unknown as SessionSignal;
}

const types = { '+': 'connected', o: 'heartbeat', '*': 'activity', '-': 'disconnected', x: 'disconnected' } as const;

/** The same with absent fields absent. */
function withoutUndefined(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** A signal that is one; else the mistake is shown where it stands. */
function checked(signal: Signal, cell: Cell, offset: number): Signal {
  const [problem] = signalIssues(signal, { stamped: true });
  return problem === undefined ? signal : refuse(cell, offset, problem.message);
}
