// Who meets presence for the first time meets only the words of the first layer: they are few, and the others explain themselves later.

import { describe, expect, it } from 'vitest';
import { read } from '../support/files.js';

/** Words of the other layers, in every form. */
const later = /\b(epochs?|gaps?|merg(?:e|es|ed|ing)\w*|uncounted|whileReported|shownAs|untouched)\b/gi;

/** README as far as its table of names; all of the first guide. */
const readFirst: readonly (readonly [document: string, text: string])[] = [
  ['README.md', read('README.md').split(/^## API$/m)[0] ?? ''],
  ['docs/guide/first-steps.md', read('docs/guide/first-steps.md')],
];

describe('the words of the first layer', () => {
  it('are followed by the table of names', () => {
    expect(read('README.md')).toMatch(/^## API$/m);
  });

  it.each(readFirst)('are the only ones of %s', (_document, text) => {
    // Where a link leads is not read.
    const found = text.replace(/\]\([^)]*\)/g, ']').split('\n').flatMap((line, i) => [...line.matchAll(later)].map(([word]) => `line ${i + 1}: ${word}`));
    expect(found).toEqual([]);
  });
});
