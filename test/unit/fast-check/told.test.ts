import { defaultPolicy } from 'presence-model';
import { describe, expect, it } from 'vitest';
import { getsThere, toldOf } from '../../../src/fast-check/told.js';

const tab = { userId: 'ada', sessionId: 'tab', epoch: 1 } as const;

function lines(given: object): readonly string[] {
  return toldOf(given, defaultPolicy).split('\n');
}

describe('toldOf', () => {
  it('tells signals as a story up to the question, less the gaps', () => {
    expect(lines({ facts: [{ ...tab, type: 'connected', at: 0 }], now: 20_000, gaps: [] })).toEqual([
      'facts:',
      '  time      | 0s     | 15s                 | 20s',
      '  > ada/tab | +      |                     |',
      '  = ada     | active | idle (tab: silence) |',
      '  = ada/tab | active | idle (silence)      |',
      'now: 20000 (20s)',
      'gaps: []',
    ]);
    expect(lines({ facts: [{ ...tab, type: 'connected', at: 0 }], now: 20_000, gaps: [{ from: 5_000, until: 9_000 }] })).toEqual(
      expect.arrayContaining(['  > host    |        | gap | back |                     |', 'gaps: [{"from":5000,"until":9000}]']),
    );
  });

  it('tells what is said of a claim', () => {
    expect(lines({ facts: [{ userId: 'ada', type: 'unclaimed', claimId: 'q', at: 0 }] })).toContain('  > ada | q: off');
  });

  it('tells calls by when their signals happened, and how they were made where that says more', () => {
    const said = [
      { now: 1_000, isByHandle: false, signal: { ...tab, type: 'connected' } },
      { now: 2_000, isByHandle: true, signal: { ...tab, type: 'heartbeat', at: 2_000 } },
      { now: 3_000, isByHandle: true, signal: { ...tab, type: 'heartbeat', at: 2_500 } },
    ];
    expect(lines({ said })).toEqual([
      'said:',
      '  time      | 0s      | 1s     | 2s | 2s500ms',
      '  > ada/tab |         | +      | o  | o',
      '  = ada     | offline | active |    |',
      '  = ada/tab |         | active |    |',
      '  2: told by a handle, where it can be',
      '  3: heard at 3s, told by a handle, where it can be',
    ]);
  });

  it.each<[unknown, string]>([
    [[], 'x: []'],
    [undefined, 'x: none'],
    [999, 'x: 999'],
    [-1_000, 'x: -1000 (-1s)'],
    [1_000, 'x: 1000 (1s)'],
    ['a', 'x: "a"'],
    [[{ now: 1 }], 'x: [{"now":1}]'],
    [[{ now: 1, signal: undefined }], 'x: [{"now":1}]'],
    [[null, 1], 'x: [null,1]'],
    [[{ type: 'cleared', userId: 'ada' }], 'x: [{"type":"cleared","userId":"ada"}]'],
    [[{ at: 1 }], 'x: [{"at":1}]'],
  ])('tells anything else in a line: %j', (x, line) => {
    expect(lines({ x })).toEqual([line]);
  });
});

describe('where a broken rule lets no story be told', () => {
  it('signals are told as they are', () => {
    expect(lines({ facts: [{ at: 0, type: 'unheard of' }, { at: 1, type: 'cleared', userId: 'ada' }] })).toEqual([
      'facts:', '  {"at":0,"type":"unheard of"}', '  {"at":1,"type":"cleared","userId":"ada"}',
    ]);
  });

  it.each<[string, (at: number) => number | undefined, boolean]>([
    ['comes to an end', (at) => (at < 3 ? at + 1 : undefined), true],
    ['passes the end', (at) => at + 4, true],
    ['stands still', (at) => at, false],
    ['goes back', (at) => at - 1, false],
    ['creeps for ever', (at) => at + Number.EPSILON, false],
  ])('is known beforehand: time %s', (_, nextAfter, isThere) => {
    expect(getsThere(nextAfter, 0, 10)).toBe(isThere);
  });
});
