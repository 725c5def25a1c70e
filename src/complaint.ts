// How every error of this library speaks: the field, what was expected, what came.

/** One thing that is wrong with a value from outside. */
export interface Issue {
  /** Where in the value, such as `claim.expiresAt` or `sessions[2].seenAt`; empty for the value itself. */
  readonly path: string;
  /** What was expected there and what came, as one sentence. */
  readonly message: string;
}

/** "Expected `at` to be whole milliseconds, received 1.5." */
export function complaint(path: string, wish: string, value: unknown): string {
  return `Expected ${path === '' ? 'the value' : `\`${path}\``} to be ${wish}, received ${received(value)}.`;
}

/** A value in a few words: never long, never failing, whatever it is. */
export function received(value: unknown): string {
  switch (typeof value) {
    case 'undefined':
      return 'nothing';
    case 'string':
      return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
    case 'number':
    case 'boolean':
      return String(value);
    case 'bigint':
      return `the bigint ${String(value)}`;
    case 'object':
      return value === null ? 'null' : Array.isArray(value) ? 'a list' : 'an object';
    default:
      return `a ${typeof value}`;
  }
}
