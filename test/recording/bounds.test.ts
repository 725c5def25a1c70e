// The measure itself: it sees what is wrong, and only that.
import { defaultPolicy, definePolicy } from 'presence-model';
import { describe, expect, it } from 'vitest';
import { boundsOf, defaultWishes, deviations, flickers } from './bounds.js';
import { observe } from './findings.js';
import { play, readRecording, stepsOf, type StoryName } from './replay.js';
import { readTruth, type Deed } from './truth.js';

const statuses = defaultPolicy.statuses;
const tolerance = { slackMs: 500, earlyMs: 250 };
const deeds: readonly Deed[] = [
  { at: 0, did: 'recording starts' },
  { at: 1_000, did: 'tab ada/1 opening', tab: 'ada/1' },
  { at: 2_000, did: 'tab ada/1 opened', tab: 'ada/1', browser: 'A', saw: 'visible' },
  { at: 3_000, did: 'tab ada/1 input begins', tab: 'ada/1' },
  { at: 20_000, did: 'tab ada/1 input ends', tab: 'ada/1' },
  { at: 40_000, did: 'tab ada/1 closed by the user', tab: 'ada/1' },
  { at: 60_000, did: 'server asked to stop (SIGTERM)' },
];

describe('readTruth', () => {
  it('says in what situation a page is, from when on', () => {
    const { pages, until } = readTruth(deeds);
    expect(until).toBe(60_000);
    expect(pages.map(({ name, userId }) => [name, userId])).toEqual([['ada/1', 'ada']]);
    expect(pages[0]?.stays.map(({ from, situation }) => [from, situation.is])).toEqual([
      [1_000, 'coming'],
      [2_000, 'in front'],
      [3_000, 'used'],
      [20_000, 'in front'],
      [40_000, 'gone'],
    ]);
  });

  it('refuses a deed that it does not know, and a look that contradicts it', () => {
    expect(() => readTruth([{ at: 0, did: 'tab ada/1 painted blue', tab: 'ada/1' }])).toThrow('Unknown deed');
    const hidden: readonly Deed[] = [
      ...deeds.slice(0, 3),
      { at: 2_500, did: 'browser A blank tab opened in front', browser: 'A' },
    ];
    const look = (saw: 'visible' | 'hidden'): Deed => ({
      at: 2_600,
      did: 'tab ada/1 looked at',
      tab: 'ada/1',
      saw,
    });
    expect(() => readTruth([...hidden, look('visible')])).toThrow('The driver saw ada/1 visible');
    expect(readTruth([...hidden, look('hidden')]).pages).toHaveLength(1);
  });
});

describe('deviations', () => {
  const bounds = boundsOf(readTruth(deeds), defaultPolicy).get('ada') ?? [];
  const of = (...steps: readonly (readonly [number, string])[]): readonly unknown[] =>
    deviations(
      'ada',
      bounds,
      steps.map(([at, status]) => ({ at, status })),
      statuses,
      tolerance,
    ).map(({ from, until, is, shown, wanted }) => [from, until, is, shown, wanted]);

  it('finds none where everybody is shown as they are', () => {
    expect(of([2_100, 'active'], [30_500, 'idle'], [45_000, 'offline'])).toEqual([]);
  });

  it.each([
    [
      'was there',
      [
        [2_100, 'active'],
        [10_000, 'idle'],
        [11_000, 'active'],
        [31_000, 'idle'],
        [45_000, 'offline'],
      ],
      [10_000, 11_000, 'too low', 'idle', 'active'],
    ],
    [
      'was not heard in time',
      [
        [4_000, 'active'],
        [31_000, 'idle'],
        [45_000, 'offline'],
      ],
      [2_500, 4_000, 'too low', 'offline', 'idle'],
    ],
    [
      'left',
      [
        [2_100, 'active'],
        [31_000, 'idle'],
        [47_000, 'offline'],
      ],
      [45_500, 47_000, 'too high', 'idle', 'offline'],
    ],
    [
      'did nothing',
      [
        [2_100, 'active'],
        [35_000, 'idle'],
        [45_000, 'offline'],
      ],
      [31_500, 35_000, 'too high', 'active', 'idle'],
    ],
  ] as const)('finds who %s and is shown otherwise', (_, steps, found) => {
    expect(of(...steps)[0]).toEqual(found);
  });
});

describe('flickers', () => {
  it('finds a fall that is taken back, and nothing else', () => {
    const steps = [
      { at: 0, status: 'active' },
      { at: 100, status: 'away' },
      { at: 110, status: 'idle' },
      { at: 120, status: 'away' },
      { at: 900, status: 'active' },
      { at: 950, status: 'offline' },
    ];
    expect(flickers(steps, statuses, 500)).toEqual([{ at: 100, forMs: 10, shown: 'away' }]);
    expect(flickers(steps, statuses, 10)).toEqual([]);
  });
});

describe('a recording under another policy than the one it is held against', () => {
  const shownUnder = (story: StoryName, policy: typeof defaultPolicy): readonly string[] => {
    const recording = readRecording(story);
    const steps = stepsOf(play(recording.heard, policy, recording.truth.until).changes);
    const observed = observe(story, recording, steps, defaultPolicy, defaultWishes);
    return observed.map(({ userId, is, shown }) => `${userId} ${is}: ${shown}`);
  };

  it('shows who is given up too early', () => {
    const hasty = definePolicy({ silence: { idle: 10_000, away: 20_000, stale: 25_000, offline: 30_000 } });
    expect(shownUnder('frozen-and-bfcache', hasty)).toContain('ada too low: offline');
    expect(
      shownUnder('two-tabs-and-a-phone', definePolicy({ silence: { idle: 1_000, offline: 240_000 } })),
    ).toContain('bob too low: idle');
  });

  it('shows who is held on to too long', () => {
    const { departures } = defaultPolicy;
    const clinging = definePolicy({ departures: { ...departures, closed: { offline: 9_000 } } });
    expect(shownUnder('two-tabs-and-a-phone', clinging)).toContain('ada too high: active');
  });
});
