// A law over histories that lack a field is no law about that field: everything that can be said is said, often.

import fc from 'fast-check';
import { defaultPolicy } from 'presence-model';
import { describe, expect, it } from 'vitest';
import { heard, histories, policies } from '../support/arbitraries.js';

const numRuns = 1_000;

/** How often each field occurs, with the path of its parents. */
function occurrences(values: readonly unknown[]): Map<string, number> {
  const counts = new Map<string, number>();
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, part] of Object.entries(value)) {
      const at = Array.isArray(value) ? path : `${path}.${key}`;
      if (!Array.isArray(value)) counts.set(at, (counts.get(at) ?? 0) + 1);
      if (key !== 'detail') visit(part, at);
    }
  };
  for (const value of values) visit(value, '');
  return counts;
}

describe('the generators', () => {
  const facts = fc.sample(histories(fc, defaultPolicy), { seed: 1, numRuns }).flat();
  const said = fc.sample(heard(fc, defaultPolicy), { seed: 1, numRuns: numRuns * 4 });

  it.each(['epoch', 'report', 'activeAt', 'quietForMs', 'uncounted', 'cause', 'claimId', 'claim.show', 'claim.atMost', 'claim.atLeast',
    'claim.whileAtLeast', 'claim.sessionId', 'claim.priority', 'claim.expiresAt', 'claim.detail', 'claim.private'])('say %s', (field) => {
    expect(occurrences(facts).get(`.${field}`) ?? 0).toBeGreaterThan(100);
  });

  it.each(['at', 'epoch'])('leave %s out at times', (field) => {
    const given = said.filter((signal) => Object.keys(signal).includes(field)).length;
    expect(given).toBeGreaterThan(said.length / 20);
    expect(given).toBeLessThan((said.length * 19) / 20);
  });

  it('tie: facts of one instant are ordinary', () => {
    const ties = fc.sample(histories(fc, defaultPolicy), { seed: 2, numRuns }).filter((history) => new Set(history.map(({ at }) => at)).size < history.length);
    expect(ties.length).toBeGreaterThan(numRuns / 4);
  });

  it.each(['silence', 'inactivity', 'untouched', 'whileReported', 'shownAs'])('draw policies with and without %s', (row) => {
    const drawn = fc.sample(policies(fc), { seed: 3, numRuns: 200 });
    const empty = drawn.filter((policy) => Object.keys(policy[row as 'silence']).length === 0).length;
    expect(empty).toBeGreaterThan(5);
    expect(empty).toBeLessThan(195);
  });
});
