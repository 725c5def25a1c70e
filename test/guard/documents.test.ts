// The documents say what is so: their generated parts are fresh, their links lead somewhere, and the picture of the house is the house.

import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultPolicy } from 'presence-model';
import { blockOf } from '../support/blocks.js';
import { absolute, filesBelow, read } from '../support/files.js';
import { generated, thresholdPaths } from '../support/generated-docs.js';

const documents = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', ...filesBelow('docs', '.md').filter((path) => !path.startsWith('docs/api/'))];

describe('what is generated', () => {
  it.each(generated)('in %s, %s, is up to date (npm run docs:update)', (document, block, content) => {
    expect(blockOf(read(document), block)).toBe(content());
  });

  it('names every threshold of the default policy', () => {
    const { silence, inactivity, untouched, departures } = defaultPolicy;
    const rows = { silence, inactivity, untouched, ...Object.fromEntries(Object.entries(departures).map(([cause, row]) => [`departures.${cause}`, row])) };
    const cells = Object.entries(rows).flatMap(([row, ladder]) => Object.keys(ladder).map((status) => `${row}.${status}`));
    expect(thresholdPaths).toEqual([...cells, 'maxQuietMs', 'keepSessionMs', 'keepLastSeenMs']);
  });
});

/** The anchor that a heading gets: lower case, words joined by hyphens. */
const anchorOf = (heading: string): string => heading.toLowerCase().replace(/[^\p{L}\p{N} -]/gu, '').trim().replace(/ /g, '-');

describe.each(documents)('%s', (document) => {
  const text = read(document);
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!).filter((target) => !/^[a-z]+:/.test(target));

  it('has links that lead somewhere', () => {
    const broken = links.filter((link) => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? document : posix.join(posix.dirname(document), path);
      if (!existsSync(absolute(target))) return true;
      return anchor !== undefined && ![...read(target).matchAll(/^#+ (.*)$/gm)].some(([, heading]) => anchorOf(heading!) === anchor);
    });
    expect(broken).toEqual([]);
  });

  it('names no machine and no address of one', () => {
    expect([...text.matchAll(/\/(?:work|home|root|Users|tmp)\/\S*|localhost\S*|127\.0\.0\.1\S*/g)].map(([found]) => found)).toEqual([]);
  });
});

describe('the picture of the house in docs/model.md', () => {
  const floors = blockOf(read('docs/model.md'), 'house').split('\n').filter((line) => line.startsWith('  ')).map((line) =>
    line.trim().split(/ {2,}/)[0]!.split(' · '));
  const floorOf = new Map(floors.flatMap((files, i) => files.map((file) => [file, floors.length - i] as const)));
  const sources = filesBelow('src', '.ts').map((path) => path.slice('src/'.length));
  const nameOf = (path: string): string => (path.includes('/') ? `${path.split('/')[0]!}/` : path.replace(/\.ts$/, ''));

  it('shows every file once', () => {
    expect(floors.flat().sort()).toEqual([...new Set(sources.map(nameOf))].sort());
  });

  it('shows no import that leads up', () => {
    const upward = sources.flatMap((source) =>
      [...read(`src/${source}`).matchAll(/\bfrom '(\.[^']*)\.js'/g)]
        .map(([, path]) => posix.join(posix.dirname(source), `${path!}.ts`))
        .filter((target) => floorOf.get(nameOf(target))! > floorOf.get(nameOf(source))!)
        .map((target) => `${source} → ${target}`));
    expect(upward).toEqual([]);
  });
});
