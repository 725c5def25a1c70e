// What a finding is, and how bad each kind is.
// Rule: an error is seen although nothing goes wrong; a warning is seen once something ordinary does (a beat is lost, a
// client reconnects); a note is seen by nobody, but the table does not say what it seems to.

import type { Circumstances, Client } from '../environment.js';
import type { Policy } from '../../policy.js';
import type { Names, Signal } from '../../signal.js';
import type { Table } from '../../table.js';
import type { DurationMs } from '../../time.js';
import type { Range } from '../timeline.js';
import type { Row } from './rows.js';

/** Names a kind of finding. */
export type FindingCode =
  | 'heartbeat-too-slow'
  | 'hidden-heartbeat-too-slow'
  | 'proxy-cuts-show'
  | 'never-gone'
  | 'no-lost-heartbeat-tolerated'
  | 'no-lost-hidden-heartbeat-tolerated'
  | 'grace-too-short'
  | 'refresh-shows'
  | 'reconnect-outlasts-silence'
  | 'interaction-told-too-seldom'
  | 'proxy-cuts'
  | 'never-forgotten'
  | 'never-matters'
  | 'grace-outlasts-silence'
  | 'sign-out-slower-than-loss'
  | 'unreachable-status'
  | 'promise-cut';

/** Every kind of finding, the worst first. */
export const severities: Readonly<Record<FindingCode, Severity>> = {
  'heartbeat-too-slow': 'error',
  'hidden-heartbeat-too-slow': 'error',
  'proxy-cuts-show': 'error',
  'never-gone': 'error',
  'no-lost-heartbeat-tolerated': 'warning',
  'no-lost-hidden-heartbeat-tolerated': 'warning',
  'grace-too-short': 'warning',
  'refresh-shows': 'warning',
  'reconnect-outlasts-silence': 'warning',
  'interaction-told-too-seldom': 'warning',
  'proxy-cuts': 'warning',
  'never-forgotten': 'warning',
  'never-matters': 'note',
  'grace-outlasts-silence': 'note',
  'sign-out-slower-than-loss': 'note',
  'unreachable-status': 'note',
  'promise-cut': 'note',
};

/** How bad: seen although nothing goes wrong, seen once something ordinary does, or seen by nobody. */
export type Severity = 'error' | 'warning' | 'note';

/** A history in which a user flaps: what `timeline(witness.signals, policy, witness.range)` shows. */
export interface Witness<N extends Names = Names> {
  /** What a healthy client tells in this environment. */
  readonly signals: readonly Signal<N>[];
  /** Where to look. */
  readonly range: Range;
}

/** One thing that is wrong with a policy in its environment. */
export interface Finding<N extends Names = Names> {
  /** Which kind. */
  readonly code: FindingCode;
  /** How bad. */
  readonly severity: Severity;
  /** Where in the policy, such as `silence.idle` or `whileReported.busy.silence`; `environment.proxyIdleMs` where it is no matter of the policy. */
  readonly path: string;
  /** What is wrong, as one sentence or two. */
  readonly message: string;
  /** What to change. */
  readonly change: string;
  /** The report under which it shows. Absent: under every one, or it is no matter of reports. */
  readonly report?: N['report'];
  /** What is written there, in ms. Absent: no length. */
  readonly thresholdMs?: DurationMs;
  /** The least length that will do there whatever other rows say, in ms. Absent: no length would, or several would. */
  readonly neededMs?: DurationMs;
  /** A history in which a user flaps. Absent: nobody does. */
  readonly witness?: Witness<N>;
}

/** What a check says of a finding; its code and how bad that is are known. */
export type Found = Omit<Finding, 'code' | 'severity'>;

/** What a check looks at. */
export interface View {
  readonly policy: Policy;
  readonly table: Table;
  readonly rows: readonly Row[];
  readonly circumstances: Circumstances;
  /** Every kind of client: a visible one for each report but that of hidden pages, and a hidden one, last. */
  readonly clients: readonly Client[];
}

/** Finds one kind of mistake. */
export type Check = (view: View) => readonly Found[];
