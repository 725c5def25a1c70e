// The field's own cases, as they stand in cases/: what is said, and what is expected, in neutral words. See README.md beside this file.

import { filesBelow, read } from '../support/files.js';

/** Something that happened, in the words of the files. Which fields there are depends on `kind`. */
export interface VectorEvent {
  readonly t_ms: number;
  readonly kind: string;
  readonly user?: string | null;
  readonly session?: string;
  readonly node?: string;
  readonly reported?: string;
  readonly state?: string;
  readonly counts_as_activity?: boolean;
  readonly implicit?: boolean;
  readonly expires_at_ms?: number;
  readonly source?: string;
  readonly origin?: string;
  readonly id?: string;
  readonly message?: string;
  readonly field?: string;
  readonly value?: unknown;
  readonly owner?: string;
  readonly stash?: string;
  readonly channel?: string;
  readonly window_active?: boolean;
  readonly resumes?: string;
  readonly last_activity_ms?: number;
  readonly event_ts_ms?: number;
  readonly last_active?: number;
  readonly live?: readonly string[];
  readonly joins?: Metas;
  readonly leaves?: Metas;
  readonly data?: { readonly status?: string };
  readonly clock?: number;
  readonly until?: number;
  readonly visible?: boolean;
  readonly every_ms?: number;
  readonly repeat_until_ms?: number;
}

/** User → the references of their sessions, in a replicated view. */
export type Metas = Readonly<Record<string, readonly string[]>>;

/** What is expected of a subject at an instant: one field or more. */
export interface Expectation {
  readonly t_ms: number;
  readonly subject: string;
  readonly [field: string]: unknown;
}

/** One case. */
export interface VectorCase {
  readonly name: string;
  readonly source: string;
  /** The numbers of the rule, by their names in the files. */
  readonly policy: Readonly<Record<string, unknown>>;
  readonly policy_notes: string;
  readonly events: readonly VectorEvent[];
  readonly expect: readonly Expectation[];
}

/** `browser.json` has a vocabulary of its own; here it becomes the common one. */
interface BrowserCase {
  readonly name: string;
  readonly source: string;
  readonly policy_notes: string;
  readonly events: readonly { readonly at: number; readonly type: string }[];
  readonly expect: readonly { readonly at?: number; readonly target: string; readonly [field: string]: unknown }[];
}

/** Every file of cases, by name without its ending. */
export const caseFiles: readonly string[] = filesBelow('test/vector/cases', '.json').map((path) => path.slice('test/vector/cases/'.length, -'.json'.length));

/** The cases of a file. Read as text, so that a key such as `__proto__` stays a key. */
export function casesOf(file: string): readonly VectorCase[] {
  const cases = JSON.parse(read(`test/vector/cases/${file}.json`)) as readonly (VectorCase | BrowserCase)[];
  return cases.map((vector) => ('policy' in vector ? vector : inCommonWords(vector)));
}

function inCommonWords({ name, source, policy_notes, events, expect }: BrowserCase): VectorCase {
  const last = Math.max(...events.map(({ at }) => at), 0);
  return {
    name,
    source,
    policy_notes,
    policy: {},
    events: events.map(({ at, type, ...rest }) => ({ ...rest, t_ms: at, kind: type })),
    expect: expect.map(({ at = last, target, ...rest }) => ({ ...rest, t_ms: at, subject: target })),
  };
}
