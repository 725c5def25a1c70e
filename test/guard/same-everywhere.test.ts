// What chance decides is decided by a seed, and comes out the same in another engine, to the last digit.

import { runInThisContext } from 'node:vm';
import { newQuickJSWASMModule } from 'quickjs-emscripten';
import { expect, it } from 'vitest';
import { bundle } from '../support/bundle.js';
import { doors } from '../support/files.js';

const measured = `
  JSON.stringify(presence.measureQuality(presence.defaultPolicy, {
    loss: 0.1, lostInRow: 2, jitterMs: 700, storms: { perHour: 30, spreadMs: 20000 }, throttled: {}, transport: {},
  }, { sessions: 20, hours: 0.1, seed: 7 }))
`;

it('measureQuality measures the same in an engine that shares no code with this one', async () => {
  const entry = `export * from './src/index.js'; export * from './${doors().get('presence-model/testing')!}';`;
  const script = await bundle({ entry, format: 'iife', globalName: 'presence' });
  const quickjs = await newQuickJSWASMModule();
  const there = quickjs.evalCode(`${script}; ${measured}`) as string;
  expect(there).toBe(runInThisContext(`${script}; ${measured}`));
  expect(JSON.parse(there)).toMatchObject({ sessionHours: 2 });
});
