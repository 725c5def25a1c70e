// Other systems' own cases. Each has its outcome in outcomes.ts or passes; a case that changes sides fails here.

import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import * as presets from 'presence-model/presets';
import { adapters } from './adapters/index.js';
import { caseFiles, casesOf } from './case.js';
import type { VectorCase } from './case.js';
import { outcomes } from './outcomes.js';
import { run } from './run.js';
import { outcomeOf } from './table.js';

describe('the cases of the field', () => {
  it('have an adapter for every file', () => {
    expect(adapters.map(({ file }) => file).sort()).toEqual([...caseFiles].sort());
  });

  it.each(adapters)('of $system have names of their own, which the outcomes use', ({ file }) => {
    const names = casesOf(file).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(Object.keys(outcomes[file] ?? {}).filter((name) => !names.includes(name))).toEqual([]);
  });

  it('all expect something', () => {
    expect(adapters.flatMap(({ file }) => casesOf(file)).filter((vector) => vector.expect.length === 0)).toEqual([]);
  });
});

describe.each(adapters)('$system', (adapter) => {
  it.each(casesOf(adapter.file))('$name', (vector) => {
    const outcome = outcomeOf(adapter.file, vector);
    const ran = run(adapter, vector);
    if (outcome === undefined) expect(ran).toEqual({ differences: [] });
    else if ('why' in outcome) expect(ran).toEqual({ differences: outcome.differences });
    else expect(ran).toEqual({ untranslated: outcome.untranslated });
  });
});

describe('the preset', () => {
  const proved = Object.values(presets).flatMap((preset) => {
    const adapter = adapters.find(({ file }) => preset.provedBy === `test/vector/cases/${file}.json`);
    return adapter === undefined ? [] : [{ ...preset, adapter }];
  });

  it.each(proved)('of $system is the table of half of its cases or more, number by number', ({ policy, adapter }) => {
    const ran = casesOf(adapter.file).filter((vector) => !('untranslated' in run(adapter, vector)));
    const withIt = ran.filter((vector) => isDeepStrictEqual({ ...adapter.policy(vector) }, { ...policy }));
    expect(withIt.length).toBeGreaterThanOrEqual(ran.length / 2);
  });
});

describe('a hidden tab', () => {
  it('flaps with 60 s as soon as one beat is late', () => {
    const browsers = adapters.find(({ file }) => file === 'browser')!;
    const exact = casesOf('browser').find(({ name }) => name === 'throttle/chrome-30s-heartbeat-ttl-60s')!;
    const late: VectorCase = { ...exact, events: exact.events.map((event) => (event.t_ms === 1_080_000 ? { ...event, t_ms: 1_080_001 } : event)) };
    expect(run(browsers, late)).toEqual({ differences: [] });
  });
});
