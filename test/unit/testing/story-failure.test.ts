import { describe, expect, it } from 'vitest';
import { defaultPolicy, definePolicy } from 'presence-model';
import { story } from 'presence-model/testing';
import { thrownBy } from '../said.js';

const text = (...lines: readonly string[]): string => lines.join('\n');

describe('a story that differs', () => {
  it('prints expected and actual one under the other, the first difference and the reason', () => {
    expect(thrownBy(() => story(defaultPolicy)`
      time             | 0s     | 20s   | 1m | 2m
      > ada/tab1 ~10s  | +      | -left |    |
      > ada/tab2 ~10s  | +      | *     |    |
      > ada/phone ~10s |        |       |    | +
      = ada            | active |       |    | active
    `)).toBe(text(
      'StoryError: Story differs at 1m20s: expected ada to be active, was idle.',
      '  time             | 0s     | 20s   | 1m | 1m20s | 2m',
      '  > ada/tab1 ~10s  | +      | -left |    |       |',
      '  > ada/tab2 ~10s  | +      | *     |    |       |',
      '  > ada/phone ~10s |        |       |    |       | +',
      '  = ada   expected | active |       |    |       | active',
      '          actual   | active |       |    | idle  | active',
      '                                           ▲ first difference',
      '  At 1m20s ada is idle because tab2: inactivity for 1m (since 20s; idle after 1m).',
    ));
  });

  it('is an Error of that name, for any test runner', () => {
    let thrown: unknown;
    try {
      story(defaultPolicy)`
        time  | 0s
        > ada |
        = ada | active
      `;
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(Error);
    expect((thrown as Error).name).toBe('StoryError');
  });

  it('shows every row that differs, the rows that do not as they are, and marks the first', () => {
    expect(thrownBy(() => story(defaultPolicy)`
      time     | 0s      | 5s                        | 10s   | 4m-1ms
      > bob/tv | +       |                           |       |
      > bob    |         | q: show away; r: cap idle | clear |
      > host   |         |                           |       |
      > ada    |         |                           |       |
      = bob    | active  |                           |       |
      = ada    | offline |                           |       |
      = bob/tv | active  |                           |       | offline
    `)).toBe(text(
      'StoryError: Story differs at 5s: expected bob to be active, was away.',
      '  time              | 0s      | 5s                        | 10s    | 15s  | 1m   | 3m    | 4m-1ms',
      '  > bob/tv          | +       |                           |        |      |      |       |',
      '  > bob             |         | q: show away; r: cap idle | clear  |      |      |       |',
      '  > host            |         |                           |        |      |      |       |',
      '  > ada             |         |                           |        |      |      |       |',
      '  = bob    expected | active  |                           |        |      |      |       |',
      '           actual   | active  | away                      | active | idle | away | stale |',
      '                                ▲ first difference',
      '  = ada             | offline |                           |        |      |      |       |',
      '  = bob/tv expected | active  |                           |        |      |      |       | offline',
      '           actual   | active  |                           |        | idle | away | stale |',
      '  At 5s bob is away because claim q shows it.',
    ));
  });

  it('shows what was so at the first difference, also where nothing changed', () => {
    expect(thrownBy(() => story(defaultPolicy)`
      time      | 0s     | 14s
      > ada/tab | +      |
      = ada     | active | idle
    `)).toBe(text(
      'StoryError: Story differs at 14s: expected ada to be idle, was active.',
      '  time           | 0s     | 14s',
      '  > ada/tab      | +      |',
      '  = ada expected | active | idle',
      '        actual   | active | active',
      '                            ▲ first difference',
      '  At 14s ada is active because tab: nothing speaks against it.',
    ));
  });

  it('shows reasons where they were asked for', () => {
    expect(thrownBy(() => story(defaultPolicy)`
      time      | 0s     | 15s                | 1m
      > ada/tab | +      |                    |
      = ada     | active | idle (tab: closed) | away
    `)).toBe(text(
      'StoryError: Story differs at 15s: expected ada to be idle (tab: closed), was idle (tab: silence).',
      '  time           | 0s     | 15s                 | 1m',
      '  > ada/tab      | +      |                     |',
      '  = ada expected | active | idle (tab: closed)  | away',
      '        actual   | active | idle (tab: silence) | away',
      '                            ▲ first difference',
      '  At 15s ada is idle because tab: silence for 15s (since 0s; idle after 15s).',
    ));
  });

  it('tells one story of several tables, and goes on below where it is too wide', () => {
    const game = '{"game":"chess","board":[1,2,3,4]}';
    expect(thrownBy(() => story(defaultPolicy)`
      time          | 0s     | 10s     a comment is not repeated
      > ada/tab ~5s | +      |
      = ada         | active |

      time          | 30s               | 50s
      > ada         | a: detail ${game} | b: detail ${game}

      time          | 50s
      > ada         | a: off
      > ada/tab     | o x

      time          | 3m
      = ada         | idle (tab: silence)
    `)).toBe(text(
      'StoryError: Story differs at 1m5s: expected ada to be active, was idle.',
      '  time           | 0s     | 10s | 30s',
      '  > ada/tab ~5s  | +      |     |',
      '  = ada expected | active |     |',
      '        actual   | active |     |',
      `  > ada          |        |     | a: detail ${game}`,
      '',
      '  time           | 50s                                                  | 1m5s | 1m50s | 3m',
      '  > ada/tab ~5s  | o x                                                  |      |       |',
      '  = ada expected |                                                      |      |       | idle (tab: silence)',
      '        actual   |                                                      | idle | away  | away (tab: silence)',
      '                                                                          ▲ first difference',
      `  > ada          | b: detail ${game}; a: off |      |       |`,
      '  At 1m5s ada is idle because tab: silence for 15s (since 50s; idle after 15s).',
    ));
  });

  it('goes on below where a line would be longer than 110', () => {
    const widest = (more: string): number => Math.max(...thrownBy(() => story(defaultPolicy)`
      time   | 0s     | 1s
      > ada  | q: detail "${'x'.repeat(74)}${more}" |
      = ada  | active |
    `).split('\n').map((line) => line.length));
    expect([widest(''), widest('x'), widest('xx')]).toEqual([110, 106, 107]);
  });

  it('tells the earliest difference, and of equals the upper one', () => {
    const first = (...rows: readonly string[]): string => thrownBy(() => story(defaultPolicy)`
      time      | 0s | 5s | 9s
      > ada/tab |    | +  |
      ${rows.join('\n')}
    `).split('\n')[0]!;
    expect(first('= ada | offline | | active', '= ada/tab | | active | idle')).toBe('StoryError: Story differs at 5s: expected ada to be offline, was active.');
    expect(first('= ada/tab | | active | idle', '= ada | offline | | active')).toBe('StoryError: Story differs at 5s: expected ada to be offline, was active.');
    expect(first('= ada/tab | | | active', '= ada | offline | | active')).toBe('StoryError: Story differs at 5s: expected ada/tab to be unheard of, was active.');
  });

  const chat = definePolicy({
    statuses: ['busy', 'here', 'off duty', 'gone'],
    silence: { 'off duty': 5_000, gone: 20_000 },
    untouched: { gone: 12_000 },
    reports: { none: 'here', dnd: 'busy', 'at lunch': 'off duty' },
    departures: { dropped: { gone: 3_000 }, 'kicked out': { gone: 1_000 } },
    shownAs: { here: 'off duty' },
  });
  it.each([
    { case: 'no session', rows: ['> ada |', '= ada | here'], says: 'ada is gone because no session counts' },
    { case: 'nothing heard', rows: ['> ada/tab |', '= ada/tab | here'], says: 'ada/tab is unheard of' },
    { case: 'never seen', rows: ['> ada/"the tab" | -', '= ada/"the tab" | here'], says: 'ada/"the tab" is gone because it was never seen alive' },
    { case: 'nothing', rows: ['> ada/tab | +dnd', '= ada | here'], says: 'ada is busy because tab: nothing speaks against it' },
    { case: 'silence', rows: ['> ada/tab | o@0s', '= ada | here'], says: 'ada is "off duty" because tab: silence for 10s (since 0s; "off duty" after 5s)' },
    { case: 'silence after a promise', rows: ['> ada/tab | o~1s@0s', '= ada | here'], says: 'ada is "off duty" because tab: silence for 9s (since 1s; "off duty" after 5s)' },
    { case: 'untouched', rows: ['> ada/tab | +@-2s o', '= ada | here'], says: 'ada is gone because tab: untouched for 12s (since -2s; gone after 12s)' },
    { case: 'a report', rows: ['> ada/tab | +"at lunch"@7s o', '= ada | here'], says: 'ada is "off duty" because tab: report "at lunch" (since 7s)' },
    { case: 'no report', rows: ['> ada/tab | +@9500ms', '= ada/tab | busy'], says: 'ada/tab is here because report none (since 9s500ms)' },
    { case: 'an end', rows: ['> ada/tab | o -"kicked out"@7s', '= ada | here'], says: 'ada is gone because tab: "kicked out" for 3s (since 7s; gone after 1s)' },
    { case: 'an end, of a session', rows: ['> ada/tab | o -@7s', '= ada/tab | here'], says: 'ada/tab is gone because dropped for 3s (since 7s; gone after 3s)' },
    { case: 'a clock that has not begun', rows: ['> ada/tab | o', '> host | gap@8s back@9s', '= ada | gone'], says: 'ada is "off duty" because tab: report none (since 10s)' },
    { case: 'a cap', rows: ['> ada/tab | +', '> ada | q: cap gone', '= ada | here'], says: 'ada is gone because claim q caps it' },
    { case: 'a raise', rows: ['> ada/tab | +', '> ada | q: raise busy', '= ada | here'], says: 'ada is busy because claim q raises it' },
    { case: 'a show', rows: ['> ada/tab | +', '> ada | "q 1": show busy', '= ada | here'], says: 'ada is busy because claim "q 1" shows it' },
  ])('gives the reason: $case', ({ rows, says }) => {
    const message = thrownBy(() => story(chat)`
      time      | 10s
      ${rows.join('\n')}
    `);
    expect(message.split('\n').at(-1)).toBe(`  At 10s ${says}.`);
  });

  it.each([
    { case: 'the best status', rows: ['> ada/tab | +dnd', '= ada | busy (tab: dnd)'], says: 'because tab: nothing speaks against it. busy is the best that can be, so no reason can be asked for: write `busy` alone.' },
    { case: 'the best status of a session', rows: ['> ada/tab | +dnd', '= ada/tab | busy (dnd)'], says: 'because nothing speaks against it. busy is the best that can be, so no reason can be asked for: write `busy` alone.' },
    { case: 'no report', rows: ['> ada/tab | +', '= ada/tab | here (silence)'], says: 'because report none (since 10s). No reason can be asked for: write `here` alone.' },
    { case: 'no report, by its outward word', rows: ['> ada/tab | +', '= ada | "off duty" (tab: silence)'], says: 'because tab: report none (since 10s). No reason can be asked for: write `"off duty"` alone.' },
    { case: 'nobody', rows: ['> ada/tab |', '= ada | gone (tab: dropped)'], says: 'because no session counts. No reason can be asked for: write `gone` alone.' },
    { case: 'another status without one', rows: ['> ada/tab | +', '= ada/tab | gone (silence)'], says: 'because report none (since 10s).' },
    { case: 'nothing heard', rows: ['> ada/tab |', '= ada/tab | gone (silence)'], says: 'ada/tab is unheard of.' },
    { case: 'another reason', rows: ['> ada/tab | o@0s', '= ada/tab | "off duty" (untouched)'], says: 'because silence for 10s (since 0s; "off duty" after 5s).' },
    { case: 'another claim', rows: ['> ada/tab | +', '> ada | q: raise busy', '= ada | busy (claim r)'], says: 'because claim q raises it.' },
  ])('says whether a reason can be asked for: $case', ({ rows, says }) => {
    const message = thrownBy(() => story(chat)`
      time | 10s
      ${rows.join('\n')}
    `);
    expect(message.endsWith(says) ? says : message).toBe(says);
  });

  it('names the rung before its outward word', () => {
    const policy = definePolicy({ shownAs: { idle: 'active' } });
    expect(thrownBy(() => story(policy)`
      time         | 20s
      > ada/tab    | +@0s
      > ada/zephyr | +@0s -left@1s
      = ada        | away
    `)).toContain('At 20s ada is active because tab: silence for 20s (since 0s; idle after 15s).');
  });
});
