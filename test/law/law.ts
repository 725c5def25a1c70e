// What a law is: a title, and a property of any policy. The property tester is an argument, so that teams can run the laws
// against their own policy with their own copy of it.

import type { IProperty } from 'fast-check';
import type { Policy } from 'presence-model';
import type { FastCheck } from '../support/arbitraries.js';

export interface Law {
  /** The sentence that holds. */
  readonly title: string;
  readonly property: (fc: FastCheck, policy: Policy) => IProperty<unknown>;
}

/** Writes a law down. */
export function law(title: string, property: Law['property']): Law {
  return { title, property };
}
