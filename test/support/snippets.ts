// Every piece of code that a document shows, found and made into a program that checks what it claims.
//
//   expression; // => value                      the expression is deeply equal to the value (a TypeScript expression)
//   const x = …; // => value                     x is
//   console.log(expression); // => value         what is printed is
//   expression; // => 'begins so …'              the text begins so
//   expression; // => { status: 'idle', … }      the object has these fields, among others
//   expression; // => value    prose             two spaces end the value
//   expression;
//   // => value                                  the arrow may stand on the next line

import ts from 'typescript';
import { filesBelow, read } from './files.js';

export interface Snippet {
  readonly file: string;
  /** The line of the file in which the code begins, from 1. */
  readonly line: number;
  readonly code: string;
  /** Code of a doc comment, which need not import what the package exports. */
  readonly isExample: boolean;
}

/** All that import the package, of README and docs, and every example of a doc comment. */
export function allSnippets(): readonly Snippet[] {
  const documents = ['README.md', ...filesBelow('docs', '.md').filter((path) => !path.startsWith('docs/api/'))];
  return [
    ...documents.flatMap((file) => fenced(file, read(file)).filter(({ code }) => /\bfrom\s+['"]presence-model/.test(code))),
    ...filesBelow('src', '.ts').flatMap((file) => examples(file, read(file))),
  ];
}

/** The blocks of a Markdown text that are fenced as `ts`. */
function fenced(file: string, text: string): readonly Snippet[] {
  const found: Snippet[] = [];
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const fence = /^(\s*)(`{3,})(ts|typescript)\b/.exec(lines[i]!);
    if (fence === null) continue;
    const [, indent, ticks] = fence;
    const end = lines.findIndex((line, at) => at > i && line.trim() === ticks);
    if (end < 0) throw new Error(`${file}:${i + 1}: the code block does not end.`);
    const code = lines.slice(i + 1, end).map((line) => (line.startsWith(indent!) ? line.slice(indent!.length) : line));
    found.push({ file, line: i + 2, code: code.join('\n'), isExample: false });
    i = end;
  }
  return found;
}

/** What stands after `@example` in doc comments: the fenced part, or, without a fence, all up to the next tag. */
function examples(file: string, text: string): readonly Snippet[] {
  const found: Snippet[] = [];
  for (const comment of text.matchAll(/\/\*\*[\s\S]*?\*\//g)) {
    const firstLine = text.slice(0, comment.index).split('\n').length;
    const lines = comment[0].replace(/\*\/$/, '').split('\n').map((line) => line.replace(/^\s*(\/\*)?\*( |$)/, ''));
    for (let i = 0; i < lines.length; i++) {
      if (!/^\s*@example\b/.test(lines[i]!)) continue;
      const next = lines.findIndex((line, at) => at > i && /^\s*@\w/.test(line));
      const body = lines.slice(i + 1, next < 0 ? undefined : next);
      const blocks = fenced(file, body.join('\n'));
      const line = firstLine + i + 1;
      if (blocks.length === 0) found.push({ file, line, code: body.join('\n'), isExample: true });
      else found.push(...blocks.map((block) => ({ ...block, line: line + block.line - 1, isExample: true })));
    }
  }
  return found;
}

/** The module that a snippet is, with every line at the number that it has in its document. `names` are the package's. */
export function moduleOf({ line, code, isExample }: Snippet, names: readonly string[]): string {
  const used = isExample ? names.filter((name) => new RegExp(`\\b${name}\\b`).test(code) && !/\bfrom\s+['"]presence-model/.test(code)) : [];
  const head = used.length === 0 ? '' : `import { ${used.join(', ')} } from 'presence-model';`;
  // The import shares the line before the code, which in a document is the fence.
  return `${'\n'.repeat(Math.max(line - 2, 0))}${head}\n${code}\n`;
}

export type Comparison = 'equal' | 'prefix' | 'subset';

interface Claim {
  /** The statement that the arrow speaks of. */
  readonly of: ts.Statement;
  readonly line: number;
  readonly value: string;
  readonly comparison: Comparison;
}

/**
 * The program of a module: CommonJS, with a call of `check(actual, expected, comparison, line)` for each arrow, and the
 * lines of the arrows. Throws where an arrow speaks of nothing or says no value, so that no claim goes unnoticed.
 */
export function programOf(path: string, text: string): { readonly script: string; readonly claims: readonly number[] } {
  const tree = ts.createSourceFile(`${path}.ts`, text, ts.ScriptTarget.ESNext, true);
  const claims = [...text.matchAll(/\/\/ =>(.*)$/gm)].map((arrow) => claimOf(arrow, tree, path));
  let checked = text;
  for (const { of, line, value, comparison } of [...claims].sort((a, b) => b.of.end - a.of.end)) {
    const rest = `, (${value}), '${comparison}', ${line});`;
    const check = `check(${subjectOf(of, path, line)}${rest}`;
    const before = ts.isExpressionStatement(of) ? of.getStart() : of.end;
    checked = `${checked.slice(0, before)} ${check}${checked.slice(of.end)}`;
  }
  const { outputText } = ts.transpileModule(checked, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
  });
  return { script: outputText, claims: claims.map(({ line }) => line) };
}

function claimOf(arrow: RegExpMatchArray, tree: ts.SourceFile, path: string): Claim {
  const at = arrow.index ?? 0;
  const line = tree.getLineAndCharacterOfPosition(at).line + 1;
  const of = statementBefore(at, tree);
  if (of === undefined) throw new Error(`${path}:${line}: the arrow stands after no statement.`);
  const said = /^(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|(?! {2}).)*/.exec((arrow[1] ?? '').trim())?.[0].trim() ?? '';
  const comparison = /^(['"]).*…\1$/.test(said) ? 'prefix' : said.includes('…') && !/^['"]/.test(said) ? 'subset' : 'equal';
  const value = comparison === 'prefix' ? said.replace(/\s*…(?=.$)/, '') : comparison === 'subset' ? said.replace(/,?\s*…\s*(?=[}\]])/g, '') : said;
  const { diagnostics = [] } = ts.transpileModule(`void (${value});`, { reportDiagnostics: true });
  if (value === '' || diagnostics.length > 0) throw new Error(`${path}:${line}: \`${said}\` is no value; quote texts, put two spaces before prose.`);
  return { of, line, value, comparison };
}

/** The innermost statement that ends before the arrow, with nothing but space between. */
function statementBefore(at: number, tree: ts.SourceFile): ts.Statement | undefined {
  let best: ts.Statement | undefined;
  const visit = (node: ts.Node): void => {
    const isCandidate = ts.isExpressionStatement(node) || ts.isVariableStatement(node);
    if (isCandidate && node.end <= at && tree.text.slice(node.end, at).trim() === '') best = node;
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return best;
}

function subjectOf(statement: ts.Statement, path: string, line: number): string {
  if (ts.isExpressionStatement(statement)) {
    const { expression } = statement;
    const isPrinting = ts.isCallExpression(expression) && expression.expression.getText() === 'console.log';
    return isPrinting ? `printed(${expression.arguments.map((argument) => argument.getText()).join(', ')})` : expression.getText();
  }
  const [declaration, ...more] = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [];
  if (declaration === undefined || more.length > 0 || !ts.isIdentifier(declaration.name)) {
    throw new Error(`${path}:${line}: the arrow must speak of one name or one expression.`);
  }
  return declaration.name.text;
}
