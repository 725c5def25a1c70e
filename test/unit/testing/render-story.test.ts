import { describe, expect, it } from 'vitest';
import { defaultPolicy } from 'presence-model';
import type { Claim, Signal } from 'presence-model';
import { renderStory, story } from 'presence-model/testing';
import { claimed, cleared, thrownBy, unclaimed } from '../said.js';

const text = (...lines: readonly string[]): string => lines.join('\n');
const tab = { userId: 'ada', sessionId: 'tab' } as const;
/** The cell that is written for a signal at 10 s. */
const cellOf = (signal: Signal): string => renderStory([signal], defaultPolicy, { from: 10_000, until: 10_001 }).split('\n')[1]!.split(' | ').slice(1).join(' | ');

describe('renderStory', () => {
  it('writes signals in their cells and what they amount to under them', () => {
    const signals: readonly Signal[] = [
      { ...tab, type: 'connected', epoch: 1, at: 0 },
      claimed(5_000, { id: 'q', show: 'away', expiresAt: 7_000 }),
      { ...tab, type: 'disconnected', epoch: 1, at: 9_000, cause: 'closed' },
      { type: 'connected', userId: 'bob', sessionId: 'tv', at: 9_000 },
    ];
    const written = renderStory(signals, defaultPolicy, { from: 0, until: 20_000, gaps: [{ from: 17_000, until: 18_000 }, { from: 16_000, until: 17_000 }] }, { width: 130 });
    expect(written).toBe(text(
      'time                | 0s      | 5s              | 7s     | 9s      | 14s                   | 16s | 18s  | 19s999ms',
      '> host              |         |                 |        |         |                       | gap | back |',
      '> ada/tab           | +       |                 |        | -closed |                       |     |      |',
      '> ada               |         | q: show away 2s |        |         |                       |     |      |',
      '> bob/tv unnumbered |         |                 |        | +       |                       |     |      |',
      '= ada               | active  | away (claim q)  | active |         | offline (tab: closed) |     |      |',
      '= ada/tab           | active  |                 |        |         | offline (closed)      |     |      |',
      '= bob               | offline |                 |        | active  |                       |     |      |',
      '= bob/tv            |         |                 |        | active  |                       |     |      |',
    ));
    story(defaultPolicy)`${written}`;
  });

  it.each<{ readonly signal: Signal; readonly cell: string }>([
    { signal: { ...tab, type: 'connected', epoch: 1, at: 10_000, report: 'idle' }, cell: '+idle' },
    { signal: { ...tab, type: 'connected', epoch: 2, at: 10_000, report: 'afk' }, cell: '+"afk"#2' },
    { signal: { ...tab, type: 'heartbeat', epoch: 0, at: 10_000 }, cell: 'o' },
    { signal: { ...tab, type: 'heartbeat', epoch: 3, at: 10_000, report: 'idle', quietForMs: 60_000, activeAt: -500, uncounted: true }, cell: 'o:idle~1m*-500ms!uncounted#3' },
    { signal: { ...tab, type: 'activity', epoch: 0, at: 10_000, report: 'active', uncounted: false }, cell: '*:active!counted' },
    { signal: { ...tab, type: 'disconnected', epoch: 0, at: 10_000 }, cell: '-' },
    { signal: { ...tab, type: 'disconnected', epoch: 0, at: 10_000, cause: 'kicked out' }, cell: '-"kicked out"' },
    { signal: { ...tab, type: 'disconnected', epoch: 1, at: 9_999, cause: 'left' }, cell: '-left#1@9s999ms' },
    { signal: { ...tab, type: 'heartbeat', epoch: 0, at: 70_000 }, cell: 'o@1m10s' },
    { signal: unclaimed(10_000, 'q'), cell: 'q: off' },
    { signal: cleared(10_001), cell: 'clear @10s1ms' },
    { signal: claimed(9_000, { id: 'a b', atLeast: 'idle', atMost: 'active', expiresAt: 9_000 }), cell: '"a b": raise idle cap active 0s @9s' },
    {
      signal: claimed(10_000, { id: 'q', show: 'dnd', whileAtLeast: 'offline', sessionId: 'tab|1', priority: -0.5, expiresAt: 9_999, detail: { a: ['|`${'] }, private: true } as unknown as Claim),
      cell: 'q: show "dnd" until 9s999ms sticky on "tab\\u007c1" priority -0.5 detail {"a":["\\u007c\\u0060\\u0024{"]} private',
    },
    { signal: claimed(10_000, { id: 'q', whileAtLeast: 'stale' }), cell: 'q: while stale' },
    { signal: claimed(10_000, { id: 'q' }), cell: 'q:' },
  ])('writes $cell', ({ signal, cell }) => {
    expect(cellOf(signal)).toBe(cell);
    expect(story(defaultPolicy)`${renderStory([signal], defaultPolicy, { from: 10_000, until: 10_001 })}`.signals).toStrictEqual([signal]);
  });

  it('writes the number of a connection only where it is not the one to expect', () => {
    const signals = ([['connected', 4], ['heartbeat', 4], ['connected', 5], ['disconnected', 4], ['activity', 5], ['connected', 3], ['heartbeat', 5]] as const)
      .map(([type, epoch]): Signal => ({ ...tab, type, epoch, at: 10_000 }));
    expect(renderStory(signals, defaultPolicy, { from: 10_000, until: 10_001 }).split('\n')[1]).toBe('> ada/tab | +#4 o + -#4 * +#3 o#5');
  });

  it('counts from another zero where it is told one', () => {
    const at = 1_700_000_000_000;
    const written = renderStory([{ ...tab, type: 'connected', epoch: 1, at, activeAt: at - 5 }, claimed(at + 5, { id: 'q', expiresAt: at })], defaultPolicy, { from: at, until: at + 20_000 }, { origin: at });
    expect(written).toBe(text(
      'time      | 0s     | 5ms         | 15s                 | 19s999ms',
      '> ada/tab | +*-5ms |             |                     |',
      '> ada     |        | q: until 0s |                     |',
      '= ada     | active |             | idle (tab: silence) |',
      '= ada/tab | active |             | idle (silence)      |',
    ));
  });

  it('writes nothing but the range of nobody', () => {
    expect(renderStory([], defaultPolicy, { from: -5, until: 5 })).toBe('time | -5ms | 4ms');
    expect(renderStory([], defaultPolicy, { from: 0, until: 1 })).toBe('time | 0s');
  });

  it('goes on below where a line would be too long', () => {
    const written = renderStory([{ ...tab, type: 'connected', epoch: 1, at: 0 }], defaultPolicy, { from: 0, until: 60_000 }, { width: 50 });
    expect(written).toBe(text(
      'time      | 0s     | 15s',
      '> ada/tab | +      |',
      '= ada     | active | idle (tab: silence)',
      '= ada/tab | active | idle (silence)',
      '',
      'time      | 59s999ms',
      '> ada/tab |',
      '= ada     |',
      '= ada/tab |',
    ));
    story(defaultPolicy)`${written}`;
  });

  it.each([
    { call: () => renderStory([], defaultPolicy, { from: 5, until: 5 }), message: 'Expected `until` to be 6 or later, as a story has one instant at least, received 5.' },
    { call: () => renderStory([], defaultPolicy, { from: 5, until: 4 }), message: 'Expected `until` to be 5 or later, as `from` is, received 4.' },
    { call: () => renderStory([{ ...tab, type: 'heartbeat', at: 0.5 }], defaultPolicy, { from: 0, until: 4 }), message: 'signals[0]: Expected `at` to be whole milliseconds, received 0.5.' },
    { call: () => renderStory([], defaultPolicy, { from: 0, until: 4 }, { width: -1 }), message: 'Expected `width` to be a whole number of characters, 1 or more, received -1.' },
    { call: () => renderStory([], defaultPolicy, { from: 0, until: 4 }, { origin: NaN }), message: 'Expected `origin` to be whole milliseconds, received NaN.' },
    { call: () => renderStory([], undefined as never, { from: 0, until: 4 }), message: 'Expected `policy` to be from `definePolicy`, or a JSON copy of one, received nothing.' },
  ])('refuses what breaks its type: $message', ({ call, message }) => {
    expect(thrownBy(call)).toBe(`TypeError: ${message}`);
  });
});
