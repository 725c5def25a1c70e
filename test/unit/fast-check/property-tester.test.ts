import fc, * as namespace from 'fast-check';
import type { Policy } from 'presence-model';
import { defaultPolicy } from 'presence-model';
import { histories, laws, policies, signals } from 'presence-model/fast-check';
import type { FastCheck } from 'presence-model/fast-check';
import { describe, expect, it } from 'vitest';

const doors: Readonly<Record<string, (tester: FastCheck, policy: Policy) => unknown>> = { laws, signals, histories, policies };

describe.each(Object.entries(doors))('%s', (_, door) => {
  it('takes the default export and the namespace', () => {
    expect(() => door(fc, defaultPolicy)).not.toThrow();
    expect(() => door(namespace, defaultPolicy)).not.toThrow();
  });

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'nothing'],
    ['an empty object', {}, 'an object'],
    ['half of one', { assert: fc.assert, property: fc.property }, 'an object'],
  ])('refuses %s', (__, tester, received) => {
    expect(() => door(tester as FastCheck, defaultPolicy)).toThrow(new TypeError(`Expected \`fc\` to be fast-check, 3.20 or later, received ${received}.`));
  });
});

describe.each(Object.entries({ laws, signals, histories }))('%s', (_, door) => {
  it('refuses what is no policy', () => {
    expect(() => door(fc, {} as Policy)).toThrow('Expected `policy` to be from `definePolicy`, or a JSON copy of one, received an object.');
  });

  it('takes a copy of a policy that was sent as JSON', () => {
    expect(() => door(fc, JSON.parse(JSON.stringify(defaultPolicy)) as Policy)).not.toThrow();
  });
});
