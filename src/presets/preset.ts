// What a preset is: a policy, and where it was read. Data only.
// Rule: a preset is never simply somebody's rule. It says what was read, which version, when, and what it leaves out.

import type { Policy } from '../policy.js';

/** A policy that says again what a known system did when its sources were read. Type parameters: statuses, reports, causes. */
export interface Preset<S extends string, R extends string, C extends string> {
  /** The system, by name. */
  readonly system: string;
  /** What was read, where. Facts and numbers only; nothing of it was copied. */
  readonly source: string;
  /** Which version of it: a commit, a release, or the revision of a document. */
  readonly version: string;
  /** When it was read: year and month. Numbers drift, so a later reading gets a name of its own. */
  readonly readOn: string;
  /** The table. Give it to a tracker, or start from it: `definePolicy({ ...preset.policy, … })`. */
  readonly policy: Policy<{
    /** The statuses, as a union. */
    readonly status: S;
    /** What clients may report, as a union. */
    readonly report: R;
    /** Why transports end, as a union. */
    readonly cause: C;
  }>;
  /** What proves it: the file of cases or tests in this project's repository that is run against it. */
  readonly provedBy: string;
  /** What a host says so that the table means what the system does. One sentence each. */
  readonly host: readonly string[];
  /** What was chosen here because nobody published it. One sentence each. */
  readonly chosen: readonly string[];
  /** What the system does and this preset deliberately does not, with the reason. One sentence each. */
  readonly notCopied: readonly string[];
}
