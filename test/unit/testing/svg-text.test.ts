import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digest, element, escaped, fitting, fixed, named, widthOf } from '../../../src/testing/svg-text.js';
import { parseXml, wordsOf } from '../../support/xml.js';

describe('fixed', () => {
  it.each([[1, '1'], [1.005, '1'], [1.006, '1.01'], [-0.001, '0'], [1 / 3, '0.33'], [1e6, '1000000']])('writes %d as %s', (value, text) => {
    expect(fixed(value)).toBe(text);
  });
});

describe('escaped', () => {
  it.each([
    ['<script>alert("&")</script>', '&lt;script&gt;alert(&quot;&amp;&quot;)&lt;/script&gt;'],
    ["]]> and '", ']]&gt; and &#39;'],
    ['\u0000\u0008\u000b\u001f\ufffe\uffff', '\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd'],
    ['\ud800 \udfff', '\ufffd \ufffd'],
    ['\t\n 👋 é', '\t\n 👋 é'],
  ])('makes %j harmless', (text, harmless) => {
    expect(escaped(text)).toBe(harmless);
  });

  it('is read back as it was, but for what XML forbids', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      const xml = parseXml(`<a b="${escaped(text)}">${escaped(text)}</a>`);
      const legal = Array.from(text).map((sign) => (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(sign) ? '\ufffd' : sign)).join('');
      expect([xml.attributes['b'], wordsOf(xml)]).toEqual([legal, legal]);
    }));
  });
});

describe('named', () => {
  it.each([
    ['ada', 'ada'], ['tab-1', 'tab-1'], ['bob@home.example', 'bob@home.example'], ['Ada Lovelace', 'Ada Lovelace'], ['张伟', '张伟'],
    ['', '""'], [' ada', '" ada"'], ['a  b', '"a  b"'], ['a|b', '"a|b"'], ['say "hi"', '"say \\"hi\\""'],
    ['\u0000', '"\\u0000"'], ['\u009f', '"\\u009f"'], ['\u202egnp', '"\\u202egnp"'], ['\ud800', '"\\ud800"'], ['\u2028', '"\\u2028"'],
    ['\u{e0001}', '"\\udb40\\udc01"'],
  ])('calls %j %s', (id, name) => {
    expect(named(id)).toBe(name);
  });

  it('tells different ids apart', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      expect(named(a) === named(b)).toBe(a === b);
    }));
  });
});

describe('widthOf', () => {
  it('takes narrow, usual, wide and ideographic letters for what they are, and grows with the size', () => {
    expect(widthOf('l', 10)).toBeLessThan(widthOf('a', 10));
    expect(widthOf('a', 10)).toBeLessThan(widthOf('m', 10));
    expect(widthOf('m', 10)).toBeLessThan(widthOf('张', 10));
    expect(widthOf('👋', 10)).toBe(13);
    expect(widthOf('ada', 20)).toBe(2 * widthOf('ada', 10));
    expect(widthOf('', 10)).toBe(0);
  });
});

describe('fitting', () => {
  it.each([
    ['ada', 100, 'ada'],
    ['a', 6.1, 'a'],
    ['a', 6, '…'],
    ['abcdef', 30, 'abc…'],
    ['👋👋👋', 32.1, '👋👋…'],
    ['👋👋👋', 1, '…'],
  ])('cuts %s to %d px as %s', (text, width, cut) => {
    expect(fitting(text, width, 10)).toBe(cut);
  });
});

describe('digest', () => {
  it('is eight characters that differ where texts do', () => {
    expect(digest('')).toBe('811c9dc5');
    expect(digest('a')).toBe('e40c292c');
    expect(digest('b')).toBe('e70c2de5');
    expect(digest('costarring'.slice(0, 3))).toMatch(/^[0-9a-f]{8}$/);
  });
});

describe('element', () => {
  it('writes attributes that are there, numbers short, texts escaped, and markup inside as it is', () => {
    expect(element('a', { b: 1.23456, c: '<', d: undefined })).toBe('<a b="1.23" c="&lt;"/>');
    expect(element('a', {}, '<b/>')).toBe('<a><b/></a>');
    expect(element('a', {}, '')).toBe('<a></a>');
  });
});
