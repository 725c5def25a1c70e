import { describe, expect, it } from 'vitest';
import { definitions, paintOf, patternOf, schemes, styleSheet } from '../../../src/testing/svg-style.js';
import { parseXml } from '../../support/xml.js';

/** The contrast of two colours, as WCAG 2 has it. */
function contrast(a: string, b: string): number {
  const luminance = (colour: string): number => {
    const [red, green, blue] = [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  };
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light! + 0.05) / (dark! + 0.05);
}

describe.each(Object.entries(schemes))('the colours of %s', (_, { paper, ink, muted, claim, statuses }) => {
  it('give every word a contrast of 4.5 to 1 or more on its ground', () => {
    const pairs = [[ink, paper], [muted, paper], [ink, claim], ...statuses.map(({ words, ground }) => [words, ground])] as [string, string][];
    expect(pairs.filter(([words, ground]) => contrast(words, ground) < 4.5)).toEqual([]);
  });

  it('are each their own', () => {
    expect(new Set(statuses.map(({ ground }) => ground)).size).toBe(statuses.length);
  });
});

describe('the contrast', () => {
  it('is that of WCAG', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  });
});

describe('the look of a rank', () => {
  it('differs in colour or pattern from that of every other, as far as there are any', () => {
    const looks = Array.from({ length: 30 }, (_, rank) => `${paintOf(rank)} ${String(patternOf(rank))}`);
    expect(new Set(looks).size).toBe(30);
  });

  it('differs in colour and pattern for the first six, of which the best is plain', () => {
    const first = [0, 1, 2, 3, 4, 5];
    expect(new Set(first.map(paintOf)).size).toBe(6);
    expect(first.map(patternOf)).toEqual([undefined, 1, 2, 3, 4, 5]);
  });
});

describe('definitions', () => {
  it('has a pattern for each rank that is not plain, for grace and for gaps, all named after the picture', () => {
    const { children } = parseXml(`<defs>${definitions('me', [0, 1, 6])}</defs>`);
    expect(children.filter((child) => typeof child !== 'string').map(({ attributes }) => attributes['id'])).toEqual(['me-r1', 'me-r6', 'me-grace', 'me-gap']);
  });
});

describe('styleSheet', () => {
  const selectors = (css: string): readonly string[] => css.replace(/@media[^{]*\{(.*)\}$/gm, '$1').split('}').flatMap((rule) => (rule.split('{')[0] ?? '').split(',')).map((one) => one.trim());

  it('touches nothing but the picture, and loads nothing', () => {
    const css = styleSheet('me', 'auto');
    expect(selectors(css).filter((one) => one !== '' && !one.startsWith('#me'))).toEqual([]);
    expect(css).not.toMatch(/url\(|@import|@font-face|</);
  });

  it('follows the reader’s system, or always has the same colours', () => {
    const { light, dark } = schemes;
    expect(styleSheet('me', 'auto')).toMatch(new RegExp(`--paper:${light.paper}[^]*@media \\(prefers-color-scheme:dark\\)\\{#me\\{--paper:${dark.paper}`));
    for (const theme of ['light', 'dark'] as const) {
      expect(styleSheet('me', theme)).toContain(`--paper:${schemes[theme].paper}`);
      expect(styleSheet('me', theme)).not.toContain('@media');
    }
  });
});
