import { strictEqual } from 'node:assert';
import { sessionStatus } from 'presence-model';
import { lengths } from '../../support/arbitraries.js';
import { evidenceOf } from '../../support/reading.js';
import { law } from '../law.js';

/** 16, for any policy: with heartbeats alone there is one clock (and, for a session never touched, the one since it was first seen). */
export const heartbeats = [
  law('with heartbeats alone a session is what its silence says, at every millisecond', (fc, policy) =>
    fc.property(fc.array(lengths(fc, policy), { minLength: 1, maxLength: 5 }), lengths(fc, policy), (steps, age) => {
      let at = 0;
      const beats = steps.map((step) => ({ type: 'heartbeat', userId: 'ada', sessionId: 'tab', epoch: 1, at: (at += step) }) as const);
      const session = evidenceOf(beats).sessions[0];
      const worst = (row: Readonly<Record<string, number | undefined>>, ran: number): number =>
        policy.statuses.reduce((rank, status, i) => ((row[status] ?? Number.POSITIVE_INFINITY) <= ran ? i : rank), 0);
      const instead = policy.whileReported['none'] ?? {};
      const silence = worst(instead.silence ?? policy.silence, age);
      const untouched = worst(instead.untouched ?? policy.untouched, at + age - (steps[0] ?? 0));
      const allowed = policy.statuses.indexOf(policy.reports['none'] ?? '');
      strictEqual(session === undefined ? '' : sessionStatus(session, policy, at + age), policy.statuses[Math.max(silence, untouched, allowed)]);
    }),
  ),
];
