// What is measured, each beside its floor.

import { do_not_optimize } from 'mitata';
import type { UserEvidence, UserRow } from 'presence-model';
import { allClocksInline, observeInline, sessionInline, silenceInline, userInline } from './floors.js';
import { inputsFrom, inTurn, now, otherReplicas } from './inputs.js';
import type { Library } from './library.js';
import { randomFrom } from './random.js';

export interface Case {
  readonly name: string;
  /** The call of the library. */
  readonly call: () => void;
  /** The same, written by hand for one policy. */
  readonly floor: () => void;
  /** What the floor is, in a few words. */
  readonly floorIs: string;
}

/** The number of sessions of the users of `observe`, `mergeEvidence` and `advanceUser`. */
const few = 3;

const longestStep = 100;

export function casesFrom(library: Library, seed: number): readonly Case[] {
  const { advanceUser, defaultPolicy, deriveSession, deriveUser, mergeEvidence, observe, sessionStatus } = library;
  const { quietSessions, unforeseen, fullSessions, users, beats } = inputsFrom(seed);
  const familiar = users(few);
  const pairs = familiar.map((user, i) => ({ user, beat: beats[i]! }));
  const replicas = otherReplicas(familiar, beats, observe);
  const merges = familiar.map((user, i) => ({ user, other: replicas[i]! }));
  const rows = familiar.map((user, i) => ({ row: toldRow(user, beats[i]!.at, library), beat: beats[i]! }));
  return [
    {
      name: '`sessionStatus`, 20 000 sessions',
      call: inAnyOrder(unforeseen, seed, (session) => sessionStatus(session, defaultPolicy, now)),
      floor: inAnyOrder(unforeseen, seed, (session) => silenceInline(session.seenAt!, now)),
      floorIs: 'thresholds inline',
    },
    {
      name: '`sessionStatus`, heartbeats only',
      call: inTurn(quietSessions, (session) => sessionStatus(session, defaultPolicy, now)),
      floor: inTurn(quietSessions, (session) => silenceInline(session.seenAt!, now)),
      floorIs: 'thresholds inline',
    },
    {
      name: '`sessionStatus`, every clock',
      call: inTurn(fullSessions, (session) => sessionStatus(session, defaultPolicy, now)),
      floor: inTurn(fullSessions, (session) => allClocksInline(session, now)),
      floorIs: 'thresholds inline',
    },
    {
      name: '`deriveSession`',
      call: inTurn(quietSessions, (session) => deriveSession(session, defaultPolicy, now)),
      floor: inTurn(quietSessions, (session) => sessionInline(session, now)),
      floorIs: 'the same object, literal',
    },
    ...[1, 3, 10, 100].map((sessions) => {
      const asked = users(sessions);
      return {
        name: `\`deriveUser\`, ${sessions} ${sessions === 1 ? 'session' : 'sessions'}`,
        call: inTurn(asked, (user) => deriveUser(user, defaultPolicy, now)),
        floor: inTurn(asked, (user) => userInline(user, now)),
        floorIs: 'the same objects, literal',
      };
    }),
    {
      name: `\`observe\`, a heartbeat, ${few} sessions`,
      call: inTurn(pairs, ({ user, beat }) => observe(user, beat)),
      floor: inTurn(pairs, ({ user, beat }) => observeInline(user, beat)),
      floorIs: 'the new record, literal',
    },
    {
      name: `\`mergeEvidence\`, ${few} sessions and 1`,
      call: inTurn(merges, ({ user, other }) => mergeEvidence(user, other)),
      floor: inTurn(pairs, ({ user, beat }) => observeInline(user, beat)),
      floorIs: 'the new record, literal',
    },
    {
      name: `\`advanceUser\`, a heartbeat, ${few} sessions`,
      call: inTurn(rows, ({ row, beat }) => advanceUser(beat.userId, row, defaultPolicy, now, beat)),
      floor: inTurn(pairs, ({ user, beat }) => {
        const evidence = observeInline(user, beat);
        const presence = userInline(evidence, now);
        return { row: { evidence, toldAt: now, told: presence.shown }, changes: [], presence };
      }),
      floorIs: 'record and answer, literal',
    },
  ];
}

/**
 * {@link inTurn}, with a step that is another one each time the end is reached. A processor learns even twenty thousand
 * answers by heart where they come in the same order for long.
 */
function inAnyOrder<T>(items: readonly T[], seed: number, of: (item: T) => unknown): () => void {
  const random = randomFrom(seed);
  let step = 1;
  let i = 0;
  return () => {
    i += step;
    if (i >= items.length) {
      i -= items.length;
      step = 1 + Math.floor(random() * longestStep);
    }
    do_not_optimize(of(items[i]!));
  };
}

/** The row of a user of whom everything was told until a second ago, as most rows are when a beat comes. */
function toldRow(evidence: UserEvidence, at: number, { defaultPolicy, deriveUser }: Library): UserRow {
  const toldAt = at - 1_000;
  const sessions = evidence.sessions.map((session) => ({ ...session, seenAt: Math.min(session.seenAt!, toldAt) }));
  const heard: UserEvidence = { ...evidence, sessions };
  return { evidence: heard, toldAt, told: deriveUser(heard, defaultPolicy, toldAt).shown };
}
