// Cost against sessions, as a picture that needs nothing to be looked at: both axes logarithmic, a line for each row. It brings
// its own white ground, so that it reads the same on a dark page.

export interface Point { readonly sessions: number; readonly ns: number }
export interface Line { readonly name: string; readonly points: readonly Point[] }

const width = 860;
const height = 420;
const margin = { left: 64, right: 340, top: 24, bottom: 44 };
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00', '#555555', '#999999'];

export function chartOf(title: string, lines: readonly Line[]): string {
  const all = lines.flatMap(({ points }) => points);
  const x = scale(all.map(({ sessions }) => sessions), margin.left, width - margin.right);
  const y = scale(all.map(({ ns }) => ns), height - margin.bottom, margin.top);
  const labels = labelsApart(lines.map(({ points }) => y.of(points[points.length - 1]!.ns)));
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" rx="6" fill="#fff"/><text x="${margin.left}" y="16">${escaped(title)}</text>`,
    ...x.ticks.map((at) => `<path d="M${x.of(at)} ${margin.top}V${height - margin.bottom}" stroke="#ddd"/><text x="${x.of(at)}" y="${height - 26}" text-anchor="middle">${shortened(at)}</text>`),
    ...y.ticks.map((at) => `<path d="M${margin.left} ${y.of(at)}H${width - margin.right}" stroke="#ddd"/><text x="${margin.left - 6}" y="${y.of(at) + 4}" text-anchor="end">${shortened(at)}</text>`),
    `<text x="${(margin.left + width - margin.right) / 2}" y="${height - 8}" text-anchor="middle">sessions</text><text x="8" y="${margin.top - 8}">ns</text>`,
    ...lines.map(({ name, points }, i) => {
      const colour = colours[i % colours.length]!;
      const path = points.map(({ sessions, ns }, at) => `${at === 0 ? 'M' : 'L'}${x.of(sessions)} ${y.of(ns)}`).join('');
      const last = points[points.length - 1]!;
      return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2"${i < colours.length ? '' : ' stroke-dasharray="6 3"'}/><text x="${x.of(last.sessions) + 6}" y="${labels[i]! + 4}" fill="${colour}">${escaped(name)}</text>`;
    }),
    '</svg>',
  ];
  return `${parts.join('\n')}\n`;
}

/** Where the names stand: as near to where their lines end as 14 px for each allow. */
function labelsApart(ends: readonly number[]): readonly number[] {
  const places = [...ends];
  let above = Number.NEGATIVE_INFINITY;
  for (const i of ends.map((_, i) => i).sort((a, b) => ends[a]! - ends[b]!)) above = places[i] = Math.max(ends[i]!, above + 14);
  return places;
}

function scale(values: readonly number[], from: number, to: number): { readonly of: (value: number) => number; readonly ticks: readonly number[] } {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
  const of = (value: number): number => Math.round(from + ((Math.log10(value) - low) / (high - low)) * (to - from));
  return { of, ticks: Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i)) };
}

function shortened(value: number): string {
  return value >= 1e6 ? `${value / 1e6} M` : value >= 1e3 ? `${value / 1e3} k` : String(value);
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replaceAll('`', '');
}
