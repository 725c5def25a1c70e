// What a system's words are in ours. An adapter is data and short functions; nothing of it reaches the library.

import type { Claim, Gap, Policy, Signal, Unstamped, UserPresence } from 'presence-model';
import type { Expectation, VectorCase, VectorEvent } from './case.js';
import type { Hosts } from './hosts.js';
import type { Pages } from './pages.js';

/** Something of a case has no translation: it is no presence rule. */
export class Untranslated extends Error {
  readonly part: string;

  /** `part` names what it is: `event timer_insert`, `subject relay`, `field timers`. */
  constructor(part: string) {
    super(`There is no translation for ${part}.`);
    this.part = part;
  }
}

/** What a host is told. */
export type Said = Unstamped<Signal> | { readonly gap: Gap };

/** What a host of such a system remembers beside the model: whose sessions are whose, where they are, and a few words. */
export interface Stage {
  readonly vector: VectorCase;
  readonly hosts: Hosts;
  readonly policy: Policy;
  readonly sessions: Map<string, KnownSession>;
  readonly notes: Map<string, string | number>;
  /** Its clients, where a case is about what they send. */
  readonly pages: Pages;
}

export interface KnownSession {
  readonly userId: string;
  readonly node?: string;
  /** Something was heard of it after its last end. */
  readonly isOpen: boolean;
  /** When it connected, if it did. */
  readonly connectedAt?: number;
}

/** What is looked at. */
export interface Reading {
  readonly presence: UserPresence;
  readonly stage: Stage;
  readonly expectation: Expectation;
}

export interface Adapter {
  /** The system's name, as its preset has it. */
  readonly system: string;
  /** The file of its cases. */
  readonly file: string;
  /** The policy of a case: the preset, with the numbers that the case is about. */
  readonly policy: (vector: VectorCase) => Policy;
  /** Our status → the neutral state of the files. */
  readonly neutral: Readonly<Record<string, string>>;
  /** Our status → the system's own word, where the files keep it. */
  readonly theirs?: Readonly<Record<string, string>>;
  /** What each kind of event says. */
  readonly events: Readonly<Record<string, (event: VectorEvent, stage: Stage) => readonly Said[]>>;
  /** Subjects other than `user:`, `connection:` and `session:`, by the word before `:` or `(`: the fields asked of them → our answer. */
  readonly subjects?: Readonly<Record<string, (name: string, stage: Stage, expectation: Expectation) => Readonly<Record<string, unknown>>>>;
  /** How a field is read of a user's answer. */
  readonly fields?: Readonly<Record<string, (reading: Reading) => unknown>>;
  /** Fields that are no presence rule, with what they are. */
  readonly beside?: Readonly<Record<string, string>>;
  /** While connected a session is heard this often, although the files do not write it. */
  readonly beatsEveryMs?: number;
  /** Is the event heard when this is asked? By default all up to and including the instant. */
  readonly isHeard?: (event: VectorEvent, expectation: Expectation) => boolean;
}

/** The user and the session of an event; absent where the host knows no such session. */
export function who(event: VectorEvent, stage: Stage): { readonly userId: string; readonly sessionId: string } | undefined {
  const { session = '', user } = event;
  const userId = user === undefined ? stage.sessions.get(session)?.userId : user;
  return userId === undefined || userId === null ? undefined : { userId, sessionId: session };
}

/** One signal of the session of the event, if the host knows one. */
export function of(
  event: VectorEvent, stage: Stage, said: { readonly type: 'connected' | 'heartbeat' | 'activity' | 'disconnected'; readonly [field: string]: unknown },
): readonly Said[] {
  const session = who(event, stage);
  return session === undefined ? [] : [{ ...session, ...said }];
}

/** The user that an event names. */
export function userOf(event: VectorEvent): string {
  if (typeof event.user !== 'string') throw new Error(`The event ${event.kind} at ${event.t_ms} names no user.`);
  return event.user;
}

/** A claim of the user of the event. What is undefined in it is left out. */
export function claim(event: VectorEvent, claimed: { readonly [K in keyof Claim]: Claim[K] | undefined } & { readonly [field: string]: unknown }): Said {
  const said = Object.fromEntries(Object.entries(claimed).filter(([, value]) => value !== undefined)) as unknown as Claim;
  return { type: 'claimed', userId: userOf(event), claim: said };
}

/** A claim taken back. */
export function unclaim(event: VectorEvent, claimId: string): Said {
  return { type: 'unclaimed', userId: userOf(event), claimId };
}

/** The end of every session for which this holds. */
export function endOf(stage: Stage, cause: string, isMeant: (session: KnownSession) => boolean): readonly Said[] {
  return [...stage.sessions].filter(([, session]) => isMeant(session))
    .map(([sessionId, { userId }]) => ({ type: 'disconnected', userId, sessionId, cause }));
}

/** The claim that decides, of those that show a status; then the next. */
export function showing({ claims }: UserPresence): readonly Claim[] {
  return claims.filter(({ claim: { show }, inForce }) => inForce && show !== undefined).map(({ claim: held }) => held);
}
