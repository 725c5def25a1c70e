import { describe, expect, it } from 'vitest';
import { defaultPolicy, definePolicy } from 'presence-model';
import type { Signal } from 'presence-model';
import { renderTimeline, story } from 'presence-model/testing';
import { thrownBy } from '../said.js';

const withDnd = definePolicy({ ...defaultPolicy, statuses: ['dnd', ...defaultPolicy.statuses] });
const brief = (signals: readonly Signal[]): readonly unknown[] => signals.map((signal) => [signal.at, signal.type, ...('epoch' in signal ? [signal.epoch] : [])]);

describe('story', () => {
  it('passes where all is as it says, and gives signals, timeline and the story itself', () => {
    const told = story(defaultPolicy)`

   time         | 0s     | 5s | 10s            a closed tab
        > ada/tab ~4s | +     | -closed |

      = ada        | active |  |   offline (tab: closed)
    `;
    expect(told.signals).toStrictEqual([
      { type: 'connected', userId: 'ada', sessionId: 'tab', epoch: 1, at: 0 },
      { type: 'heartbeat', userId: 'ada', sessionId: 'tab', epoch: 1, at: 4_000 },
      { type: 'disconnected', userId: 'ada', sessionId: 'tab', epoch: 1, at: 5_000, cause: 'closed' },
    ]);
    expect([told.timeline.from, told.timeline.until]).toEqual([0, 10_001]);
    expect(renderTimeline(told.timeline)).toBe([
      'time      | 0s     | 10s',
      '= ada     | active | offline (tab: closed)',
      '= ada/tab | active | offline (closed)',
    ].join('\n'));
    expect(String(told)).toBe([
      'time          | 0s     | 5s      | 10s    a closed tab',
      '> ada/tab ~4s | +      | -closed |',
      '= ada         | active |         | offline (tab: closed)',
    ].join('\n'));
  });

  it('passes a refresh, and the late end of the old socket', () => {
    story(defaultPolicy)`
      time              | 0s     | 10s     | 12s | 14s        | 1m            a refresh, and the late end of the old socket
      > ada/laptop ~10s | +      | -closed | +   | -dropped#1 |
      = ada             | active |         |     |            |
    `;
  });

  it('passes a claim with its end', () => {
    story(withDnd)`
      time              | 0s     | 5s             | 1m30s | 2m5s
      > ada/laptop ~10s | +      | *              |       |
      > ada             |        | q: show dnd 2m |       |
      = ada             | active | dnd (claim q)  |       | idle
    `;
  });

  it('asks for the whole step function: between columns, at them, and up to the last', () => {
    const told = (cells: string): string => thrownBy(() => story(defaultPolicy)`
      time      | 0s | 14s | 15s | 16s
      > ada/tab | +  |     |     |
      = ada     | ${cells}
    `).split('\n')[0]!;
    expect(told('active | | idle |')).toBe('nothing was thrown');
    expect(told('active | idle | |')).toBe('StoryError: Story differs at 14s: expected ada to be idle, was active.');
    expect(told('active | | |')).toBe('StoryError: Story differs at 15s: expected ada to be active, was idle.');
    expect(told('active | | | idle')).toBe('StoryError: Story differs at 15s: expected ada to be active, was idle.');
    expect(thrownBy(() => story(defaultPolicy)`
      time      | 0s     | 20s
      > ada/tab | +      |
      = ada     | active |
    `)).toContain('Story differs at 15s: expected ada to be active, was idle.');
    story(defaultPolicy)`
      time      | 0s     | 15s-1ms
      > ada/tab | +      |
      = ada     | active |
    `;
  });

  it('asks for statuses from the first column on, whatever was said before', () => {
    story(defaultPolicy)`
      time      | 10s    | 20s
      > ada/tab | +@-10s |
      = ada     | idle   |
      = ada/tab | idle   |
    `;
  });

  it('lets a status be said again', () => {
    story(defaultPolicy)`
      time      | 0s     | 5s     | 15s
      > ada/tab | +      |        |
      = ada     | active | active | idle
    `;
  });

  it('asks for a reason where one is given, and only there', () => {
    const told = (reason: string): string => thrownBy(() => story(withDnd)`
      time      | 0s     | 5s             | 7s
      > ada/tab | +      |                |
      > ada     |        | q: show dnd    | r: show dnd
      = ada     | active | dnd            | dnd ${reason}
    `).split('\n')[0]!;
    expect(told('')).toBe('nothing was thrown');
    expect(told('(claim r)')).toBe('nothing was thrown');
    expect(told('(claim "r")')).toBe('nothing was thrown');
    expect(told('(claim q)')).toBe('StoryError: Story differs at 7s: expected ada to be dnd (claim q), was dnd (claim r).');
    expect(told('(tab: silence)')).toBe('StoryError: Story differs at 7s: expected ada to be dnd (tab: silence), was dnd (claim r).');
  });

  it.each([
    { reason: 'silence', cell: '+', before: 'active', at: '15s', status: 'idle' },
    { reason: 'inactivity', cell: '+*-50s o@9s', before: 'active', at: '10s', status: 'idle' },
    { reason: 'dropped', cell: '+ -', before: 'active', at: '15s', status: 'stale' },
    { reason: 'closed', cell: '+ -closed', before: 'active', at: '5s', status: 'offline' },
    { reason: 'background', cell: '+background', before: 'away', at: '1s', status: 'away' },
    { reason: 'never', cell: '-left', before: 'offline', at: '1s', status: 'offline' },
  ])('asks for the reason $reason', ({ reason, cell, before, at, status }) => {
    const told = (said: string): string => thrownBy(() => story(defaultPolicy)`
      time      | -1s     | 0s        | ${at}
      > ada/tab |         | ${cell}   |
      = ada     | offline | ${before} | ${status} (tab: ${said})
      = ada/tab |         | ${before} | ${status} (${said})
    `).split('\n')[0]!;
    expect(told(reason)).toBe('nothing was thrown');
    expect(told('untouched')).toBe(`StoryError: Story differs at ${at}: expected ada to be ${status} (tab: untouched), was ${status} (tab: ${reason}).`);
  });

  it('tells a session from its first signal on', () => {
    const told = (cells: string): string => thrownBy(() => story(defaultPolicy)`
      time      | 0s      | 5s     | 9s
      > ada/tab |         | +      |
      = ada/tab | ${cells}
    `).split('\n')[0]!;
    expect(told('| active |')).toBe('nothing was thrown');
    expect(told('| | active')).toBe('StoryError: Story differs at 5s: expected ada/tab to be unheard of, was active.');
    expect(told('offline | active |')).toBe('StoryError: Story differs at 0s: expected ada/tab to be offline, was unheard of.');
    expect(told('| | |')).toContain('TypeError');
  });

  it('knows of somebody unheard of that nobody is there', () => {
    story(defaultPolicy)`
      time      | 0s      | 5s
      > ada/tab |         |
      = ada     | offline |
      = ada/tab |         |
    `;
    expect(thrownBy(() => story(defaultPolicy)`
      time  | 0s      | 5s
      > ada |         |
      = ada | offline | away
    `)).toContain('Story differs at 5s: expected ada to be away, was offline.');
  });

  it('shows users by their outward words, and sessions by their own', () => {
    story(definePolicy({ shownAs: { stale: 'away' } }))`
      time      | 0s     | 15s  | 1m   | 3m    | 4m
      > ada/tab | +      |      |      |       |
      = ada     | active | idle | away |       | offline
      = ada/tab | active | idle | away | stale | offline
    `;
  });

  it.each([
    { case: 'nothing at all', rows: [] },
    { case: 'signals', rows: ['> ada/tab | + |'] },
    { case: 'a gap', rows: ['> host | gap |'] },
  ])('is none where it expects nothing of $case', ({ rows }) => {
    expect(thrownBy(() => story(defaultPolicy)`${['time | 0s | 5s', ...rows].join('\n')}`))
      .toBe('TypeError: Expected `story` to be told with a row `= user` or `= user/session`, as it expects nothing without one, received nothing.');
  });

  const unsaid = (...rows: readonly string[]): string => thrownBy(() => story(defaultPolicy)`${['time | 0s', ...rows].join('\n')}`);
  it.each([
    { expected: '= bbo', wish: 'of somebody of whom the story says something, in a row `> bbo` or `> bbo/…`' },
    { expected: '= bob/phone', wish: 'of a session of which the story says something, in a row `> bob/phone`' },
    { expected: '= host', wish: 'of somebody of whom the story says something, in a row `> "host"` or `> "host"/…`' },
  ])('is none where it expects $expected of nobody', ({ expected, wish }) => {
    expect(unsaid('> host |', '> bob/tab |', '> bob |', '> ada/phone |', '= ada | offline', `${expected} | offline`))
      .toBe(`TypeError: Expected \`row\` to be ${wish}, received "${expected}", in \`${expected}\`:\n  ${expected} | offline\n  ▲`);
  });

  it('may expect of whom it says nothing but a blank, above or below', () => {
    expect(unsaid('= bob | offline', '> bob |')).toBe('nothing was thrown');
    expect(unsaid('= bob | offline', '= bob/tab | ', 'time | 5s', '> bob/tab |')).toBe('nothing was thrown');
    expect(unsaid('> "host" |', '= host | offline')).toBe('nothing was thrown');
  });

  it('takes text, numbers of milliseconds and words from outside, at any place', () => {
    const [ms, row, report] = [12_000, '> ada/tab', 'idle'];
    const { signals } = story(defaultPolicy)`
      time   | ${ms - 1} | ${ms} | ${1}m | 90s+${5}
      ${row} | +${report} | o~${ms} | o*${ms}-${1}ms | o
      = ada  | ${'idle'} | | |
    `;
    expect(signals.map(({ at }) => at)).toEqual([11_999, 12_000, 60_000, 90_005]);
    expect(signals).toMatchObject([{ report: 'idle' }, { quietForMs: 12_000 }, { activeAt: 11_999 }, {}]);
    story(defaultPolicy)`${'time | 0s\n> ada |\n= ada | offline'}`;
  });

  it('reads a backslash as it is written', () => {
    expect(story(defaultPolicy)`
      time                 | 0s
      > "x\u007cy|z"/"\"" | +
      = "x\u007cy|z"       | active
    `.signals).toMatchObject([{ userId: 'x|y|z', sessionId: '"' }]);
  });

  it('takes a JSON copy of a policy', () => {
    story(JSON.parse(JSON.stringify(defaultPolicy)) as typeof defaultPolicy)`
      time      | 0s     | 15s
      > ada/tab | +      |
      = ada     | active | idle
    `;
  });
});

describe('several tables', () => {
  it('are one story: what is said of one row is taken together', () => {
    const told = story(defaultPolicy)`
      time          | 0s     | 8s | 30s
      > ada/tab ~8s | +      |    | x
      = ada         | active |    |

      time      | 32s | 40s | 1m40s    then nothing
      > ada/tab |     | o   |
      = ada     |     |     | away (tab: silence)
      time          | 39s  | 40s
      > ada/tab ~8s |      | x
      = ada         | idle | active

      time  | 55s
      = ada | idle
    `;
    expect(brief(told.signals)).toEqual([[0, 'connected', 1], [8_000, 'heartbeat', 1], [16_000, 'heartbeat', 1], [24_000, 'heartbeat', 1], [40_000, 'heartbeat', 1]]);
    expect(String(told).split('\n\n').map((table) => table.split('\n')[0])).toEqual([
      'time          | 0s     | 8s | 30s', 'time      | 32s | 40s | 1m40s    then nothing', 'time          | 39s  | 40s', 'time  | 55s',
    ]);
    expect(told.timeline.until).toBe(100_001);
  });

  it('call an instant as it is called first', () => {
    expect(thrownBy(() => story(defaultPolicy)`
      time  | 4m-1ms | 4m
      > ada | clear  |

      time  | 3m59s999ms
      = ada | active
    `)).toContain('Story differs at 4m-1ms: ');
  });
});

describe('the connections of a row', () => {
  const told = (row: string): readonly unknown[] => brief(story(defaultPolicy)`
    time      | 0s      | 1s | 2s | 3s | 4s
    > ada/tab${row}
    > zed     |         |    |    |    |
    = zed     | offline |    |    |    |
  `.signals);
  it.each([
    { rule: 'are numbered by their connects', row: '| + | o | + | * | -', epochs: [1, 1, 2, 2, 2] },
    { rule: 'have a number before the first', row: '| o | + | | |', epochs: [0, 1] },
    { rule: 'may say their number', row: '| +#7 | o | + | -#7 | -left', epochs: [7, 7, 8, 7, 8] },
    { rule: 'may say any whole number', row: '| +#-3 | o#0 | + | |', epochs: [-3, 0, -2] },
    { rule: 'are numbered in the order of their instants', row: '| + | | o +@1s | -#1@1s |', epochs: [1, 2, 1, 2] },
    { rule: 'have no number where the row says so', row: ' unnumbered | + | o | +#5 | - |', epochs: [undefined, undefined, 5, undefined] },
  ])('$rule', ({ row, epochs }) => {
    expect(told(row).map((signal) => (signal as readonly unknown[])[2])).toEqual(epochs);
  });
});

describe('beats', () => {
  const instants = (...rows: readonly string[]): readonly number[] => {
    const { signals } = story(defaultPolicy)`
      time  | 0s      | 25s | 30s | 47s | 1m
      ${rows.join('\n')}
      > zed |         |     |     |     |
      = zed | offline |     |     |     |
    `;
    return signals.filter(({ type }) => type === 'heartbeat').map(({ at }) => at / 1_000);
  };
  it.each([
    { rule: 'follow a connect, up to and including the last column', row: '| + | | | |', at: [10, 20, 30, 40, 50, 60] },
    { rule: 'follow whatever is said last', row: '| + | * | | |', at: [10, 20, 35, 45, 55] },
    { rule: 'follow a beat that is written', row: '| | o | | |', at: [25, 35, 45, 55] },
    { rule: 'give way to what is written at their instant', row: '| + | | * | |', at: [10, 20, 40, 50, 60] },
    { rule: 'end with the connection', row: '| + | -left | | |', at: [10, 20] },
    { rule: 'begin again with the next', row: '| + | - | + | |', at: [10, 20, 40, 50, 60] },
    { rule: 'end with a crash', row: '| + | x | | |', at: [10, 20] },
    { rule: 'end with a crash at their own instant', row: '| + | | x | |', at: [10, 20] },
    { rule: 'begin again when somebody is heard', row: '| + | x | | o |', at: [10, 20, 47, 57] },
    { rule: 'rest after a promise of quiet, even when it is over', row: '| +~5s | | | |', at: [] },
    { rule: 'rest until somebody is heard', row: '| + | o~1h | | * |', at: [10, 20, 25, 57] },
    { rule: 'do not rest for a promise of nothing', row: '| +~0s | | | |', at: [10, 20, 30, 40, 50, 60] },
    { rule: 'do not heed the end of an old connection', row: '| + | + | -#1 | |', at: [10, 20, 35, 45, 55] },
    { rule: 'do not heed the end of an old connection at their own instant', row: '| + +#2 | | -#1 | |', at: [10, 20, 30, 40, 50, 60] },
    { rule: 'do not heed a late beat of an old connection', row: '| + | + | o#1 | |', at: [10, 20, 30, 35, 45, 55] },
    { rule: 'follow what is placed elsewhere from there', row: '| | | | +@27s |', at: [37, 47, 57] },
  ])('$rule', ({ row, at }) => {
    expect(instants(`> ada/tab ~10s ${row}`)).toEqual(at);
  });

  it('are not heard during a gap, and go on after it', () => {
    expect(instants('> ada/tab ~10s | + | | | |', '> host | | gap | | back@50s |')).toEqual([10, 20, 50, 60]);
    expect(instants('> ada/tab ~10s | + | | | |', '> host | | | gap | back |')).toEqual([10, 20, 50, 60]);
  });

  it('are of the connection that was opened last, or of none', () => {
    const of = (row: string): readonly unknown[] => brief(story(defaultPolicy)`
      time  | 0s     | 5s | 12s
      > ada/tab ~5s ${row}
      = ada | active |    |
    `.signals);
    expect(of('| + | + |')).toEqual([[0, 'connected', 1], [5_000, 'connected', 2], [10_000, 'heartbeat', 2]]);
    expect(of('unnumbered | + | + |')).toEqual([[0, 'connected'], [5_000, 'connected'], [10_000, 'heartbeat']]);
  });
});

describe('the host', () => {
  it('hears nothing in a gap, and nobody is absent for it', () => {
    story(defaultPolicy)`
      time          | 0s     | 10s | 40s  | 50s | 51s
      > ada/tab ~5s | +      |     |      | x   |
      > host        |        | gap | back |     |
      = ada         | active |     |      |     |
    `;
  });

  it.each([
    { cells: 'gap | | back | |', silentAt: '35s', case: 'from column to column' },
    { cells: '| gap@0s back@20s | | |', silentAt: '35s', case: 'at instants of their own' },
    { cells: 'gap back@12s gap@12s back@20s | | | |', silentAt: '35s', case: 'one after the other' },
    { cells: 'gap@-5s | | | back@1h |', silentAt: '', case: 'beyond the table' },
    { cells: '| gap | | |', silentAt: '', case: 'without an end' },
    { cells: 'gap | | back gap | | back', silentAt: '', case: 'that meet' },
    { cells: '| gap back | | |', silentAt: '15s', case: 'of no length' },
  ])('has gaps $case', ({ cells, silentAt }) => {
    const told = `
      time      | 0s     | 10s | 20s | 30s | 40s
      > ada/tab | +      |     |     |     |
      > host    | ${cells}
      ${silentAt === '' ? '' : `
      time      | 0s     | ${silentAt}
      = ada     | active | idle`}
      ${silentAt === '' ? 'time | 0s \n = ada | active' : ''}
    `;
    expect(story(defaultPolicy)`${told}`.timeline.users).toHaveLength(1);
  });
});
