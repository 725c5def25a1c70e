// The reader of the documents' code is a guard too: here it is shown arrows that it must understand, and some that it must refuse.

import { describe, expect, it } from 'vitest';
import { programOf } from '../support/snippets.js';

/** What a program would check: [actual, expected, comparison, line]. */
function checksOf(code: string): readonly unknown[] {
  const checks: unknown[] = [];
  const check = (...made: readonly unknown[]): unknown => checks.push(made);
  const printed = (...values: readonly unknown[]): string => values.join(' ');
  const { script } = programOf('page.md', code);
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- running code is what it is for
  new Function('exports', 'check', 'printed', script)({}, check, printed);
  return checks;
}

describe('an arrow', () => {
  it.each([
    ['of an expression', `1 + 1; // => 2`, [2, 2, 'equal', 1]],
    ['of a name', `const x = 'a'; // => 'a'`, ['a', 'a', 'equal', 1]],
    ['on the next line', `1 +\n  1;\n// => 2`, [2, 2, 'equal', 3]],
    ['before prose', `'a  b'; // => 'a  b'    two spaces end it`, ['a  b', 'a  b', 'equal', 1]],
    ['inside a function that is called', `const f = () => {\n  3; // => 3\n};\nf();`, [3, 3, 'equal', 2]],
    ['of what is printed', `console.log('a', 1); // => 'a 1'`, ['a 1', 'a 1', 'equal', 1]],
    ['of how a text begins', `'abc'; // => 'ab…'`, ['abc', 'ab', 'prefix', 1]],
    ['of some fields', `({ a: 1, b: 2 }); // => { a: 1, … }`, [{ a: 1, b: 2 }, { a: 1 }, 'subset', 1]],
    ['of nothing', `undefined; // => undefined`, [undefined, undefined, 'equal', 1]],
  ])('%s is checked', (_title, code, check) => {
    expect(checksOf(code)).toEqual([check]);
  });

  it.each([
    ['after no statement', `// => 1`, 'page.md:1: the arrow stands after no statement.'],
    ['inside an expression', `const x = [\n  1, // => 1\n];`, 'page.md:2: the arrow stands after no statement.'],
    ['without quotes', `f(); // => away because phone`, 'page.md:1: `away because phone` is no value'],
    ['without a value', `f(); // => `, 'page.md:1: `` is no value'],
    ['of two names', `const a = 1, b = 2; // => 1`, 'page.md:1: the arrow must speak of one name'],
  ])('%s is refused', (_title, code, message) => {
    expect(() => programOf('page.md', code)).toThrow(message);
  });
});
