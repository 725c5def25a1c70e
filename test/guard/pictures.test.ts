// The pictures of the documents are drawings of their scenarios, and the documents show every one of them.

import { describe, expect, it } from 'vitest';
import { scenarios } from '../../docs/examples/scenarios.js';
import { filesBelow, read } from '../support/files.js';
import { drawn, pathOf } from '../support/update-pictures.js';
import { elementsOf, parseXml } from '../support/xml.js';

const documents = ['README.md', ...filesBelow('docs', '.md').filter((path) => !path.startsWith('docs/api/')), ...filesBelow('src', '.ts')];

describe('the pictures', () => {
  it.each(scenarios.map((scenario) => [pathOf(scenario), scenario] as const))('%s is that of its scenario (npm run pictures)', (path, scenario) => {
    expect(read(path)).toBe(drawn(scenario));
  });

  it('are all drawn from a scenario', () => {
    expect(filesBelow('docs/pictures', '.svg')).toEqual(scenarios.map(pathOf).sort());
  });

  it('are all shown, each with words for those who do not see it', () => {
    const shown = documents.flatMap((document) => [...read(document).matchAll(/!\[([^\]]*)\]\([^)]*pictures\/([\w-]+)\.svg\)/g)].map(([, words, name]) => ({ words: words!, name: name! })));
    expect([...new Set(shown.map(({ name }) => name))].sort()).toEqual(scenarios.map(({ name }) => name).sort());
    expect(shown.filter(({ words }) => words.length < 40)).toEqual([]);
  });

  it('may all stand on one page: no id twice', () => {
    const ids = scenarios.flatMap((scenario) => elementsOf(parseXml(drawn(scenario).trim())).flatMap(({ attributes }) => attributes['id'] ?? []));
    expect(new Set(ids).size).toBe(ids.length);
  });
});
