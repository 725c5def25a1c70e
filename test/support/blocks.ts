// Parts of a document that a script writes: they stand between `<!-- name -->` and `<!-- /name -->`.

function markers(name: string): readonly [begin: string, end: string] {
  return [`<!-- ${name} -->`, `<!-- /${name} -->`];
}

function placeOf(text: string, name: string): readonly [from: number, until: number] {
  const [begin, end] = markers(name);
  const from = text.indexOf(begin);
  const until = text.indexOf(end, from);
  if (from < 0 || until < 0) throw new Error(`There is no ${begin} … ${end}.`);
  return [from + begin.length, until];
}

/** What stands in a block. */
export function blockOf(text: string, name: string): string {
  return text.slice(...placeOf(text, name)).trim();
}

/** The text with something else in a block. */
export function replaceBlock(text: string, name: string, content: string): string {
  const [from, until] = placeOf(text, name);
  return `${text.slice(0, from)}\n${content}\n${text.slice(until)}`;
}
