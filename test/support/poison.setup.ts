// While a test of the model runs, everything that could tell it the time, wait for it or throw dice throws instead.
// The hooks of a setup file are the outermost, and vitest keeps the real functions for itself, so only tests and what they call notice.

import { afterEach, beforeEach } from 'vitest';

function poisoned(name: string): () => never {
  return () => {
    throw new Error(`${name} is poisoned: the model knows no clock, no timer and no chance.`);
  };
}

/** Reads dates that it is given, as ever, but knows no present. */
function withoutPresent(real: DateConstructor): DateConstructor {
  return new Proxy(real, {
    apply: poisoned('Date()'),
    construct(target, given: unknown[], newTarget) {
      return given.length === 0 ? poisoned('new Date()')() : (Reflect.construct(target, given, newTarget) as object);
    },
    get: (target, key, receiver) => (key === 'now' ? poisoned('Date.now') : (Reflect.get(target, key, receiver) as unknown)),
  });
}

const places: readonly { readonly on: object; readonly name: string; readonly instead: unknown }[] = [
  { on: globalThis, name: 'Date', instead: withoutPresent(Date) },
  { on: Math, name: 'random', instead: poisoned('Math.random') },
  { on: performance, name: 'now', instead: poisoned('performance.now') },
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'].map((name) => ({
    on: globalThis,
    name,
    instead: poisoned(name),
  })),
];

let antidotes: readonly (() => void)[] = [];

beforeEach(() => {
  antidotes = places.map(({ on, name, instead }) => {
    const before = Object.getOwnPropertyDescriptor(on, name);
    Object.defineProperty(on, name, { value: instead, configurable: true, writable: true });
    return () => {
      if (before === undefined) Reflect.deleteProperty(on, name);
      else Object.defineProperty(on, name, before);
    };
  });
});

afterEach(() => {
  for (const antidote of antidotes) antidote();
});
