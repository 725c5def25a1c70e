// What an editor shows when the reader points at a name: the language service's own quick info.

import ts from 'typescript';
import { absolute, read, top } from './files.js';
import { userOptions } from './typescript.js';

/**
 * The quick info at every mark of a file, in order. A mark is a comment under the line it speaks of, with its caret under the name:
 *
 *     const policy = definePolicy();
 *     //    ^?
 */
export function hoversOf(file: string): readonly string[] {
  const path = absolute(file);
  const service = ts.createLanguageService({
    getCompilationSettings: () => ({ ...userOptions(), noErrorTruncation: true }),
    getScriptFileNames: () => [path],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => {
      const text = ts.sys.readFile(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => top,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => ts.sys.fileExists(name),
    readFile: (name) => ts.sys.readFile(name),
    readDirectory: (...search) => ts.sys.readDirectory(...search),
    directoryExists: (name) => ts.sys.directoryExists(name),
    getDirectories: (name) => ts.sys.getDirectories(name),
  });
  const lines = read(file).split('\n');
  return lines.flatMap((line, i) => {
    const caret = /^\s*\/\/\s*\^\?/.test(line) ? line.indexOf('^') : -1;
    if (caret < 0) return [];
    const position = lines.slice(0, i - 1).join('\n').length + 1 + caret;
    const info = service.getQuickInfoAtPosition(path, position);
    if (info === undefined) throw new Error(`${file}:${i + 1}: the caret points at nothing.`);
    return [ts.displayPartsToString(info.displayParts)];
  });
}
