// What no host of many sessions can do without: to find the session that a message means, and to write.
//
// F-fresh: `Map.get` of a session's id that just came out of a message, and a write.
// F-user: the same where session ids are unique only within a user: `Map.get` of the user's id, the stored session ids compared
// until it is this one, and a write to it.
// F-same: `Map.get` of the very string that is the key, and a write.

import { do_not_optimize } from 'mitata';
import type { Crowd } from './crowd.js';
import type { Batch, Row } from './rounds.js';
import { atOnce, today } from './tracker-rows.js';
import type { Message } from './tracker-rows.js';

/** So many sessions of a user are looked through one by one; more are in a Map of the user's. */
const few = 8;

export function floorRows(crowd: Crowd): readonly Row[] {
  const { order, sessions, userId, sessionId } = crowd;
  const ids = new Map<string, number>();
  const keys: string[] = [];
  // in an order that is not that of beats
  for (let session = 0; session < sessions; session++) {
    const key = sessionId(session);
    keys.push(key);
    ids.set(key, session);
  }
  const find = sessions > few * crowd.users ? findAmongMany(crowd, keys) : findAmongFew(crowd, keys);
  const seenAt = new Float64Array(sessions);
  let turn = 0;
  const batch = (run: (messages: readonly Message[]) => void): Batch => {
    const messages = Array.from({ length: atOnce }, (): Message => {
      const session = order[turn++ % sessions]!;
      return { signal: { type: 'heartbeat', userId: userId(session), sessionId: sessionId(session) }, now: today + turn };
    });
    return () => {
      run(messages);
      return messages.length;
    };
  };
  return [
    { name: 'F-fresh', floor: 'F-fresh', prepare: () => batch((messages) => {
      for (const { signal, now } of messages) seenAt[ids.get(signal.sessionId)!] = now;
    }) },
    { name: 'F-user', floor: 'F-user', prepare: () => batch((messages) => {
      for (const { signal, now } of messages) seenAt[find(signal.userId, signal.sessionId)] = now;
    }) },
    { name: 'F-same', floor: 'F-same', prepare: () => {
      const same = Array.from({ length: atOnce }, () => keys[order[turn++ % sessions]!]!);
      return () => {
        for (let i = 0; i < same.length; i++) seenAt[ids.get(same[i]!)!] = i;
        do_not_optimize(seenAt);
        return same.length;
      };
    } },
  ];
}

type Find = (userId: string, sessionId: string) => number;

/** Each session leads to the next of its user. */
function findAmongFew({ sessions, userId }: Crowd, keys: readonly string[]): Find {
  const leads = new Map<string, number>();
  const nexts = new Int32Array(sessions).fill(-1);
  for (let session = 0; session < sessions; session++) {
    const lead = leads.get(userId(session));
    if (lead === undefined) leads.set(userId(session), session);
    else [nexts[session], nexts[lead]] = [nexts[lead]!, session];
  }
  return (user, key) => {
    let session = leads.get(user)!;
    while (keys[session] !== key) session = nexts[session]!;
    return session;
  };
}

function findAmongMany({ sessions, userId }: Crowd, keys: readonly string[]): Find {
  const users = new Map<string, Map<string, number>>();
  for (let session = 0; session < sessions; session++) {
    const known = users.get(userId(session)) ?? new Map<string, number>();
    users.set(userId(session), known);
    known.set(keys[session]!, session);
  }
  return (user, key) => users.get(user)!.get(key)!;
}
