// The table: which status is the best still possible, once a clock has run for so long. It knows no facts.
// A policy is plain data, JSON; what makes a table a policy is in define.ts, how it is read quickly in table.ts.

import type { Ladder } from './ladder.js';
import type { Names } from './signal.js';
import type { DurationMs } from './time.js';

/** The words of `defaultPolicy`. */
export interface DefaultNames extends Names {
  /** Best first; `offline` is the bottom. */
  readonly status: 'active' | 'idle' | 'away' | 'stale' | 'offline';
  /** What clients may say of themselves. */
  readonly report: 'none' | 'active' | 'idle' | 'background';
  /** Why transports end: lost and maybe back, closed (perhaps a refresh), signed out. */
  readonly cause: 'dropped' | 'closed' | 'left';
}

/** The rows that a standing report may replace. */
export interface Rows<S extends string, C extends string> {
  /** When nothing was heard for so long. */
  readonly silence?: Ladder<S>;
  /** When the human did nothing for so long. */
  readonly inactivity?: Ladder<S>;
  /** When the session is so old and no interaction was ever reported. */
  readonly untouched?: Ladder<S>;
  /** When the transport ended so long ago, cause by cause; a cause left out keeps its row. */
  readonly departures?: {
    /** When a transport ended by this cause so long ago. */
    readonly [K in C]?: Ladder<S>;
  };
}

/** The rows that may be left out. */
export interface OtherRows<S extends string, R extends string, C extends string> {
  /** When the human did nothing for so long. Default: idle 1 min, away 5 min; empty with statuses of one's own. */
  readonly inactivity?: Ladder<S>;
  /** When the session is so old and no interaction was ever reported. Default: empty. */
  readonly untouched?: Ladder<S>;
  /** Rows that stand instead while a report does. Default: none. */
  readonly whileReported?: {
    /** The rows that stand instead while this word is reported. */
    readonly [K in Only<R>]?: Rows<S, Only<C>>;
  };
  /** The outward word of a status. It keeps the order and leaves the bottom's word alone. Default: every status shows itself. */
  readonly shownAs?: {
    /** The word shown for this status. */
    readonly [K in S]?: S;
  };
  /** The longest promise of quiet that counts, in ms, 0 and up. Default: one hour, as a browser may freeze a page for longer than any user waits. */
  readonly maxQuietMs?: DurationMs;
  /**
   * How long a session that is gone is remembered, so that its return wakes nobody, and how late a signal may come, in
   * ms, above 0. Default: 15 minutes, past every mobile reconnect and cheap enough to hold.
   */
  readonly keepSessionMs?: DurationMs;
  /** How long somebody's last seen is known, in ms, 0 and up. Default: seven days, as long as "last seen on Monday" means something. */
  readonly keepLastSeenMs?: DurationMs;
}

/** The best status that each report allows. `none` is what counts without a report. */
export type Reports<S extends string, R extends string> = {
  /** The best status while this is reported. */
  readonly [K in R]: S;
} & {
  /** The best status without a report. */
  readonly none: S;
};

/** The row of each cause; `dropped` is read for causes that the policy does not know. */
export type Departures<S extends string, C extends string> = {
  /** When a transport ended by this cause so long ago. */
  readonly [K in C]: Ladder<S>;
} & {
  /** When the transport was lost so long ago: the grace window. */
  readonly dropped: Ladder<S>;
};

/** Keeps a position out of inference (`NoInfer` for TypeScript before 5.4). */
export type Only<T> = [T][T extends unknown ? 0 : never];

/** The default's statuses, with some rows replaced. Each table given replaces the default's as a whole. */
export interface PolicyChanges<
  R extends string = DefaultNames['report'],
  C extends string = DefaultNames['cause'],
> extends OtherRows<DefaultNames['status'], R, C> {
  /** Left out: the default's. */
  readonly statuses?: undefined;
  /** When nothing was heard for so long. Cells above 0. Default: idle 15 s, away 1 min, stale 3 min, offline 4 min. */
  readonly silence?: Ladder<DefaultNames['status']>;
  /** The best status that each report allows. Default: none and active → active, idle → idle, background → away. */
  readonly reports?: Reports<DefaultNames['status'], R>;
  /** Grace by cause. Default: dropped → stale after 15 s, closed → offline after 5 s, left → offline at once. */
  readonly departures?: Departures<DefaultNames['status'], C>;
}

/** Statuses of one's own: silence, reports and departures must be written; every other row left out is empty. */
export interface PolicyInput<
  S extends readonly string[] = readonly string[],
  R extends string = string,
  C extends string = string,
> extends OtherRows<S[number], R, C> {
  /** Best first, the last is the bottom ("nobody there"); at least two, none twice. */
  readonly statuses: S;
  /** When nothing was heard for so long. Cells above 0. `{}`: the transport's end is the only end. */
  readonly silence: Ladder<S[number]>;
  /** The best status that each report allows. */
  readonly reports: Reports<S[number], R>;
  /** Grace by cause. */
  readonly departures: Departures<S[number], C>;
}

/** A checked and frozen policy, all defaults written out. It is JSON, and a valid input of `definePolicy`. */
export interface Policy<N extends Names = Names> {
  /** Best first; the last is the bottom. */
  readonly statuses: readonly N['status'][];
  /** When nothing was heard for so long. */
  readonly silence: Ladder<N['status']>;
  /** When the human did nothing for so long. */
  readonly inactivity: Ladder<N['status']>;
  /** When the session is so old and no interaction was ever reported. */
  readonly untouched: Ladder<N['status']>;
  /** The best status that each report allows. */
  readonly reports: {
    /** The best status while this is reported. */
    readonly [K in N['report']]: N['status'];
  };
  /** Grace by cause. */
  readonly departures: {
    /** When a transport ended by this cause so long ago. */
    readonly [K in N['cause']]: Ladder<N['status']>;
  };
  /** Rows that stand instead while a report does. */
  readonly whileReported: {
    /** The rows that stand instead while this word is reported. */
    readonly [K in N['report']]?: Rows<N['status'], N['cause']>;
  };
  /** The outward word of a status. */
  readonly shownAs: {
    /** The word shown for this status. */
    readonly [K in N['status']]?: N['status'];
  };
  /** The longest promise of quiet that counts, in ms. */
  readonly maxQuietMs: DurationMs;
  /** How long a session that is gone is remembered, and how late a signal may come, in ms. */
  readonly keepSessionMs: DurationMs;
  /** How long somebody's last seen is known, in ms. */
  readonly keepLastSeenMs: DurationMs;
}

/** The words of a policy: `NamesOf<typeof policy>`. */
export type NamesOf<P> = P extends Policy<infer N> ? N : never;
