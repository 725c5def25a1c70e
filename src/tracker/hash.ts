// A number for an id, so that it is looked for in one place.
// Rule: every letter counts. Whoever knows how the number is made can make ids that share one: who relies on it must not
// become slow where they do.

const odd = 0x9e3779b1 | 0;

/** The same 32 bits for the same id. Cost: linear in its letters. */
export function hashOf(id: string): number {
  const { length } = id;
  let hash = length;
  for (let at = 0; at < length; at += 2) { // two letters in one step: a step waits for the one before
    const next = at + 1 < length ? id.charCodeAt(at + 1) : 0;
    hash = Math.imul(hash ^ (id.charCodeAt(at) | (next << 16)), odd) ^ (hash >>> 15);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}
