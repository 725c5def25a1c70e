import fc from 'fast-check';
import { defaultPolicy, deriveUser } from 'presence-model';
import { laws } from 'presence-model/fast-check';
import { story } from 'presence-model/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { calls, Host } from '../../../src/fast-check/calls.js';
import { histories } from '../../../src/fast-check/facts.js';
import type { Fact } from '../../../src/fast-check/facts.js';
import { asked } from '../../../src/fast-check/instants.js';
import { law, lawFor } from '../../../src/fast-check/law.js';
import type { CheckOptions, Draft } from '../../../src/fast-check/law.js';
import { equal } from '../../../src/fast-check/proof.js';
import { evidenceOf } from '../../../src/fast-check/reading.js';

/** How often it was looked at, and what broke it last. */
let looks = 0;
let last: { readonly facts: readonly Fact[]; readonly now: number } | undefined;

/** A rule that nobody promised. */
const nobodyIsIdle = law('nobody is ever idle', {
  given: (tester, policy) => asked(tester, policy, histories(tester, policy)),
  then: ({ facts, now }, policy) => {
    const isIdle = deriveUser(evidenceOf(facts), policy, now).derived === 'idle';
    looks++;
    if (isIdle) last = { facts, now };
    equal(isIdle, false);
  },
});

function messageOf(draft: Draft, options: CheckOptions): string {
  try {
    lawFor(draft, fc, defaultPolicy).check(options);
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  return 'it holds';
}

describe('a law that is broken', () => {
  it.each([1, 2, 3, 4, 5])('is told by its title, a story of at most three signals at round instants, and how to see it again (seed %i)', (seed) => {
    const message = messageOf(nobodyIsIdle, { seed, numRuns: 1_000 });
    const { facts, now } = last!;
    expect(facts.length).toBeLessThanOrEqual(3);
    for (const instant of [now, ...facts.map(({ at }) => at)]) expect(instant % 5_000).toBe(0);
    expect(message).toMatch(/^Broken law: nobody is ever idle\nSeen at run \d+, made simpler \d+ times\. To see it again: check\(\{ seed: \d, path: '[\d:]+' \}\)\n\nfacts:\n/);
    const told = message.split('\n').filter((line) => line.startsWith('  ')).join('\n');
    expect(told).toMatch(/\n {2}= ada .*idle/);
    expect(story(defaultPolicy)`${told}`.signals).toHaveLength(facts.length);
    expect(message).toContain(`\nnow: ${String(now)}`);
    expect(message).toMatch(/\n\nIt was true, expected was false\.$/);
  });

  it('is told by the signals that were made of what was given', () => {
    const soon = law('who is silent is there', {
      given: (tester) => tester.record({ wait: tester.constant(20_000) }),
      said: ({ wait }) => ({ life: [{ type: 'connected', userId: 'ada', sessionId: 'tab', epoch: 1, at: 0 }], later: [{ type: 'cleared', userId: 'ada', at: wait }] }),
      then: ({ wait, life }) => equal(deriveUser(evidenceOf(life), defaultPolicy, wait).status, 'active'),
    });
    expect(messageOf(soon, {}).split('\n')).toEqual(expect.arrayContaining(['wait: 20000 (20s)', 'life:', '  > ada/tab | +', 'later:', '  > ada |         | clear', 'It was "idle", expected was "active".']));
  });

  it('is seen again at once by what it says', () => {
    const message = messageOf(nobodyIsIdle, { seed: 6 });
    const [, seed, path] = /seed: (\d+), path: '([\d:]+)'/.exec(message)!;
    looks = 0;
    const again = messageOf(nobodyIsIdle, { seed: Number(seed), path: path! });
    expect(again.split('\n').slice(2)).toEqual(message.split('\n').slice(2));
    expect(looks).toBeLessThan(20);
  });

  it('keeps what was thrown as its cause', () => {
    const reason = new RangeError('out of range');
    const thrower = law('nothing is thrown', { given: (tester) => tester.record({}), then: () => { throw reason; } });
    expect(messageOf(thrower, {})).toMatch(/\n\nRangeError: out of range$/);
    expect(() => { lawFor(thrower, fc, defaultPolicy).check(); }).toThrow(expect.objectContaining({ cause: reason }) as Error);
  });

  it('is told by few calls where calls are given', () => {
    const nobodyStale = law('nobody is ever stale', {
      given: (tester, policy) => tester.record({ said: calls(tester, policy) }),
      then: ({ said }, policy) => { equal(new Host(policy).hearAll(said).tracker.status('ada') === 'stale', false); },
    });
    const lines = messageOf(nobodyStale, { seed: 1, numRuns: 1_000 }).split('\n');
    expect(lines.filter((line) => line.includes('"ada"')).length).toBeLessThanOrEqual(3);
  });
});

describe('a law that holds', () => {
  const everything = { given: (): fc.Arbitrary<{ readonly value: number }> => fc.record({ value: fc.nat() }) };

  it('is silent', () => {
    expect(messageOf(law('one is one', { ...everything, then: () => undefined }), {})).toBe('it holds');
  });

  it('is not looked at where there is nothing to say', () => {
    expect(messageOf(law('nothing is said', { ...everything, when: () => false, then: () => { throw new Error('said'); } }), {})).toBe('it holds');
  });

  it.each([[undefined, 100], [7, 7]])('is looked at as often as asked (%s)', (numRuns, times) => {
    const { numRuns: configured, ...others } = fc.readConfigureGlobal();
    fc.configureGlobal(others);
    let count = 0;
    lawFor(law('it is counted', { ...everything, then: () => { count++; } }), fc, defaultPolicy).check({ seed: 1, numRuns });
    fc.configureGlobal({ ...others, ...(configured === undefined ? {} : { numRuns: configured }) });
    expect(count).toBe(times);
  });
});

describe('options', () => {
  it.each<[string, unknown, string]>([
    ['no options', null, 'Expected `options` to be { seed, path, numRuns }, received null.'],
    ['a seed that is no number', { seed: 'x' }, 'Expected `seed` to be a whole number, received "x".'],
    ['half a seed', { seed: 0.5 }, 'Expected `seed` to be a whole number, received 0.5.'],
    ['a path that is no text', { path: 3 }, 'Expected `path` to be a text such as 3:0:1, received 3.'],
    ['no runs', { numRuns: 0 }, 'Expected `numRuns` to be a whole number, 1 or more, received 0.'],
    ['half a run', { numRuns: 1.5 }, 'Expected `numRuns` to be a whole number, 1 or more, received 1.5.'],
  ])('that are %s are refused', (_, options, message) => {
    expect(() => { laws(fc, defaultPolicy)[0]!.check(options as CheckOptions); }).toThrow(new TypeError(message));
  });
});

describe('a tester that gives up', () => {
  const before = fc.readConfigureGlobal();

  afterEach(() => { fc.configureGlobal(before); });

  it('is no proof', () => {
    fc.configureGlobal({ ...before, skipAllAfterTimeLimit: 0, maxSkipsPerRun: 0 });
    expect(messageOf(law('one is one', { given: () => fc.record({}), then: () => undefined }), {})).toMatch(/^The law was not looked at as often as asked: one is one\n/);
  });
});
