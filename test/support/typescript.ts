// TypeScript as a library, over files of the repository and files that exist only in the text of a document.

import ts from 'typescript';
import { absolute, top } from './files.js';

/** The settings of the tests, documents and benchmarks, less what a snippet may do: leave something unused. */
export function userOptions(): ts.CompilerOptions {
  const read: { config?: object; error?: ts.Diagnostic } = ts.readConfigFile(absolute('tsconfig.json'), (path) => ts.sys.readFile(path));
  if (read.error !== undefined) throw new Error(sentenceOf(read.error));
  const { options } = ts.parseJsonConfigFileContent({ ...read.config, include: [], files: ['src/index.ts'] }, ts.sys, top);
  return { ...options, noUnusedLocals: false, noUnusedParameters: false };
}

/** Type-checks files that exist only here, as if they stood at these paths of the repository. Cost: one program for all. */
export function problemsOf(texts: ReadonlyMap<string, string>): readonly string[] {
  const virtual = new Map([...texts].map(([path, text]) => [absolute(path), text]));
  const options = userOptions();
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (path) => virtual.has(path) || disk.fileExists(path),
    readFile: (path) => virtual.get(path) ?? disk.readFile(path),
    getSourceFile: (path, target) => {
      const text = virtual.get(path);
      return text === undefined ? disk.getSourceFile(path, target) : ts.createSourceFile(path, text, target);
    },
  };
  const program = ts.createProgram([...virtual.keys()], options, host);
  return [...virtual.keys()].flatMap((path) => {
    const source = program.getSourceFile(path);
    if (source === undefined) throw new Error(`${path} is not in the program.`);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(sentenceOf);
  });
}

/** A finding of the compiler, with its place. */
export function sentenceOf({ file, start, messageText, code }: ts.Diagnostic): string {
  const text = `TS${code}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
  if (file === undefined || start === undefined) return text;
  return `${file.fileName.slice(top.length)}:${file.getLineAndCharacterOfPosition(start).line + 1}: ${text}`;
}
