// What src exports has the shapes that were decided, for any policy's words. Checked by `npm run types`.

import type * as Is from 'presence-model';
import type * as Decided from './decided.js';
import type { Proof, Same } from './same.js';

interface Chat {
  readonly status: 'busy' | 'here' | 'gone';
  readonly report: 'none' | 'dnd';
  readonly cause: 'dropped' | 'kicked';
}
type Words = readonly ['busy', 'here', 'gone'];

export type Helpers = [
  Proof<Same<{ readonly a?: 1 } & { readonly b: 2 }, { readonly a?: 1; readonly b: 2 }>>,
  // @ts-expect-error -- one may be left out
  Proof<Same<{ readonly a?: 1 }, { readonly a: 1 }>>,
  // @ts-expect-error -- one is missing
  Proof<Same<{ readonly a?: 1; readonly b?: 1 }, { readonly a?: 1 }>>,
  // @ts-expect-error -- one may be written to
  Proof<Same<{ a: 1 }, { readonly a: 1 }>>,
  // @ts-expect-error -- one is wider, in depth
  Proof<Same<{ readonly a: readonly { readonly b: string }[] }, { readonly a: readonly { readonly b: 'x' }[] }>>,
];

export type Policies = [
  Proof<Same<Is.Names, Decided.Names>>,
  Proof<Same<Is.DefaultNames, Decided.DefaultNames>>,
  Proof<Same<Is.Ladder<'a' | 'b'>, Decided.Ladder<'a' | 'b'>>>,
  Proof<Same<Is.Policy<Chat>, Decided.Policy<Chat>>>,
  Proof<Same<Is.Policy<Is.DefaultNames>, Decided.Policy<Decided.DefaultNames>>>,
  Proof<Same<Is.Policy, Decided.Policy>>,
  Proof<Same<Is.PolicyChanges, Decided.PolicyChanges>>,
  Proof<Same<Is.PolicyChanges<'none' | 'dnd', 'dropped'>, Decided.PolicyChanges<'none' | 'dnd', 'dropped'>>>,
  Proof<Same<Is.PolicyInput, Decided.PolicyInput>>,
  Proof<Same<Is.PolicyInput<Words, 'none' | 'dnd', 'dropped'>, Decided.PolicyInput<Words, 'none' | 'dnd', 'dropped'>>>,
  Proof<Same<Is.NamesOf<Is.Policy<Chat>>, Chat>>,
  Proof<Same<Is.NamesOf<string>, never>>,
  Proof<Same<Pick<Is.PolicyError, 'name' | 'problems'>, { readonly name: 'PolicyError'; readonly problems: readonly Decided.Issue[] }>>,
];

export type Said = [
  Proof<Same<Is.Timestamp, Decided.Timestamp>>,
  Proof<Same<Is.DurationMs, Decided.DurationMs>>,
  Proof<Same<Is.Json, Decided.Json>>,
  Proof<Same<Is.Says<Chat>, Decided.Says<Chat>>>,
  Proof<Same<Is.Connected<Chat>, Decided.Connected<Chat>>>,
  Proof<Same<Is.Heartbeat<Chat>, Decided.Heartbeat<Chat>>>,
  Proof<Same<Is.Activity<Chat>, Decided.Activity<Chat>>>,
  Proof<Same<Is.Disconnected<Chat>, Decided.Disconnected<Chat>>>,
  Proof<Same<Is.Claimed<Chat>, Decided.Claimed<Chat>>>,
  Proof<Same<Is.Unclaimed, Decided.Unclaimed>>,
  Proof<Same<Is.Cleared, Decided.Cleared>>,
  Proof<Same<Is.Claim<Chat>, Decided.Claim<Chat>>>,
  Proof<Same<Is.Signal<Chat>, Decided.Signal<Chat>>>,
  Proof<Same<Is.Signal, Decided.Signal>>,
  Proof<Same<Is.Unstamped<Is.Signal<Chat>>, Decided.Unstamped<Decided.Signal<Chat>>>>,
  Proof<Same<Is.Numbered<Is.Signal<Chat>>, Decided.Numbered<Decided.Signal<Chat>>>>,
  Proof<Same<Is.Beat<Chat>, Decided.Beat<Chat>>>,
  Proof<Same<Is.Issue, Decided.Issue>>,
  Proof<Same<Is.Parsed<Is.Beat<Chat>>, Decided.Parsed<Decided.Beat<Chat>>>>,
];

export type Kept = [
  Proof<Same<Is.SessionEvidence, Decided.SessionEvidence>>,
  Proof<Same<Is.SessionFacts, Decided.SessionFacts>>,
  Proof<Same<Is.ClaimEvidence, Decided.ClaimEvidence>>,
  Proof<Same<Is.UserEvidence, Decided.UserEvidence>>,
  Proof<Same<Is.UserRow, Decided.UserRow>>,
];

export type Answers = [
  Proof<Same<Is.SessionBecause<Chat>, Decided.SessionBecause<Chat>>>,
  Proof<Same<Is.UserBecause<Chat>, Decided.UserBecause<Chat>>>,
  Proof<Same<Is.SessionPresence<Chat>, Decided.SessionPresence<Chat>>>,
  Proof<Same<Is.HeldClaim<Chat>, Decided.HeldClaim<Chat>>>,
  Proof<Same<Is.ShownPresence<Chat>, Decided.ShownPresence<Chat>>>,
  Proof<Same<Is.UserPresence<Chat>, Decided.UserPresence<Chat>>>,
  Proof<Same<Is.UserPresence, Decided.UserPresence>>,
  Proof<Same<Is.Gap, Decided.Gap>>,
  Proof<Same<Is.UserChange<Chat>, Decided.UserChange<Chat>>>,
  Proof<Same<Is.ClaimChange<Chat>, Decided.ClaimChange<Chat>>>,
  Proof<Same<Is.SessionChange<Chat>, Decided.SessionChange<Chat>>>,
  Proof<Same<Is.Rejection<Chat>, Decided.Rejection<Chat>>>,
  Proof<Same<Is.RejectionReason, Decided.RejectionReason>>,
  Proof<Same<Is.Change<Chat>, Decided.Change<Chat>>>,
  Proof<Same<Is.Advanced<Chat>, Decided.Advanced<Chat>>>,
  Proof<Same<Is.Settler<Chat>['nextChangeAt'], Decided.Settler<Chat>['nextChangeAt']>>,
];

type Given<F extends (...given: never) => unknown> = Parameters<F>;
type Gaps = readonly Decided.Gap[] | undefined; // as a parameter that may be left out is read
export type Functions = [
  Proof<Same<Given<typeof Is.formatPolicy>, [Decided.Policy]>>,
  Proof<Same<Given<typeof Is.sessionStatus<Chat>>, [Decided.SessionFacts, Decided.Policy<Chat>, number, Gaps?]>>,
  Proof<Same<ReturnType<typeof Is.sessionStatus<Chat>>, Chat['status']>>,
  Proof<Same<Given<typeof Is.deriveSession<Chat>>, [Decided.SessionEvidence, Decided.Policy<Chat>, number, Gaps?]>>,
  Proof<Same<ReturnType<typeof Is.deriveSession<Chat>>, Decided.SessionPresence<Chat>>>,
  Proof<Same<Given<typeof Is.deriveUser<Chat>>, [Decided.UserEvidence, Decided.Policy<Chat>, number, Gaps?]>>,
  Proof<Same<ReturnType<typeof Is.deriveUser<Chat>>, Decided.UserPresence<Chat>>>,
  Proof<Same<Given<typeof Is.explain>, [Decided.UserPresence | Decided.SessionPresence]>>,
  Proof<Same<Given<typeof Is.observe>, [Decided.UserEvidence | undefined, Decided.Numbered<Decided.Signal>]>>,
  Proof<Same<ReturnType<typeof Is.observe>, Decided.UserEvidence>>,
  Proof<Same<Given<typeof Is.mergeEvidence>, [Decided.UserEvidence, Decided.UserEvidence]>>,
  Proof<Same<ReturnType<typeof Is.mergeEvidence>, Decided.UserEvidence>>,
  Proof<Same<Given<typeof Is.forget>, [Decided.UserEvidence, Decided.Policy, number, Gaps?]>>,
  Proof<Same<ReturnType<typeof Is.forget>, Decided.UserEvidence | undefined>>,
  Proof<Same<Given<typeof Is.diff<Chat>>, [Decided.UserPresence<Chat>, Decided.UserPresence<Chat>, 'signal' | 'time']>>,
  Proof<Same<ReturnType<typeof Is.diff<Chat>>, readonly Decided.Change<Chat>[]>>,
  Proof<Same<
    Given<typeof Is.advanceUser<Chat>>,
    [string, Decided.UserRow | undefined, Decided.Policy<Chat>, number, (Decided.Unstamped<Decided.Signal<Chat>> | undefined)?, Gaps?]
  >>,
  Proof<Same<ReturnType<typeof Is.advanceUser<Chat>>, Decided.Advanced<Chat>>>,
  Proof<Same<Given<typeof Is.signalOf<Chat>>, [Decided.Beat<Chat>, { readonly userId: string; readonly at: number }]>>,
  Proof<Same<ReturnType<typeof Is.signalOf<Chat>>, Decided.Numbered<Decided.Signal<Chat>>>>,
  Proof<Same<Given<typeof Is.parseEvidence>, [unknown]>>,
  Proof<Same<ReturnType<typeof Is.parseEvidence>, Decided.Parsed<Decided.UserEvidence>>>,
  Proof<Same<Given<typeof Is.createSettler<Chat>>, [{ readonly settleMs: number }]>>,
  Proof<Same<Given<ReturnType<typeof Is.createSettler<Chat>>['push']>, [readonly Decided.Change<Chat>[], number]>>,
  Proof<Same<ReturnType<ReturnType<typeof Is.createSettler<Chat>>['advanceTo']>, readonly Decided.Change<Chat>[]>>,
];
