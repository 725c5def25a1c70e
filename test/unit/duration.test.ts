import { describe, expect, it } from 'vitest';
import { compact, spoken } from '../../src/duration.js';

describe('spoken and compact', () => {
  it.each([
    { lengthMs: 0, said: '0 s', short: '0s' },
    { lengthMs: 1, said: '1 ms', short: '1ms' },
    { lengthMs: 999, said: '999 ms', short: '999ms' },
    { lengthMs: 1_000, said: '1 s', short: '1s' },
    { lengthMs: 1_001, said: '1 s 1 ms', short: '1s1ms' },
    { lengthMs: 59_999, said: '59 s 999 ms', short: '59s999ms' },
    { lengthMs: 60_000, said: '1 min', short: '1m' },
    { lengthMs: 90_000, said: '1 min 30 s', short: '1m30s' },
    { lengthMs: 3_600_000, said: '1 h', short: '1h' },
    { lengthMs: 86_400_000, said: '1 d', short: '1d' },
    { lengthMs: 604_800_000, said: '7 d', short: '7d' },
    { lengthMs: 90_061_001, said: '1 d 1 h 1 min 1 s 1 ms', short: '1d1h1m1s1ms' },
    { lengthMs: -1_500, said: '-1 s 500 ms', short: '-1s500ms' },
  ])('say $said of $lengthMs', ({ lengthMs, said, short }) => {
    expect(spoken(lengthMs)).toBe(said);
    expect(compact(lengthMs)).toBe(short);
  });
});
