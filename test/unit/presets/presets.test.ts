// What is true of every preset. What each of them says is proved where its `provedBy` points.

import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createTracker, definePolicy } from 'presence-model';
import type { Policy, PolicyInput } from 'presence-model';
import * as presets from 'presence-model/presets';
import { absolute } from '../../support/files.js';
import { adapters } from '../../vector/adapters/index.js';

const all = Object.entries(presets);

describe.each(all)('%s', (name, preset) => {
  // Their words are different, so here they are any.
  const policy = preset.policy as Policy as Policy & PolicyInput;

  it('is named after when it was read', () => {
    expect(preset.readOn).toMatch(/^\d{4}-\d{2}$/);
    expect(name.endsWith(`AsOf${preset.readOn.replace('-', '')}`)).toBe(true);
  });

  it('says its source, its version, what a host does and what it leaves out', () => {
    for (const text of [preset.system, preset.source, preset.version]) expect(text).not.toBe('');
    for (const sentences of [preset.host, preset.notCopied]) expect(sentences.length).toBeGreaterThan(0);
    for (const sentence of [...preset.host, ...preset.chosen, ...preset.notCopied]) expect(sentence).toMatch(/^\S.*[.]$/);
  });

  it('points to what proves it', () => {
    expect(existsSync(absolute(preset.provedBy))).toBe(true);
    const file = /^test\/vector\/cases\/(\w+)\.json$/.exec(preset.provedBy)?.[1];
    if (file !== undefined) expect(adapters.find((adapter) => adapter.file === file)?.system).toBe(preset.system);
  });

  it('is a policy that a tracker takes, that can be sent, and that others can start from', () => {
    expect(definePolicy(policy)).toEqual(policy);
    expect(definePolicy(JSON.parse(JSON.stringify(policy)) as PolicyInput)).toEqual(policy);
    expect(Object.isFrozen(policy)).toBe(true);
    const tracker = createTracker({ policy });
    tracker.open({ userId: 'ada', sessionId: 'tab' }, 0);
    expect(tracker.count({ atLeast: policy.statuses.at(-2)! })).toBe(1);
  });
});

describe('the presets', () => {
  it('prove every system that has cases, but for the browsers', () => {
    const proved = all.map(([, { provedBy }]) => provedBy);
    expect(adapters.filter(({ file }) => !proved.includes(`test/vector/cases/${file}.json`)).map(({ file }) => file)).toEqual(['browser']);
  });
});
