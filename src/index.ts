// Names only, grouped as the documentation is.

// Start here
export { defaultPolicy, definePolicy, PolicyError } from './define.js';
export { explain } from './explain.js';
export { formatPolicy } from './format.js';
export { sessionStatus } from './session.js';
export { createTracker } from './tracker/create.js';

// Without a process
export { advanceUser } from './advance.js';
export { diff } from './diff.js';
export { observe } from './evidence.js';
export { forget } from './forget.js';
export { deriveSession } from './session.js';
export { deriveUser } from './user.js';

// Trust boundary
export { parseBeat, parseEvidence, parseSignal, signalOf } from './parse.js';

// Replicas
export { mergeEvidence } from './evidence.js';

// Edge
export { createSettler } from './settle.js';

// What they take and give
export type { Advanced, UserRow } from './advance.js';
export type { HeldClaim } from './claims.js';
export type { Issue } from './complaint.js';
export type { Change, ClaimChange, Rejection, RejectionReason, SessionChange, SessionState, Told, UserChange } from './diff.js';
export type { ClaimEvidence, ReportEvidence, SessionEvidence, SessionFacts, UserEvidence } from './evidence.js';
export type { Ladder } from './ladder.js';
export type { Parsed, ParsedIssues, ParsedOk, Receipt } from './parse.js';
export type {
  DefaultNames, Departures, NamesOf, Only, OtherRows, Policy, PolicyChanges, PolicyInput, Reports, Rows,
} from './policy.js';
export type { BecauseClock, BecauseDeparture, BecauseNever, BecauseNone, BecauseReport, SessionBecause } from './because.js';
export type { Departure, SessionPresence } from './session.js';
export type { Settler } from './settle.js';
export type {
  About, Activity, Beat, Bounding, Claim, ClaimCommon, Claimed, Cleared, Connected, Disconnected, Heartbeat, Json, Names,
  Numbered, OfSession, Says, Showing, Signal, Unclaimed, Unstamped,
} from './signal.js';
export type { DurationMs, Gap, Timestamp } from './time.js';
export type { Connection } from './tracker/connection.js';
export type { TrackerSnapshot } from './tracker/snapshot.js';
export type { AtLeast, Exactly, Opened, Tracker, TrackerOptions, TrackerSize } from './tracker/tracker.js';
export type { ShownPresence } from './shown.js';
export type { BecauseClaim, BecauseNobody, BecauseSession, UserBecause, UserPresence } from './user.js';
