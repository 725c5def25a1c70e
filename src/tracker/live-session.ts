// A session in a tracker: its evidence as last written down, with the latest proof of life in a column.
// Always: the column is never earlier than the evidence; where it is later, the evidence's promise of quiet is over.

import type { Facts, ReportEvidence, SessionEvidence } from '../evidence.js';
import type { DurationMs, Timestamp } from '../time.js';
import type { Columns } from './columns.js';

/** It is read like evidence, so the list of clocks is the one of the pure core. */
export class LiveSession implements Facts {
  readonly sessionId: string;
  readonly slot: number;
  /** What was told of it, for those who asked for session changes. */
  toldStatus: string;
  toldDeparted = false;
  /** It was collected, or its user was; handles that still hold it look again. */
  isGone = false;

  private evidence: SessionEvidence;
  private readonly columns: Columns;

  constructor(evidence: SessionEvidence, columns: Columns, toldStatus: string) {
    this.sessionId = evidence.sessionId;
    this.slot = columns.take();
    this.columns = columns;
    this.evidence = evidence;
    this.toldStatus = toldStatus;
    this.write(evidence);
  }

  /** Replaces what is known. */
  write(evidence: SessionEvidence): void {
    this.evidence = evidence;
    this.columns.seenAt[this.slot] = evidence.seenAt ?? Number.NaN;
    this.columns.patience[this.slot] = Number.NaN;
    this.columns.epoch[this.slot] = evidence.epoch;
  }

  /** What is known, as plain data; the same reference while nothing was heard. */
  read(): SessionEvidence {
    const { evidence, seenAt } = this;
    if (seenAt === undefined || seenAt === evidence.seenAt) return evidence;
    const { quietForMs: _, ...rest } = evidence;
    return { ...rest, seenAt };
  }

  /** Is there a fact of an instant later than `now`, so that the order of reasons may still change? */
  isAheadOf(now: Timestamp): boolean {
    const { report, setAsideAt, activeAt, firstSeenAt } = this.evidence;
    return isLater(report?.since, now) || isLater(setAsideAt, now) || isLater(activeAt, now) || isLater(firstSeenAt, now);
  }

  /** Is this the number of its current connection? */
  isOf(epoch: number): boolean {
    return this.columns.epoch[this.slot] === epoch;
  }

  get seenAt(): Timestamp | undefined {
    const at = this.columns.seenAt[this.slot] ?? Number.NaN;
    return Number.isNaN(at) ? undefined : at;
  }

  get quietForMs(): DurationMs | undefined {
    return this.seenAt === this.evidence.seenAt ? this.evidence.quietForMs : undefined;
  }

  get firstSeenAt(): Timestamp | undefined {
    return this.evidence.firstSeenAt;
  }

  get activeAt(): Timestamp | undefined {
    return this.evidence.activeAt;
  }

  get report(): ReportEvidence | undefined {
    return this.evidence.report;
  }

  get setAsideAt(): Timestamp | undefined {
    return this.evidence.setAsideAt;
  }

  get epoch(): number {
    return this.evidence.epoch;
  }

  get departures(): SessionEvidence['departures'] {
    return this.evidence.departures;
  }

  get uncounted(): true | undefined {
    return this.evidence.uncounted;
  }
}

function isLater(at: Timestamp | undefined, now: Timestamp): boolean {
  return at !== undefined && at > now;
}
