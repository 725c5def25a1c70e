// What a law is: a sentence, and a property of any policy. How a team runs one, and what it reads when one is broken.
// Rule: a law takes what the library exports and the team's own policy and property tester, and nothing else.

import type { Arbitrary } from 'fast-check';
import { complaint } from '../complaint.js';
import { isRecord } from '../plain.js';
import type { Policy } from '../policy.js';
import type { Signal } from '../signal.js';
import type { Fc } from './property-tester.js';
import { toldOf } from './told.js';

/** How often to look, and where to begin. */
export interface CheckOptions {
  /** Which random values, a whole number. Default: fast-check's own choice. */
  readonly seed?: number | undefined;
  /** Which of them, as a failure's message says it. Default: all. */
  readonly path?: string | undefined;
  /** How many. Default: 100, or what your fast-check is configured to. */
  readonly numRuns?: number | undefined;
}

/** A law of the model, for one policy. */
export interface Law {
  /** The sentence that holds. */
  readonly title: string;
  /**
   * Looks for a counterexample.
   *
   * @param options - How often to look, and where to begin.
   * @throws Error when there is one: its message names the law, tells the smallest story that breaks it, and how to see it again.
   */
  check(options?: CheckOptions): void;
}

/** Signals by the name that a law gives them. */
export type Histories = Readonly<Record<string, readonly Signal[]>>;

/** Given what, and when what, then what. */
export interface Clauses<G extends object, H extends object = object> {
  /** What is random. */
  readonly given: (fc: Fc, policy: Policy) => Arbitrary<G>;
  /** When there is anything to say. Default: always. */
  readonly when?: (given: G, policy: Policy) => boolean;
  /** What was said, where lengths and words are given and not signals, so that it can be told. Default: nothing. */
  readonly said?: (given: G, policy: Policy) => H;
  /** What must be so; throws where it is not. */
  readonly then: (given: G & H, policy: Policy) => void;
}

/** A law, for any policy. */
export interface Draft extends Required<Clauses<object>> {
  /** The sentence. */
  readonly title: string;
}

/** Writes a law down. */
export function law<G extends object, H extends Histories = Histories>(title: string, clauses: Clauses<G, H>): Draft {
  return { title, when: () => true, said: () => ({}), ...clauses } as unknown as Draft;
}

/** The law for one policy. */
export function lawFor({ title, given, when, said, then }: Draft, fc: Fc, policy: Policy): Law {
  return {
    title,
    check(options: CheckOptions = {}): void {
      checkOptions(options);
      const chosen = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
      const whole = (parts: object): object => ({ ...parts, ...said(parts, policy) });
      const property = fc.property(given(fc, policy), (parts) => {
        if (when(parts, policy)) then(whole(parts), policy);
      });
      const run = fc.check(property, chosen);
      if (!run.failed) return;
      const { seed, counterexample, counterexamplePath, numRuns, numShrinks, errorInstance } = run;
      if (counterexample === null) throw new Error(`The law was not looked at as often as asked: ${title}\n${String(fc.defaultReportMessage(run))}`);
      const again = `check({ seed: ${String(seed)}, path: '${counterexamplePath}' })`;
      const message = [
        `Broken law: ${title}`,
        `Seen at run ${String(numRuns)}, made simpler ${String(numShrinks)} times. To see it again: ${again}`,
        '',
        toldOf(whole(counterexample[0]), policy),
        '',
        String(errorInstance).replace(/^Error: /, ''),
      ].join('\n');
      throw Object.assign(new Error(message), { cause: errorInstance });
    },
  };
}

function checkOptions(options: unknown): void {
  if (!isRecord(options)) throw new TypeError(complaint('options', '{ seed, path, numRuns }', options));
  const { seed, path, numRuns } = options;
  if (seed !== undefined && !Number.isSafeInteger(seed)) throw new TypeError(complaint('seed', 'a whole number', seed));
  if (path !== undefined && typeof path !== 'string') throw new TypeError(complaint('path', 'a text such as 3:0:1', path));
  if (numRuns !== undefined && (!Number.isSafeInteger(numRuns) || Number(numRuns) < 1)) throw new TypeError(complaint('numRuns', 'a whole number, 1 or more', numRuns));
}
