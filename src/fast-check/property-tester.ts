// The property tester is an argument: there is one copy of fast-check, that of the team, and any version from 3.20 on will do.
// Rule: fast-check is never imported, but for types: those of the version that the team has. What is used of it is in all of them.

import type fastCheck from 'fast-check';
import { complaint } from '../complaint.js';
import { isRecord } from '../plain.js';

/** fast-check as you import it, of version 3.20 or later or 4: `import fc from 'fast-check'`. */
export interface FastCheck {
  /** Every copy has it. */
  readonly assert: (...args: never[]) => unknown;
  /** Every copy has it. */
  readonly property: (...args: never[]) => unknown;
}

/** The copy that was given, as the generators and laws use it. */
export type Fc = typeof fastCheck;

/** Checks that it is a property tester. */
export function testerOf(fc: FastCheck): Fc {
  const given: unknown = fc;
  const needed = ['array', 'check', 'oneof', 'property', 'record', 'uniqueArray'];
  if (!isRecord(given) || needed.some((name) => typeof given[name] !== 'function')) {
    throw new TypeError(complaint('fc', 'fast-check, 3.20 or later', given));
  }
  return given as unknown as Fc;
}
