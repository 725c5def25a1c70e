// Who beats: sessions with ids of 21 letters that come out of a buffer as they come out of a message, some for each user, in
// an order that is no order of memory.

import { randomFrom } from './random.js';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';
const idLength = 21;

export interface Crowd {
  readonly sessions: number;
  readonly users: number;
  /** Whose turn it is, one after the other. */
  readonly order: Int32Array;
  /** A string that nobody has seen before, and that was never hashed. */
  readonly userId: (session: number) => string;
  readonly sessionId: (session: number) => string;
  /** The number of a session's user. */
  readonly userOf: (session: number) => number;
}

/** `isInOrder`: turns are taken in the order of memory. */
export function crowdOf(sessions: number, sessionsPerUser: number, seed: number, isInOrder = false): Crowd {
  const random = randomFrom(seed);
  const users = Math.ceil(sessions / sessionsPerUser);
  const userIds = lettersOf(users, random);
  const sessionIds = lettersOf(sessions, random);
  // everybody has a session; who has more is chance
  const owners = Int32Array.from({ length: sessions }, (_, i) => (i < users ? i : Math.floor(random() * users)));
  return {
    sessions,
    users,
    order: isInOrder ? Int32Array.from({ length: sessions }, (_, i) => i) : shuffled(sessions, random),
    userId: (session) => userIds.toString('latin1', owners[session]! * idLength, (owners[session]! + 1) * idLength),
    sessionId: (session) => sessionIds.toString('latin1', session * idLength, (session + 1) * idLength),
    userOf: (session) => owners[session]!,
  };
}

function lettersOf(ids: number, random: () => number): Buffer {
  const bytes = Buffer.alloc(ids * idLength);
  for (let i = 0; i < bytes.length; i++) bytes[i] = letters.charCodeAt(Math.floor(random() * letters.length));
  return bytes;
}

export function shuffled(length: number, random: () => number): Int32Array {
  const order = Int32Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
