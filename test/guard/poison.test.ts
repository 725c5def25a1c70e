// Proof that the poison of the model's tests bites: this file runs in the same project as they do.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const looksAround: readonly (readonly [name: string, call: () => unknown])[] = [
  ['Date.now', () => Date.now()],
  ['new Date', () => new Date()],
  ['Date', () => Date()],
  ['Math.random', () => Math.random()],
  ['performance.now', () => performance.now()],
  ['setTimeout', () => setTimeout(() => undefined, 0)],
  ['setInterval', () => setInterval(() => undefined, 1)],
  ['setImmediate', () => setImmediate(() => undefined)],
  ['queueMicrotask', () => queueMicrotask(() => undefined)],
];

describe('poison', () => {
  it.each(looksAround)('makes %s throw', (_name, call) => {
    expect(call).toThrow('is poisoned');
  });

  it('makes a property fail that asks for the time', () => {
    const property = fc.property(fc.integer(), () => Date.now() > 0);
    const { errorInstance } = fc.check(property);
    expect(errorInstance).toMatchObject({ message: expect.stringContaining('Date.now is poisoned') as string });
  });

  it('leaves alone what a test says itself', async () => {
    expect(new Date(0).toISOString()).toBe('1970-01-01T00:00:00.000Z');
    expect(Date.UTC(1970, 0, 2)).toBe(86_400_000);
    await Promise.resolve();
  });
});
