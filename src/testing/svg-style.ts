// The colours and patterns of a picture, in light and in dark.
// Rule 1: nothing is told by colour alone: a status has its height, its pattern and its word too.
// Rule 2: words stand on their ground with a contrast of 4.5 to 1 or more; hues stay apart for colour-blind eyes.
// Rule 3: everything is named after the picture, so that many on one page do not disturb one another.

import { element } from './svg-text.js';

/** One status's ground and the words on it. */
interface Paint {
  readonly ground: string;
  readonly words: string;
}

/** The colours of one scheme. */
export interface Scheme {
  readonly paper: string;
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  readonly claim: string;
  /** Of the statuses above the bottom, best first; where there are more, they begin again with other patterns. */
  readonly statuses: readonly Paint[];
}

/** The colours, by scheme. */
export const schemes: { readonly light: Scheme; readonly dark: Scheme } = {
  light: {
    paper: '#ffffff', ink: '#1f2328', muted: '#59636e', grid: '#e1e6eb', claim: '#e8e3f8',
    statuses: [
      { ground: '#0b6b58', words: '#ffffff' },
      { ground: '#8fd0f0', words: '#0b2b3d' },
      { ground: '#f4c04e', words: '#3a2600' },
      { ground: '#dcbcd3', words: '#3d1f36' },
      { ground: '#b9bfee', words: '#1d2363' },
      { ground: '#d5d09a', words: '#363300' },
    ],
  },
  dark: {
    paper: '#0d1117', ink: '#f0f6fc', muted: '#9198a1', grid: '#2a313a', claim: '#2f2a4a',
    statuses: [
      { ground: '#3fc9a4', words: '#03241b' },
      { ground: '#1f6a96', words: '#ffffff' },
      { ground: '#85590a', words: '#ffffff' },
      { ground: '#74476a', words: '#ffffff' },
      { ground: '#4a55a2', words: '#ffffff' },
      { ground: '#5f5c33', words: '#ffffff' },
    ],
  },
};

/** Which colours a picture has: those of the reader's system, or always the same. */
export type Theme = 'auto' | 'light' | 'dark';

/** The class of a rank above the bottom. */
export function paintOf(rank: number): string {
  return `s${String(rank % schemes.light.statuses.length)}`;
}

/** Strokes across a square of 8 px, by rank: the best is plain. */
const strokes: readonly string[] = [
  '', 'M-2 2 2 -2M0 8 8 0M6 10 10 6', 'M2 2h.01M6 6h.01', 'M-2 6 2 10M0 0 8 8M6 -2 10 2', 'M2 0v8M6 0v8', 'M0 2h8M0 6h8',
];

/** What fills a rank besides its colour; absent: nothing. */
export function patternOf(rank: number): number | undefined {
  const pattern = (rank + Math.floor(rank / strokes.length)) % strokes.length;
  return pattern === 0 ? undefined : pattern;
}

/** The patterns of some ranks, of grace and of gaps. */
export function definitions(id: string, ranks: readonly number[]): string {
  const square = (name: string, size: number, shape: string): string =>
    element('pattern', { id: `${id}-${name}`, width: size, height: size, patternUnits: 'userSpaceOnUse' }, shape);
  const ofRanks = ranks.flatMap((rank) => {
    const pattern = patternOf(rank);
    return pattern === undefined ? [] : [square(`r${String(rank)}`, 8, element('path', { class: `weave ${paintOf(rank)}`, d: strokes[pattern] }))];
  });
  return [
    ...ofRanks,
    square('grace', 6, element('path', { class: 'hatch', d: 'M-1 5 1 7M0 0 6 6M5 -1 7 1' })),
    square('gap', 10, element('path', { class: 'slope', d: 'M-2 2 2 -2M0 10 10 0M8 12 12 8' })),
  ].join('\n');
}

function variables({ paper, ink, muted, grid, claim, statuses }: Scheme): string {
  const paints = statuses.map(({ ground, words }, i) => `--g${String(i)}:${ground};--w${String(i)}:${words}`);
  return [`--paper:${paper}`, `--ink:${ink}`, `--muted:${muted}`, `--grid:${grid}`, `--claim:${claim}`, ...paints].join(';');
}

/** The style sheet of one picture. It touches nothing else on the page. */
export function styleSheet(id: string, theme: Theme): string {
  const own = (selectors: string, rules: string): string => `${selectors.split(',').map((one) => `#${id} ${one}`).join(',')}{${rules}}`;
  const ground = `#${id}{${variables(theme === 'dark' ? schemes.dark : schemes.light)};max-width:100%;height:auto;font:12px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}`;
  const night = theme === 'auto' ? [`@media (prefers-color-scheme:dark){#${id}{${variables(schemes.dark)}}}`] : [];
  const paints = schemes.light.statuses.flatMap((_, i) => [
    own(`rect.s${String(i)}`, `fill:var(--g${String(i)})`),
    own(`path.s${String(i)}`, `stroke:var(--w${String(i)})`),
    own(`text.s${String(i)}`, `fill:var(--w${String(i)});stroke:var(--g${String(i)})`),
  ]);
  return [
    ground,
    ...night,
    own('text', 'fill:var(--ink);font-size:12px'),
    own('.paper', 'fill:var(--paper);stroke:var(--grid)'),
    own('.title', 'font-size:15px;font-weight:600'),
    own('.user', 'font-size:13px;font-weight:600'),
    own('text.muted', 'fill:var(--muted);stroke:var(--paper);font-size:11px'),
    own('.word,text.muted', 'font-size:11px;stroke-width:3.5px;paint-order:stroke;stroke-linejoin:round'),
    own('.strong', 'font-weight:600'),
    own('.grid', 'stroke:var(--grid);fill:none'),
    own('.base', 'stroke:var(--muted);fill:none'),
    own('.lost', 'stroke-dasharray:1 4'),
    ...paints,
    own('.weave', 'fill:none;stroke-width:1.2;stroke-opacity:.32;stroke-linecap:round'),
    own('.hatch', 'fill:none;stroke:var(--paper);stroke-width:2'),
    own('.grace', 'stroke:var(--ink);stroke-width:1.2;stroke-dasharray:4 3'),
    own('.thin', 'stroke:none'),
    own('.slope', 'fill:none;stroke:var(--muted);stroke-width:1.2;stroke-opacity:.6'),
    own('.gap', 'stroke:var(--muted);stroke-dasharray:2 3'),
    own('.small', 'font-size:11px'),
    own('.blank', 'stroke:var(--paper);stroke-width:3;fill:none'),
    own('.beats', 'fill:var(--muted)'),
    own('.late .line', 'stroke:var(--muted)'),
    own('.claim', 'fill:var(--claim);stroke:var(--ink)'),
    own('.dormant', 'fill:none;stroke:var(--muted);stroke-dasharray:3 3'),
    own('.mixed', 'fill:var(--muted);fill-opacity:.45'),
    own('.mark', 'fill:var(--ink);stroke:var(--paper);stroke-width:2;paint-order:stroke'),
    own('.line', 'fill:none;stroke:var(--ink);stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round'),
    own('.beat', 'fill:none;stroke:var(--muted);stroke-width:1.4'),
    own('.wait', 'fill:none;stroke:var(--muted);stroke-dasharray:3 3'),
    own('.clock', 'fill:var(--paper);stroke:var(--ink);stroke-width:1.2'),
    own('.rang', 'fill:var(--ink);stroke:var(--ink)'),
    own('.hand', 'fill:none;stroke:var(--ink);stroke-width:1.1'),
    own('.rang+.hand', 'stroke:var(--paper)'),
  ].join('\n');
}
