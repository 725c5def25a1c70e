// The guide tells every law, in the order in which the door gives them, and every number of the model's list has its laws.

import fc from 'fast-check';
import { defaultPolicy } from 'presence-model';
import { laws } from 'presence-model/fast-check';
import { describe, expect, it } from 'vitest';
import { read } from '../support/files.js';

const guide = read('docs/guide/laws.md').split(/^## Every law/m)[1]!.split(/^## /m)[0]!;
const rows = guide.split('\n').filter((line) => /^\| (\d+|–) \|/.test(line)).map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));
const titles = laws(fc, defaultPolicy).map(({ title }) => title);

describe('the laws', () => {
  it('are told apart by their titles', () => {
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('are all told in the guide, each with what it means', () => {
    expect(rows.map(([, title]) => title)).toEqual(titles);
    expect(rows.filter((cells) => cells.length !== 3 || cells[2] === '')).toEqual([]);
  });

  it('are those of the model, every number', () => {
    const numbers = new Set(rows.map(([number]) => number));
    const listed = read('docs/model.md').split(/^## The laws/m)[1]!.split(/^## /m)[0]!;
    const modelled = [...listed.matchAll(/^(\d+)\. /gm)].map(([, number]) => number!);
    expect(modelled.length).toBe(17);
    expect(modelled.filter((number) => !numbers.has(number))).toEqual([]);
  });
});
