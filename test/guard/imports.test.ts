// The house: imports point down, there are no circles, and facts and policy never meet below the session.

import { posix } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { filesBelow, read } from '../support/files.js';

/**
 * The floors of the house, the ground first. A file imports from lower floors, or from its own without a circle.
 * A name with a slash at its end is a folder. A new file of `src` gets its place here.
 */
const floors: readonly (readonly string[])[] = [
  ['complaint', 'time', 'signal', 'plain', 'duration', 'ladder', 'shape', 'session-facts', 'check'],
  ['evidence', 'policy', 'table', 'define'],
  // The trust boundary names what it lets in, evidence, and whose words, a policy's; its checks stand on the ground.
  ['clocks', 'because', 'session', 'last-seen', 'parse', 'hold'],
  ['claims', 'shown', 'user'],
  ['settle', 'diff', 'explain', 'forget', 'format'],
  ['receive'],
  ['advance', 'tracker/'],
  ['index'],
  ['client/'],
  ['presets/'],
  ['testing/'],
  ['fast-check/'],
];

/** The facts know no policy, and the policy knows no facts: neither may reach the other, however far around. */
const strangers = ['policy', 'table', 'define'].map((policy) => ['evidence', policy] as const);

/** The floor with this entry, or -1. */
const floorOf = (file: string): number =>
  floors.findIndex((floor) => floor.some((name) => (name.endsWith('/') ? file.startsWith(name) : file === name)));

interface Import {
  readonly of: string;
  /** Where it leads within `src`, or the name of a package. */
  readonly to: string;
  readonly isRelative: boolean;
  readonly isTypeOnly: boolean;
}

const nameOf = (path: string): string => path.replace(/^src\//, '').replace(/\.ts$/, '');

const sources = filesBelow('src', '.ts').map(nameOf);

/** Type imports count too: who needs a type of the floor above stands on the wrong floor. */
const imports: readonly Import[] = sources.flatMap((of) => {
  const tree = ts.createSourceFile(of, read(`src/${of}.ts`), ts.ScriptTarget.ESNext, true);
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, isTypeOnly: boolean): void => {
    if (specifier === undefined || !ts.isStringLiteral(specifier)) return;
    const { text } = specifier;
    const isRelative = text.startsWith('.');
    found.push({ of, to: isRelative ? posix.join(posix.dirname(of), text.replace(/\.js$/, '')) : text, isRelative, isTypeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
});

const importsOf = (file: string): readonly string[] => imports.filter(({ of, isRelative }) => of === file && isRelative).map(({ to }) => to);

/** Everything that a file reaches, with the way to it. */
function reachedFrom(file: string): ReadonlyMap<string, readonly string[]> {
  const ways = new Map<string, readonly string[]>();
  const visit = (from: string, way: readonly string[]): void => {
    for (const to of importsOf(from)) {
      if (ways.has(to)) continue;
      ways.set(to, [...way, to]);
      visit(to, [...way, to]);
    }
  };
  visit(file, [file]);
  return ways;
}

const arrow = (way: readonly string[]): string => way.join(' → ');

describe('imports', () => {
  it('are read from every source', () => {
    expect(imports.length).toBeGreaterThan(sources.length);
    expect(imports.filter(({ to, isRelative }) => isRelative && !sources.includes(to))).toEqual([]);
  });

  it('are placed: every file has a floor, and every place of the house is built', () => {
    expect(sources.filter((file) => floorOf(file) < 0)).toEqual([]);
    const places = floors.flat();
    expect(places.filter((name) => !sources.some((file) => (name.endsWith('/') ? file.startsWith(name) : file === name)))).toEqual([]);
  });

  it('point down', () => {
    const upward = imports.filter(({ of, to, isRelative }) => isRelative && floorOf(of) >= 0 && floorOf(to) > floorOf(of));
    expect(upward.map(({ of, to }) => arrow([of, to]))).toEqual([]);
  });

  it('never run in a circle', () => {
    const circles = sources.flatMap((file) => {
      const way = reachedFrom(file).get(file);
      return way === undefined ? [] : [arrow(way)];
    });
    expect(circles).toEqual([]);
  });

  it.each(strangers)('never lead from %s to %s or back', (one, other) => {
    const ways = [reachedFrom(one).get(other), reachedFrom(other).get(one)].filter((way) => way !== undefined);
    expect(ways.map(arrow)).toEqual([]);
  });

  it('stay inside the package, but for the types of an optional peer at a door', () => {
    const { peerDependencies = {}, peerDependenciesMeta = {} } = JSON.parse(read('package.json')) as {
      peerDependencies?: Readonly<Record<string, string>>;
      peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
    };
    const isPeer = (name: string): boolean => name in peerDependencies && peerDependenciesMeta[name]?.optional === true;
    const outward = imports.filter(({ of, to, isRelative, isTypeOnly }) => !isRelative && !(of.includes('/') && isTypeOnly && isPeer(to)));
    expect(outward.map(({ of, to }) => arrow([of, to]))).toEqual([]);
  });
});

describe('package.json', () => {
  it('names no dependency that a user would have to install', () => {
    const manifest = JSON.parse(read('package.json')) as Readonly<Record<string, unknown>>;
    for (const field of ['dependencies', 'optionalDependencies', 'bundleDependencies', 'bundledDependencies']) {
      expect(manifest, field).not.toHaveProperty(field);
    }
  });
});
