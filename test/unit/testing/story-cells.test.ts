import { describe, expect, it } from 'vitest';
import { defaultPolicy, definePolicy } from 'presence-model';
import type { Signal } from 'presence-model';
import { story } from 'presence-model/testing';
import { thrownBy } from '../said.js';

/** The signals of one cell at 10 s. */
const said = (row: string, cell: string): readonly Signal[] => story(defaultPolicy)`
  time     | 0s      | 10s
  > ${row} |         | ${cell}
  > zed    |         |
  = zed    | offline |
`.signals;

describe('a cell of a session', () => {
  const tab = { userId: 'ada', sessionId: 'tab', epoch: 0, at: 10_000 };
  it.each<{ readonly cell: string; readonly signals: readonly object[] }>([
    { cell: '+', signals: [{ ...tab, type: 'connected', epoch: 1 }] },
    { cell: '+idle', signals: [{ ...tab, type: 'connected', epoch: 1, report: 'idle' }] },
    { cell: '+:idle', signals: [{ ...tab, type: 'connected', epoch: 1, report: 'idle' }] },
    { cell: '+background~1h*5s#7!uncounted@9s', signals: [{ ...tab, type: 'connected', epoch: 7, report: 'background', quietForMs: 3_600_000, activeAt: 5_000, uncounted: true, at: 9_000 }] },
    { cell: 'o', signals: [{ ...tab, type: 'heartbeat' }] },
    { cell: 'o:idle', signals: [{ ...tab, type: 'heartbeat', report: 'idle' }] },
    { cell: 'o~1h', signals: [{ ...tab, type: 'heartbeat', quietForMs: 3_600_000 }] },
    { cell: 'o:idle~1h', signals: [{ ...tab, type: 'heartbeat', report: 'idle', quietForMs: 3_600_000 }] },
    { cell: 'o~1h:idle', signals: [{ ...tab, type: 'heartbeat', report: 'idle', quietForMs: 3_600_000 }] },
    { cell: 'o~0', signals: [{ ...tab, type: 'heartbeat', quietForMs: 0 }] },
    { cell: 'o*-5s', signals: [{ ...tab, type: 'heartbeat', activeAt: -5_000 }] },
    { cell: 'o!counted', signals: [{ ...tab, type: 'heartbeat', uncounted: false }] },
    { cell: 'o:"afk"', signals: [{ ...tab, type: 'heartbeat', report: 'afk' }] },
    { cell: '*', signals: [{ ...tab, type: 'activity' }] },
    { cell: '*:active', signals: [{ ...tab, type: 'activity', report: 'active' }] },
    { cell: '*!uncounted#2@4m-1ms', signals: [{ ...tab, type: 'activity', uncounted: true, epoch: 2, at: 239_999 }] },
    { cell: '-', signals: [{ ...tab, type: 'disconnected' }] },
    { cell: '-left', signals: [{ ...tab, type: 'disconnected', cause: 'left' }] },
    { cell: '-"kicked out"', signals: [{ ...tab, type: 'disconnected', cause: 'kicked out' }] },
    { cell: '-dropped#1', signals: [{ ...tab, type: 'disconnected', cause: 'dropped', epoch: 1 }] },
    { cell: '-#1@-1d', signals: [{ ...tab, type: 'disconnected', epoch: 1, at: -86_400_000 }] },
    { cell: 'x', signals: [] },
    { cell: 'x@5s', signals: [] },
    {
      cell: '+ *  -left\t+',
      signals: [
        { ...tab, type: 'connected', epoch: 1 }, { ...tab, type: 'activity', epoch: 1 },
        { ...tab, type: 'disconnected', cause: 'left', epoch: 1 }, { ...tab, type: 'connected', epoch: 2 },
      ],
    },
    { cell: 'o o', signals: [{ ...tab, type: 'heartbeat' }, { ...tab, type: 'heartbeat' }] },
  ])('says $cell', ({ cell, signals }) => {
    expect(said('ada/tab', cell)).toStrictEqual(signals);
  });
});

describe('a cell of claims', () => {
  const claimed = (claim: object, at = 10_000): object => ({ type: 'claimed', userId: 'ada', at, claim: { id: 'q', ...claim } });
  it.each<{ readonly cell: string; readonly signals: readonly object[] }>([
    { cell: 'q: show away', signals: [claimed({ show: 'away' })] },
    { cell: 'q: show away 30m', signals: [claimed({ show: 'away', expiresAt: 1_810_000 })] },
    { cell: 'q: show away 5', signals: [claimed({ show: 'away', expiresAt: 10_005 })] },
    { cell: 'q: show away until 30m', signals: [claimed({ show: 'away', expiresAt: 1_800_000 })] },
    { cell: 'q: until -5s', signals: [claimed({ expiresAt: -5_000 })] },
    { cell: 'q: cap idle', signals: [claimed({ atMost: 'idle' })] },
    { cell: 'q: raise idle', signals: [claimed({ atLeast: 'idle' })] },
    { cell: 'q: raise idle cap active', signals: [claimed({ atLeast: 'idle', atMost: 'active' })] },
    { cell: 'q: show away sticky', signals: [claimed({ show: 'away', whileAtLeast: 'offline' })] },
    { cell: 'q: show away while stale', signals: [claimed({ show: 'away', whileAtLeast: 'stale' })] },
    { cell: 'q: show away on tab', signals: [claimed({ show: 'away', sessionId: 'tab' })] },
    { cell: 'q: show away on "a b"', signals: [claimed({ show: 'away', sessionId: 'a b' })] },
    { cell: 'q: show away priority -2', signals: [claimed({ show: 'away', priority: -2 })] },
    { cell: 'q: priority 0.5', signals: [claimed({ priority: 0.5 })] },
    { cell: 'q: priority 1e+21', signals: [claimed({ priority: 1e21 })] },
    { cell: 'q: detail "a game; with | bars" private', signals: [claimed({ detail: 'a game; with | bars', private: true })] },
    { cell: 'q: detail {"of": [1, {"]": "\\"}"}]} 5s', signals: [claimed({ detail: { of: [1, { ']': '"}' }] }, expiresAt: 15_000 })] },
    { cell: 'q: detail null', signals: [claimed({ detail: null })] },
    { cell: 'q: detail -1.5; q: off', signals: [claimed({ detail: -1.5 }), { type: 'unclaimed', userId: 'ada', at: 10_000, claimId: 'q' }] },
    { cell: 'q: show "dnd"', signals: [claimed({ show: 'dnd' })] },
    { cell: 'q: show away 5s @2s', signals: [claimed({ show: 'away', expiresAt: 7_000 }, 2_000)] },
    { cell: 'q: @2s show away 5s', signals: [claimed({ show: 'away', expiresAt: 7_000 }, 2_000)] },
    { cell: 'q:', signals: [claimed({})] },
    { cell: 'q:show away', signals: [claimed({ show: 'away' })] },
    { cell: 'clear: show away', signals: [claimed({ id: 'clear', show: 'away' })] },
    { cell: '"off:": off', signals: [{ type: 'unclaimed', userId: 'ada', at: 10_000, claimId: 'off:' }] },
    { cell: 'q: off', signals: [{ type: 'unclaimed', userId: 'ada', at: 10_000, claimId: 'q' }] },
    { cell: 'q: off @5s', signals: [{ type: 'unclaimed', userId: 'ada', at: 5_000, claimId: 'q' }] },
    { cell: 'clear', signals: [{ type: 'cleared', userId: 'ada', at: 10_000 }] },
    { cell: 'clear @5s', signals: [{ type: 'cleared', userId: 'ada', at: 5_000 }] },
    {
      cell: 'q: show away;clear ; q: off',
      signals: [claimed({ show: 'away' }), { type: 'cleared', userId: 'ada', at: 10_000 }, { type: 'unclaimed', userId: 'ada', at: 10_000, claimId: 'q' }],
    },
  ])('says $cell', ({ cell, signals }) => {
    expect(said('ada', cell)).toStrictEqual(signals);
  });

  it('is of a user called host where that stands in quotes', () => {
    expect(said('"host"', 'clear')).toStrictEqual([{ type: 'cleared', userId: 'host', at: 10_000 }]);
  });
});

describe('an instant', () => {
  it.each([
    { text: '0s', at: 0 }, { text: '0', at: 0 }, { text: '-0s', at: 0 }, { text: '15s', at: 15_000 }, { text: '1m30s', at: 90_000 }, { text: '500ms', at: 500 }, { text: '2h', at: 7_200_000 },
    { text: '1d', at: 86_400_000 }, { text: '1d2h3m4s5ms', at: 93_784_005 }, { text: '4m-1ms', at: 239_999 }, { text: '4m+1ms', at: 240_001 }, { text: '-1m30s', at: -90_000 },
    { text: '-1m+1ms', at: -59_999 }, { text: '1700000000000', at: 1_700_000_000_000 }, { text: '1m-30s+5', at: 30_005 },
  ])('$text is $at', ({ text, at }) => {
    expect(Object.is(story(defaultPolicy)`
      time  | ${text}
      > ada |
      = ada | offline
    `.timeline.from, at)).toBe(true);
  });

  it.each(['1.5s', 's', '15sec', '10s then', '4m - 1ms', 'now', '1e3', '15s-', '--1s', '+1s', '99999999d9999999999d', 'x  a comment'])('%s is none', (text) => {
    expect(thrownBy(() => story(defaultPolicy)`time | -1s | ${text}`)).toContain('TypeError: Expected `time` to be an instant such as 15s, 1m30s or 4m-1ms, received ');
  });
});

describe('a mistake in a story', () => {
  const told = (...lines: readonly string[]): string => thrownBy(() => story(defaultPolicy)`${lines.join('\n')}`);
  const inCell = (row: string, cell: string): string => {
    const others = row.startsWith('=') ? ['    > ada/tab | | '] : ['    > zed | | ', '    = zed | offline | '];
    return told('    time | 0s | 10s', `    ${row} | ${row === '= ada' ? 'offline' : ''} | ${cell}`, ...others);
  };

  it('is shown under its cell, with the field, what was expected and what came', () => {
    expect(inCell('> ada/tab ~10s', 'o:idel')).toBe([
      'TypeError: Expected `report` to be one of none, active, idle, background, received "idel", in `> ada/tab ~10s` at 10s:',
      '  > ada/tab ~10s |  | o:idel',
      '                        ▲',
    ].join('\n'));
    expect(told('\ttime |\t0s\t|   5m   |\t4m-1ms')).toBe([
      'TypeError: Expected `time` to be later than 5m, which stands before it, received "4m-1ms", in `time`:',
      '  time | 0s |   5m   | 4m-1ms',
      '                       ▲',
    ].join('\n'));
    expect(inCell('> "🙂"/tab', 'o:idel')).toMatch(/\n {2}> "🙂"\/tab \| {2}\| o:idel\n {19}▲$/);
  });

  it.each([
    // the table
    { case: 'nothing', lines: ['', '  '], says: 'Expected `story` to be a table that begins with `time`, received nothing.' },
    { case: 'no instants', lines: ['time'], says: 'Expected `time` to be followed by `|` and an instant, received nothing, in `time`:\n  time\n      ▲' },
    { case: 'no bar before the first instant', lines: ['time  0s | 1s'], says: 'Expected `time` to be followed by `|` and an instant, received "0s", in `time`:\n  time  0s | 1s\n        ▲' },
    { case: 'a row before the instants', lines: ['> ada | '], says: 'Expected `row` to be `time`, as a table begins with its instants, received "> ada", in the first cell:\n  > ada |\n  ▲' },
    { case: 'another row', lines: ['time | 0s', 'ada | +'], says: 'Expected `row` to be `time`, `> user/session`, `> user`, `> host`, `= user` or `= user/session`, received "ada", in the first cell:\n  ada | +\n  ▲' },
    { case: 'an instant twice', lines: ['time | 1s | 1000ms'], says: 'Expected `time` to be later than 1s, which stands before it, received "1000ms", in `time`:\n  time | 1s | 1000ms\n              ▲' },
    { case: 'too few cells', lines: ['time | 0s | 1s | 2s', '> ada/tab | + | '], says: 'Expected `cells` to be 3, one for each instant, received 2, in `> ada/tab`:\n  time | 0s | 1s | 2s\n  > ada/tab | + |\n                 ▲' },
    { case: 'too many cells', lines: ['time | 0s', '> ada/tab | + | '], says: 'Expected `cells` to be 1, one for each instant, received 2, in `> ada/tab`:\n  time | 0s\n  > ada/tab | + |\n                ▲' },
    { case: 'no cells', lines: ['time | 0s', '> ada/tab'], says: 'Expected `cells` to be 1, one for each instant, received 0, in `> ada/tab`:\n  time | 0s\n  > ada/tab\n           ▲' },
    { case: 'a row twice', lines: ['time | 0s', '> ada/tab | +', '> ada/tab ~5s | o'], says: 'Expected `row` to be named once in a table, received "> ada/tab ~5s", in `> ada/tab ~5s`:\n  > ada/tab ~5s | o\n  ▲' },
    { case: 'a row otherwise', lines: ['time | 0s', '> ada/tab ~6s | +', 'time | 1s', '> ada/tab ~5s | o'], says: 'Expected `row` to be `> ada/tab ~6s`, as above, received "> ada/tab ~5s", in `> ada/tab ~5s`:\n  > ada/tab ~5s | o\n  ▲' },
    { case: 'a cell twice', lines: ['time | 0s', '> ada |', '= ada | offline', 'time | 0s', '= ada | offline'], says: 'Expected `cell` to be said once of an instant, received "offline", in `= ada` at 0s:\n  = ada | offline\n          ▲' },
    { case: 'nothing of what holds at first', lines: ['time | 0s | 1s', '> ada | | ', '= ada |  | active'], says: 'Expected `cell` to be one of active, idle, away, stale, offline, received nothing, in `= ada` at the first instant:\n  = ada |  | active\n  ▲' },
  ])('is $case', ({ lines, says }) => {
    expect(told(...lines)).toBe(`TypeError: ${says}`);
  });

  const wish = 'told with `|` before every instant, and a comment that begins with a word';
  it.each([
    { time: '0s | 10s       30s', wish, found: '30s', column: 15 },
    { time: '0s | 10s 30s', wish, found: '30s', column: 9 },
    { time: '0s   10s | 30s', wish, found: '10s', column: 5 },
    { time: '0s | 1m  -30s', wish, found: '-30s', column: 9 },
    { time: '0s | 1m  +5', wish, found: '+5', column: 9 },
    { time: '0s | 1m  2 tabs', wish, found: '2', column: 9 },
    { time: '0s | 1m    idle | away', wish: 'told with its comment behind the last instant, and no `|` in that', found: 'idle', column: 11 },
  ])('is an instant without its bar, or a comment with one: $time', ({ time, wish, found, column }) => {
    expect(told(`  time | ${time}`)).toBe(`TypeError: Expected \`time\` to be ${wish}, received "${found}", in \`time\`:\n  time | ${time}\n${' '.repeat(9 + column)}▲`);
  });

  it('is no comment that begins with a word or another sign', () => {
    for (const comment of ['then 30s', '- then', 'é 5', '(2 tabs)']) {
      expect(String(story(defaultPolicy)`${`time  | 0s   ${comment}\n> ada |\n= ada | offline`}`).split('\n')[0]).toBe(`time  | 0s    ${comment}`);
    }
  });

  it.each([
    {
      case: 'one bar is left out',
      rows: ['    time      | 0s     | 10s | 20s    then', '    > "🙂"     | +      |       -left', '    = ada     | active |     |'],
      shown: ['time      | 0s     | 10s | 20s    then', '> "🙂"     | +      |       -left', '                         ▲'],
    },
    {
      case: 'the last bar is left out',
      rows: ['    time      | 0s     | 10s | 20s', '    > ada/tab | +      |'],
      shown: ['time      | 0s     | 10s | 20s', '> ada/tab | +      |', '                         ▲'],
    },
    {
      case: 'there is a bar too many',
      rows: ['  time      | 0s     | 10s | 20s', '  > ada/tab | +  |   |     | -left'],
      shown: ['time      | 0s     | 10s | 20s', '> ada/tab | +  |   |     | -left', '               ▲'],
    },
    {
      case: 'there is a bar too many at the end',
      rows: ['time      | 0s', '> ada/tab | +  | *'],
      shown: ['time      | 0s', '> ada/tab | +  | *', '               ▲'],
    },
    {
      case: 'lines begin at different places',
      rows: ['time | 0s | 10s', '    > ada | +'],
      shown: ['time | 0s | 10s', '    > ada | +', '             ▲'],
    },
  ])('is shown under the instants where $case', ({ rows, shown }) => {
    expect(told(...rows).split('\n').slice(1)).toEqual(shown.map((line) => `  ${line}`));
  });

  it.each([
    { head: '> ', says: 'Expected `user` to be an id, in quotes if it has other signs than letters, digits and _ . @ -, received nothing' },
    { head: '> ada/', says: 'Expected `session` to be an id' },
    { head: '> ada/tab:', says: 'Expected `row` to be a name, an id in quotes if it has other signs than letters, digits and _ . @ -, received ":"' },
    { head: '> ada lovelace', says: 'Expected `row` to be a name, and for a session `~10s` or `unnumbered`, received "lovelace"' },
    { head: '> ada/tab unnumberedly', says: 'Expected `row` to be a name, and for a session `~10s` or `unnumbered`, received "unnumberedly"' },
    { head: '> ada/tab ~', says: 'Expected `~` to be a length such as 15s, 1m30s or 500ms, received nothing' },
    { head: '> ada/tab ~0s', says: 'Expected `~` to be longer than 0s, received "~0s"' },
    { head: '> ada ~5s', says: 'Expected `row` to be a name and nothing else, received "~5s"' },
    { head: '= ada/tab ~5s', says: 'Expected `row` to be a name and nothing else, received "~5s"' },
    { head: '> host ~5s', says: 'Expected `row` to be a name and nothing else, received "~5s"' },
    { head: '> "ada', says: 'Expected `user` to be an id, in quotes if it has other signs than letters, digits and _ . @ -, received "\\"ada"' },
    { head: '> "a\\z"', says: 'Expected `name` to be JSON, received "\\"a\\\\z\\""' },
  ])('is the row $head', ({ head, says }) => {
    expect(told('time | 0s', `${head} |`)).toContain(`TypeError: ${says}`);
  });

  it.each([
    { cell: '?', says: 'Expected `cell` to be `+` connect, `o` beat, `*` activity, `-cause` end, or `x` crash, and an item has no spaces, received "?"' },
    { cell: '+ visible', says: 'or `x` crash, and an item has no spaces, received "visible", in `> ada/tab` at 10s:\n  > ada/tab |  | + visible\n                   ▲' },
    { cell: 'o :idle', says: 'or `x` crash, and an item has no spaces, received ":idle"' },
    { cell: '+ idle', says: 'Expected `cell` to be `+idle` or `o:idle` or `*:idle`, as an item begins with its sign and has no spaces, received "idle", in `> ada/tab` at 10s:\n  > ada/tab |  | + idle\n                   ▲' },
    { cell: 'left', says: 'Expected `cell` to be `-left`, as an item begins with its sign and has no spaces, received "left"' },
    { cell: 'off', says: 'Expected `cell` to be `o` with no more than `:` `~` `*` `#` `!` `@` behind it, received "ff"' },
    { cell: '++', says: 'Expected `cell` to be `+` with no more than `:` `~` `*` `#` `!` `@` behind it, received "+"' },
    { cell: '**5s', says: 'Expected `cell` to be `*` with no more than `:` `#` `!` `@` behind it, received "*5s"' },
    { cell: '-left~1h', says: 'Expected `cell` to be `-` with a cause and no more than `#` `@`, received "~1h"' },
    { cell: 'x#1', says: 'Expected `cell` to be `x` with no more than `@` behind it, received "#1"' },
    { cell: '+idle:idle', says: 'Expected `:` to be said once of a signal, received ":idle"' },
    { cell: 'o~1h~1h', says: 'Expected `~` to be said once of a signal, received "~1h"' },
    { cell: '+busy', says: 'Expected `report` to be one of none, active, idle, background, received "busy"' },
    { cell: '*:', says: 'Expected `report` to be one of none, active, idle, background, received nothing' },
    { cell: '-kicked', says: 'Expected `cause` to be one of dropped, closed, left, received "kicked"' },
    { cell: 'o~soon', says: 'Expected `quietForMs` to be a length such as 15s, 1m30s or 500ms, received "soon"' },
    { cell: 'o~-1s', says: 'Expected `quietForMs` to be a length such as 15s, 1m30s or 500ms, received "-1s"' },
    { cell: 'o*5', says: 'nothing was thrown' },
    { cell: 'o*', says: 'Expected `activeAt` to be an instant such as 15s, 1m30s or 4m-1ms, received nothing' },
    { cell: 'o@then', says: 'Expected `at` to be an instant such as 15s, 1m30s or 4m-1ms, received "then"' },
    { cell: 'o#one', says: 'Expected `epoch` to be the number of a connection, received "one"' },
    { cell: 'o#99999999999999999', says: 'Expected `epoch` to be a whole number, received 100000000000000000' },
    { cell: 'o!quiet', says: 'Expected `!` to be `!uncounted` or `!counted`, received "quiet"' },
  ])('is $cell of a session', ({ cell, says }) => {
    expect(inCell('> ada/tab', cell)).toContain(says);
  });

  it.each([
    { cell: '+', says: 'Expected `cell` to be a claim such as `q: show dnd 30m` or `q: off`, or `clear`, received "+"' },
    { cell: 'q', says: 'Expected `cell` to be a claim such as `q: show dnd 30m` or `q: off`, or `clear`, received "q"' },
    { cell: 'cleared', says: 'Expected `cell` to be a claim such as `q: show dnd 30m` or `q: off`, or `clear`, received "cleared"' },
    { cell: 'q: show', says: 'Expected `show` to be one of active, idle, away, stale, offline, received nothing' },
    { cell: 'q: cap dnd', says: 'Expected `atMost` to be one of active, idle, away, stale, offline, received "dnd"' },
    { cell: 'q: raise dnd', says: 'Expected `atLeast` to be one of active, idle, away, stale, offline, received "dnd"' },
    { cell: 'q: while dnd', says: 'Expected `whileAtLeast` to be one of active, idle, away, stale, offline, received "dnd"' },
    { cell: 'q: on', says: 'Expected `sessionId` to be an id' },
    { cell: 'q: until', says: 'Expected `expiresAt` to be an instant such as 15s, 1m30s or 4m-1ms, received nothing' },
    { cell: 'q: 5sec', says: 'Expected `expiresAt` to be a length such as 15s, 1m30s or 500ms, received "5sec"' },
    { cell: 'q: 5s until 5s', says: 'Expected `claim` to be told each of its words once, received "until"' },
    { cell: 'q: sticky while idle', says: 'Expected `claim` to be told each of its words once, received "while"' },
    { cell: 'q: show idle show idle', says: 'Expected `claim` to be told each of its words once, received "show"' },
    { cell: 'q: hide', says: 'Expected `claim` to be told by `show`, `cap`, `raise`, `30m`, `until`, `sticky`, `while`, `on`, `priority`, `detail`, `private`, or `off`, received "hide"' },
    { cell: 'q: show idle off', says: 'Expected `claim` to be told by `show`' },
    { cell: 'q: +', says: 'Expected `claim` to be told by `show`' },
    { cell: 'q: show idle p: show idle', says: 'Expected `claim` to be told by `show`, `cap`, `raise`, `30m`, `until`, `sticky`, `while`, `on`, `priority`, `detail`, `private`, or `off`, received "p:"' },
    { cell: 'q: off 5s', says: 'Expected `cell` to be `;` between one claim and the next, received "5s"' },
    { cell: 'clear q', says: 'Expected `cell` to be `;` between one claim and the next, received "q"' },
    { cell: 'q: off;', says: 'Expected `cell` to be a claim such as `q: show dnd 30m` or `q: off`, or `clear`, received nothing' },
    { cell: 'q: priority high', says: 'Expected `priority` to be a number, received "high"' },
    { cell: 'q: priority 1e999', says: 'Expected `claim.priority` to be a finite number, received Infinity' },
    { cell: 'q: detail', says: 'Expected `detail` to be JSON, received nothing' },
    { cell: 'q: detail {', says: 'Expected `detail` to be JSON, received "{"' },
    { cell: 'q: detail }', says: 'Expected `detail` to be JSON, received "}"' },
    { cell: 'q: detail yes', says: 'Expected `detail` to be JSON, received "yes"' },
    { cell: 'q: detail [1}', says: 'Expected `detail` to be JSON, received "[1}"' },
    { cell: 'q: show idle cap idle', says: 'Expected `claim.show` to be left out where `atMost` or `atLeast` is given, received "idle"' },
    { cell: 'q: @then', says: 'Expected `at` to be an instant such as 15s, 1m30s or 4m-1ms, received "then"' },
  ])('is $cell of claims', ({ cell, says }) => {
    expect(inCell('> ada', cell)).toContain(`TypeError: ${says}`);
  });

  it.each([
    { cell: 'back', says: 'Expected `cell` to be `gap`, received "back"' },
    { cell: 'gap gap', says: 'Expected `cell` to be `back`, received "gap"' },
    { cell: 'gaps', says: 'Expected `cell` to be `gap`, received "gaps"' },
    { cell: 'gap@soon', says: 'Expected `at` to be an instant such as 15s, 1m30s or 4m-1ms, received "soon"' },
    { cell: 'gap@5s?', says: 'Expected `cell` to be `gap` and `back` with space between, received "?"' },
    { cell: 'gap back@5s', says: 'Expected `cell` to be `back` later than `gap`, received "back@5s"' },
  ])('is $cell of the host', ({ cell, says }) => {
    expect(inCell('> host', cell)).toContain(`TypeError: ${says}`);
  });

  it.each([
    { row: '= ada', cell: 'actve', says: 'Expected `status` to be one of active, idle, away, stale, offline, received "actve"' },
    { row: '= ada', cell: '"on the phone"', says: 'Expected `status` to be one of active, idle, away, stale, offline, received "\\"on"' },
    { row: '= ada', cell: 'idle silence', says: 'Expected `cell` to be a status, and a reason in brackets behind it, received "silence"' },
    { row: '= ada', cell: 'idle (tab: silence', says: 'Expected `reason` to be one of silence, inactivity, untouched, never, active, idle, background, dropped, closed, left, received "silence"' },
    { row: '= ada', cell: 'idle (tab: left', says: 'Expected `reason` to be `)` and nothing else behind it, received nothing' },
    { row: '= ada', cell: 'idle (tab: silence) (claim q)', says: 'Expected `reason` to be `)` and nothing else behind it, received ")"' },
    { row: '= ada', cell: 'idle (silence)', says: 'Expected `reason` to be `claim id`, or `session: ` and what it says, received ")"' },
    { row: '= ada', cell: 'idle (tab: none)', says: 'Expected `reason` to be one of silence, ' },
    { row: '= ada', cell: 'idle (tab: "silence")', says: 'Expected `reason` to be one of silence, ' },
    { row: '= ada', cell: 'idle (claim )', says: 'Expected `reason` to be an id' },
    { row: '= ada', cell: 'idle ()', says: 'Expected `reason` to be an id' },
    { row: '= ada/tab', cell: 'idle (tab: silence)', says: 'Expected `reason` to be one of silence, ' },
    { row: '= ada/tab', cell: 'idle (claim q)', says: 'Expected `reason` to be one of silence, ' },
  ])('is $cell of $row', ({ row, cell, says }) => {
    expect(inCell(row, cell)).toContain(`TypeError: ${says}`);
  });

  it('is a rhythm that nobody keeps', () => {
    const told = (length: string): string => thrownBy(() => story(defaultPolicy)`
      time          | 0s | ${length}
      > ada/tab ~1ms | +  |
    `);
    expect(told('100001ms')).toBe([
      'TypeError: Expected `~` to be so long that nobody is heard more than 100000 times, received 1, in `> ada/tab ~1ms`:',
      '  > ada/tab ~1ms | +  |',
      '  ▲',
    ].join('\n'));
    expect(told('9000000000000000ms')).toContain('more than 100000 times');
  });

  it('is no template, or what no text can be', () => {
    const tell = story(defaultPolicy) as (...given: readonly unknown[]) => unknown;
    expect(thrownBy(() => tell())).toBe('TypeError: Expected `story` to be told in a template: story(policy)`…`, received nothing.');
    expect(thrownBy(() => tell('time | 0s'))).toBe('TypeError: Expected `story` to be told in a template: story(policy)`…`, received "time | 0s".');
    expect(thrownBy(() => story(defaultPolicy)`time | ${'0s'} | ${{ at: 5 }}`)).toBe('TypeError: Expected `${…} number 2` to be a text or a number, received an object.');
    expect(thrownBy(() => story(defaultPolicy)`time | ${Number.NaN}`)).toBe('TypeError: Expected `${…} number 1` to be a text or a number, received NaN.');
    expect(thrownBy(() => story(defaultPolicy)`time | ${undefined}`)).toBe('TypeError: Expected `${…} number 1` to be a text or a number, received nothing.');
    expect(thrownBy(() => story(undefined as never))).toBe('TypeError: Expected `policy` to be from `definePolicy`, or a JSON copy of one, received nothing.');
  });
});

describe('words of a policy', () => {
  const policy = definePolicy({
    statuses: ['free', 'on the phone', 'here', 'gone'],
    silence: { gone: 10_000 },
    reports: { none: 'here', silence: 'on the phone', 'in a call': 'on the phone' },
    departures: { dropped: { gone: 1_000 }, never: { gone: 0 } },
  });
  it('stand in quotes where a table could take them for something else', () => {
    story(policy)`
      time      | 0s                                  | 1s   | 2s                               | 3s
      > ada/tab | +"silence"                          | o:none | o:"in a call"                  | -never
      = ada     | "on the phone" (tab: "silence")     | here | "on the phone" (tab: "in a call") | gone (tab: "never")
      = ada/tab | "on the phone" ("silence")          | here | "on the phone" ("in a call")      | gone ("never")
    `;
    expect(thrownBy(() => story(policy)`
      time      | 0s
      > ada/tab | +silence
      = ada     | "on the phone" (tab: silence)
    `)).toContain('Story differs at 0s: expected ada to be "on the phone" (tab: silence), was "on the phone" (tab: "silence").');
  });

  it.each([
    { cell: '+ online', says: '`+online` or `o:online` or `*:online`, as' },
    { cell: '- over', says: '`+over` or `o:over` or `*:over` or `-over`, as' },
    { cell: '+ x', says: 'nothing was thrown' },
    { cell: '+ o', says: 'nothing was thrown' },
    { cell: '+x', says: 'nothing was thrown' },
    { cell: '+ -left', says: 'nothing was thrown' },
    { cell: '+ o-left', says: '`o` with no more than' },
  ])('are told from signs: $cell', ({ cell, says }) => {
    const signs = definePolicy({
      statuses: ['here', 'gone'],
      silence: { gone: 10_000 },
      reports: { none: 'here', online: 'here', over: 'here', x: 'here', o: 'here', '-left': 'here' },
      departures: { dropped: {}, left: {}, over: {} },
    });
    expect(thrownBy(() => story(signs)`
      time  | 0s
      > a/b | ${cell}
      = a   | here
    `)).toContain(says);
  });
});
