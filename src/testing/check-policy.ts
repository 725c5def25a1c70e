// What is wrong with a policy before a user finds out.
// Rule 1: no flap is claimed that `timeline` does not show: each such finding carries the history that it was found in.
// Rule 2: where nothing is found, silence and grace are never seen in the life of a healthy client, one thing at most
//         going wrong at a time.

import { checkedPolicy, tableOf } from '../define.js';
import type { Policy } from '../policy.js';
import type { Names } from '../signal.js';
import {
  heartbeatTooSlow, hiddenHeartbeatTooSlow, interactionToldTooSeldom, noLostHeartbeatTolerated, noLostHiddenHeartbeatTolerated, promiseCut,
  reconnectOutlastsSilence,
} from './check/beats.js';
import { graceOutlastsSilence, neverMatters, unreachableStatus } from './check/cells.js';
import { graceTooShort, proxyCuts, proxyCutsShow, refreshShows } from './check/connections.js';
import { neverForgotten, neverGone, signOutSlowerThanLoss } from './check/endings.js';
import { severities } from './check/finding.js';
import type { Check, Finding, FindingCode, View } from './check/finding.js';
import { rowsOf } from './check/rows.js';
import { circumstancesOf } from './environment.js';
import type { Environment } from './environment.js';

/** Every kind of finding, and what finds it. */
const checks: { readonly [C in FindingCode]: Check } = {
  'heartbeat-too-slow': heartbeatTooSlow,
  'hidden-heartbeat-too-slow': hiddenHeartbeatTooSlow,
  'proxy-cuts-show': proxyCutsShow,
  'never-gone': neverGone,
  'no-lost-heartbeat-tolerated': noLostHeartbeatTolerated,
  'no-lost-hidden-heartbeat-tolerated': noLostHiddenHeartbeatTolerated,
  'grace-too-short': graceTooShort,
  'refresh-shows': refreshShows,
  'reconnect-outlasts-silence': reconnectOutlastsSilence,
  'interaction-told-too-seldom': interactionToldTooSeldom,
  'proxy-cuts': proxyCuts,
  'never-forgotten': neverForgotten,
  'never-matters': neverMatters,
  'grace-outlasts-silence': graceOutlastsSilence,
  'sign-out-slower-than-loss': signOutSlowerThanLoss,
  'unreachable-status': unreachableStatus,
  'promise-cut': promiseCut,
};

/**
 * What is wrong with a policy in its environment, before a user finds out: clients that flap although they are well,
 * people who are never gone, rows that do nothing. Each finding says where, with which numbers, and what to change; one
 * that claims a flap carries a history that shows it.
 *
 * @param policy - From `definePolicy`.
 * @param environment - How clients are heard, and what may go wrong. Default: what {@link Environment} says of each field.
 * @returns Findings, errors first, then warnings and notes; empty for a sound policy. Cost: a few dozen timelines of two
 * or three signals for each report.
 * @throws TypeError when the environment breaks its type.
 * @example
 * ```ts
 * import { defaultPolicy } from 'presence-model';
 * import { checkPolicy } from 'presence-model/testing';
 *
 * checkPolicy(defaultPolicy); // => []
 * const [finding] = checkPolicy(defaultPolicy, { heartbeatMs: 30_000 });
 * finding; // => { code: 'heartbeat-too-slow', severity: 'error', path: 'silence.idle', thresholdMs: 15_000, neededMs: 30_500, … }
 * ```
 */
export function checkPolicy<N extends Names>(policy: Policy<N>, environment: Environment<N> = {}): readonly Finding<N>[] {
  const view = viewOf(policy, environment);
  const codes = Object.keys(checks) as FindingCode[];
  const found = codes.flatMap((code) => checks[code](view).map((finding): Finding => ({ code, severity: severities[code], ...finding })));
  return found as unknown as readonly Finding<N>[];
}

function viewOf(given: Policy, environment: Environment): View {
  const policy = checkedPolicy(given);
  const circumstances = circumstancesOf(environment, policy);
  const { visible, hidden } = circumstances;
  const others = Object.keys(policy.reports).filter((report) => report !== hidden.report || report === 'none');
  const clients = [...others.map((report) => ({ ...visible, report })), hidden];
  return { policy, table: tableOf(policy), rows: rowsOf(policy), circumstances, clients };
}
