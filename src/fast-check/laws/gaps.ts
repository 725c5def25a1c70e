import type { Arbitrary } from 'fast-check';
import { definePolicy, deriveUser } from '../../index.js';
import type { Policy, PolicyInput } from '../../index.js';
import { histories, plainFacts, userId } from '../facts.js';
import type { Fact } from '../facts.js';
import { asked, crossings, gaps as anyGaps, lengths, orders, reordered, someGaps, soon } from '../instants.js';
import type { Asked, More } from '../instants.js';
import { law } from '../law.js';
import type { Draft } from '../law.js';
import { equal } from '../proof.js';
import type { Fc } from '../property-tester.js';
import { derivedRank, evidenceOf } from '../reading.js';

/** Only silence and departures: the clocks that need an observer. */
function observedOnly(policy: Policy): Policy {
  const whileReported = Object.fromEntries(
    Object.entries(policy.whileReported).map(([report, rows]) => [report, { ...rows, inactivity: {}, untouched: {} }]),
  );
  return definePolicy({ ...policy, inactivity: {}, untouched: {}, whileReported } as PolicyInput);
}

/** Only what a human did, how old a session is, and what was reported. */
function humanOnly(policy: Policy): Policy {
  const silent = (rows: object = {}): object => Object.fromEntries(Object.keys(rows).map((cause) => [cause, {}]));
  const whileReported = Object.fromEntries(
    Object.entries(policy.whileReported).map(([report, rows]) => [report, { ...rows, silence: {}, departures: silent(rows?.departures) }]),
  );
  return definePolicy({ ...policy, silence: {}, departures: silent(policy.departures), whileReported } as PolicyInput);
}

/** Few sessions, and an instant soon after the last fact: somebody is there when the gap begins. */
function lively<M extends object>(fc: Fc, policy: Policy, more: More<M>): Arbitrary<Asked<Fact> & M> {
  return asked(fc, policy, fc.array(plainFacts(fc, policy), { minLength: 1, maxLength: 4 }), more, soon(fc, lengths(fc, policy)));
}

/** 9. */
export const gaps: readonly Draft[] = [
  law("an observer's gap is nobody's absence", {
    given: (fc, policy) => lively(fc, policy, {
      length: crossings(fc, policy), wait: lengths(fc, policy), others: anyGaps(fc, policy),
    }),
    then: ({ facts, now: from, length, wait, others }, policy) => {
      const observed = observedOnly(policy);
      const evidence = evidenceOf(facts);
      const gap = { from, until: from + length };
      const atItsBeginning = derivedRank(evidence, observed, from, [...others, gap]);
      for (const now of [from + Math.min(wait, length), gap.until]) equal(derivedRank(evidence, observed, now, [...others, gap]), atItsBeginning);
    },
  }),
  law('after a gap clocks go on where they stopped', {
    given: (fc, policy) => fc.record({
      seenAt: lengths(fc, policy), before: soon(fc, lengths(fc, policy)), length: crossings(fc, policy), later: lengths(fc, policy),
    }),
    said: ({ seenAt }) => ({ facts: [{ type: 'heartbeat', userId, sessionId: 'tab', epoch: 1, at: seenAt } as const] }),
    then: ({ facts, seenAt, before, length, later }, policy) => {
      const observed = observedOnly(policy);
      const evidence = evidenceOf(facts);
      const from = seenAt + before;
      const gap = { from, until: from + length };
      equal(derivedRank(evidence, observed, gap.until + later, [gap]), derivedRank(evidence, observed, from + later));
    },
  }),
  law('a gap stops no clock that needs no observer', {
    given: (fc, policy) => asked(fc, policy, fc.array(plainFacts(fc, policy), { minLength: 1, maxLength: 4 }), {
      gaps: someGaps(fc, policy),
    }),
    then: ({ facts, now, gaps: spans }, policy) => {
      const human = humanOnly(policy);
      const evidence = evidenceOf(facts);
      equal(deriveUser(evidence, human, now, spans), deriveUser(evidence, human, now));
    },
  }),
  law('gaps count as their union, in any order', {
    given: (fc, policy) => asked(fc, policy, histories(fc, policy), { gaps: someGaps(fc, policy), order: orders(fc) }),
    then: ({ facts, now, gaps: spans, order }, policy) => {
      const evidence = evidenceOf(facts);
      const halves = reordered([...spans, ...spans], order).flatMap(({ from, until }) => {
        const middle = Math.floor((from + until) / 2);
        return [{ from: middle, until }, { from, until: middle }, { from: until, until: from }];
      });
      equal(deriveUser(evidence, policy, now, halves), deriveUser(evidence, policy, now, spans));
    },
  }),
];
