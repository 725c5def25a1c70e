// The model knows no clock, no timer, no chance and no host. The compiler and the linter say so of the sources; this says
// so of what is made from them: no such name is left in it, and it runs in an engine that has nothing but the language.

import { runInThisContext } from 'node:vm';
import { newQuickJSWASMModule } from 'quickjs-emscripten';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../support/bundle.js';
import { doors } from '../support/files.js';

/** Everything that the language itself brings and that gives the same answer everywhere. */
const language = new Set([
  'undefined', 'NaN', 'Infinity', 'Array', 'BigInt', 'Boolean', 'Error', 'JSON', 'Map', 'Math', 'Number', 'Object', 'RangeError', 'Reflect',
  'RegExp', 'Set', 'String', 'Symbol', 'SyntaxError', 'TypeError', 'WeakMap', 'WeakSet', 'parseInt', 'parseFloat', 'isNaN', 'isFinite',
  'Float64Array', 'Int32Array', 'Uint32Array', 'Uint16Array', 'Uint8Array', 'ArrayBuffer',
]);

/** Members whose answer depends on chance, the locale or the time zone. */
const fickle = new Set(['random', 'localeCompare', 'toLocaleString', 'toLocaleUpperCase', 'toLocaleLowerCase', 'toLocaleDateString', 'normalize']);

/** The names that a script takes from its surroundings, found by the compiler: those that it cannot resolve without any library. */
function takenFromOutside(script: string): readonly string[] {
  const file = 'bundle.js';
  const target = ts.ScriptTarget.ES2020;
  const options: ts.CompilerOptions = { allowJs: true, checkJs: true, noLib: true, noResolve: true, types: [], target };
  const tree = ts.createSourceFile(file, script, target, true);
  const program = ts.createProgram([file], options, {
    ...ts.createCompilerHost(options),
    getSourceFile: (name) => (name === file ? tree : undefined),
    fileExists: (name) => name === file,
    readFile: () => undefined,
  });
  const checker = program.getTypeChecker();
  // The compiler knows `globalThis` without any library, but nobody declares it.
  const isDeclared = (node: ts.Identifier): boolean => node.text !== 'globalThis' && checker.getSymbolAtLocation(node)?.declarations !== undefined;
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && isReference(node) && node.text !== 'arguments' && !isDeclared(node)) names.add(node.text);
    const member = memberOf(node);
    if (member !== undefined && fickle.has(member)) names.add(`.${member}`);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return [...names].sort();
}

/** The member that is taken here: `x.member`, `x['member']`, `const { member } = x`. */
function memberOf(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) return node.argumentExpression.text;
  if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) return (node.propertyName ?? node.name).getText();
  return undefined;
}

/** Is this identifier looked up in the scope (and not the name of a member, a label, or something being declared)? */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isMethodDeclaration(parent) || ts.isPropertyDeclaration(parent) || ts.isAccessor(parent)) return parent.name !== node;
  return !ts.isLabeledStatement(parent) && !ts.isBreakOrContinueStatement(parent) && !ts.isMetaProperty(parent);
}

const entry = [...doors().values()].map((file, door) => `export * as door${door} from './${file}';`).join('\n');
let script: string;

beforeAll(async () => {
  script = await bundle({ entry: `${entry}\nexport * from './src/index.js';`, format: 'iife', globalName: 'presence' });
});

interface Answers {
  readonly beforeAtAfter: readonly string[];
  readonly told: readonly { readonly type: string; readonly at: number; readonly from?: string; readonly to?: string }[];
}

/** A day of Ada's, said in the one language that both engines speak. */
const scenario = `
  (() => {
    const { advanceUser, defaultPolicy, deriveUser, explain, sessionStatus } = presence;
    const told = [];
    let row;
    const step = (now, signal) => {
      const result = advanceUser('ada', row, defaultPolicy, now, signal);
      row = result.row;
      told.push(...result.changes);
    };
    const of = (type, rest) => ({ type, userId: 'ada', sessionId: 'laptop', ...rest });
    step(0, of('connected'));
    step(9000, of('heartbeat'));
    step(10000, of('activity'));
    step(12000, { type: 'claimed', userId: 'ada', claim: { id: 'game', detail: { playing: 'chess' } } });
    step(30000, of('disconnected', { cause: 'dropped' }));
    step(400000);
    return JSON.stringify({
      beforeAtAfter: [14999, 15000, 240000].map((now) => sessionStatus({ seenAt: 0 }, defaultPolicy, now)),
      told,
      row,
      sentence: explain(deriveUser(row.evidence, defaultPolicy, 400000)),
    });
  })()
`;

describe('the bundle', () => {
  it('takes nothing from outside but the language', () => {
    const taken = takenFromOutside(script);
    expect(taken).toContain('Map');
    expect(taken.filter((name) => !language.has(name))).toEqual([]);
  });

  it('answers in an engine without a host as it does here', async () => {
    const quickjs = await newQuickJSWASMModule();
    const there = quickjs.evalCode(`typeof setTimeout + typeof console; ${script}; ${scenario}`) as string;
    const here = runInThisContext(`${script}; ${scenario}`) as string;
    expect(there).toBe(here);

    const { beforeAtAfter, told } = JSON.parse(there) as Answers;
    expect(beforeAtAfter).toEqual(['active', 'idle', 'offline']);
    expect(told.map(({ type, at, from, to }) => [type, at, from, to])).toEqual([
      ['user', 0, 'offline', 'active'],
      ['claim', 12_000, undefined, undefined],
      ['user', 25_000, 'active', 'idle'], // 15 s after the last sign of life
      ['user', 45_000, 'idle', 'stale'], // 15 s after the transport was lost
      ['claim', 250_000, undefined, undefined], // no claim of hers outlives her
      ['user', 250_000, 'stale', 'offline'], // 4 min after the last sign of life
    ]);
  });
});
