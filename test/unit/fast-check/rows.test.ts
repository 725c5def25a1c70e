import { defaultPolicy, definePolicy } from 'presence-model';
import type { Policy } from 'presence-model';
import { describe, expect, it } from 'vitest';
import { allowedBy, cellsOf, departureRow, firstCell, graceOf, patienceOf, rowsOf, unhurriedOf } from '../../../src/fast-check/rows.js';

const policy = definePolicy({
  ...defaultPolicy,
  untouched: { away: 120_000 },
  whileReported: { background: { silence: { offline: 600_000 }, departures: { closed: {} } }, none: { inactivity: {} } },
}) as Policy;

describe('the rows in force', () => {
  it('are those of the policy where the report replaces none', () => {
    expect(rowsOf(policy, 'idle')).toMatchObject({ silence: defaultPolicy.silence, inactivity: defaultPolicy.inactivity, untouched: { away: 120_000 } });
    expect(rowsOf(policy, 'background')).toMatchObject({ silence: { offline: 600_000 }, inactivity: defaultPolicy.inactivity });
    expect(rowsOf(policy, 'none')).toMatchObject({ silence: defaultPolicy.silence, inactivity: {} });
    expect(rowsOf(policy, 'constructor')).toMatchObject({ silence: defaultPolicy.silence });
  });

  it('are replaced cause by cause', () => {
    expect(departureRow(policy, 'background', 'closed')).toEqual({});
    expect(departureRow(policy, 'background', 'dropped')).toEqual({ stale: 15_000 });
    expect(departureRow(policy, 'none', 'closed')).toEqual({ offline: 5_000 });
    expect(departureRow(policy, 'none', 'unheard of')).toEqual({});
  });

  it('allow what the report allows, and what `none` allows where it is unknown', () => {
    expect(['idle', 'unheard of', 'constructor'].map((report) => allowedBy(policy, report))).toEqual(['idle', 'active', 'active']);
    expect(allowedBy({ ...policy, reports: {} }, 'none')).toBe('');
  });

  it('have cells, or none', () => {
    expect(cellsOf({ idle: 1, away: undefined })).toEqual([['idle', 1]]);
    expect([firstCell({ idle: 1, away: 2 }), firstCell({})]).toEqual([1, Infinity]);
    expect([graceOf(policy), graceOf(policy, 'closed'), graceOf(policy, 'closed', 'background')]).toEqual([15_000, 5_000, Infinity]);
    expect([patienceOf(policy), patienceOf(policy, 'background'), unhurriedOf(policy)]).toEqual([15_000, 600_000, 120_000]);
  });
});
