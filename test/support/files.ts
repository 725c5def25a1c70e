// Files of the repository, named by their paths from its top with `/` between, on every system.

import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The top of the repository. */
export const top = fileURLToPath(new URL('../../', import.meta.url));

/** The absolute path of a file of the repository. */
export const absolute = (path: string): string => join(top, path);

export const read = (path: string): string => readFileSync(absolute(path), 'utf8');

/** All files below a folder whose names end so, in order; what was installed there is not of the repository. */
export function filesBelow(folder: string, ending: string): readonly string[] {
  return readdirSync(absolute(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name).slice(top.length).split(sep).join('/'))
    .filter((path) => !path.includes('node_modules/'))
    .sort();
}

/** The package's doors: what a user writes → the file of `src` behind it. Derived from what package.json exports. */
export function doors(): ReadonlyMap<string, string> {
  const { name, exports } = JSON.parse(read('package.json')) as { name: string; exports: Readonly<Record<string, unknown>> };
  return new Map(
    Object.keys(exports)
      .filter((door) => door !== './package.json')
      .map((door) => (door === '.' ? [name, 'src/index.ts'] : [name + door.slice(1), `src${door.slice(1)}/index.ts`])),
  );
}
