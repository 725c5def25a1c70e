// Presence without a process of its own: a Redis hash of rows, and a sorted set of alarms. Any number of servers may do this. Copy it.
//
//   presence:rows      user → the row of `advanceUser`, as JSON
//   presence:alarms    user → `nextChangeAt`. Not Redis' own expiry: that is late, and tells nobody
//   presence:out       where changes are published, by the script that writes the row: once, in the order of the rows
//
// A row is its own version. It is written only over the row that was read; who was overtaken reads again and tells what it
// heard to the newer row, so no writer loses anything. Signals are the same as elsewhere; where two servers can hear one
// session, they carry the client's epoch.
import type { Redis } from 'ioredis';
import { advanceUser } from 'presence-model';
import type { Names, Policy, Signal, Timestamp, Unstamped, UserRow } from 'presence-model';

const swap = `
  if (redis.call('HGET', KEYS[1], ARGV[1]) or '') ~= ARGV[2] then return 0 end
  if ARGV[3] == '' then redis.call('HDEL', KEYS[1], ARGV[1]) else redis.call('HSET', KEYS[1], ARGV[1], ARGV[3]) end
  if ARGV[4] == '' then redis.call('ZREM', KEYS[2], ARGV[1]) else redis.call('ZADD', KEYS[2], ARGV[4], ARGV[1]) end
  for i = 5, #ARGV do redis.call('PUBLISH', KEYS[3], ARGV[i]) end
  return 1`;

export interface Store<N extends Names> {
  /** Takes a signal in, and tells what is due. */
  readonly hear: (signal: Unstamped<Signal<N>>, now: Timestamp) => Promise<void>;
  /** Tells what is due of everybody. A job of one server or of all calls it every second, or at `nextChangeAt`. */
  readonly advanceTo: (now: Timestamp) => Promise<void>;
  readonly nextChangeAt: () => Promise<Timestamp | undefined>;
}

export function createStore<N extends Names>(redis: Redis, policy: Policy<N>, prefix = 'presence'): Store<N> {
  const keys = ['rows', 'alarms', 'out'].map((name) => `${prefix}:${name}`) as [string, string, string];
  const [rows, alarms] = keys;
  async function advance(userId: string, now: Timestamp, signal?: Unstamped<Signal<N>>): Promise<void> {
    for (let isWritten = false; !isWritten; ) {
      const before = (await redis.hget(rows, userId)) ?? '';
      const known = before === '' ? undefined : (JSON.parse(before) as UserRow);
      const { row, changes, presence } = advanceUser(userId, known, policy, now, signal);
      const after = row === undefined ? '' : JSON.stringify(row);
      const told = changes.flatMap(({ shown }) => (shown ? [JSON.stringify(shown)] : []));
      isWritten = (await redis.eval(swap, 3, ...keys, userId, before, after, String(presence.nextChangeAt ?? ''), ...told)) === 1;
    }
  }
  return {
    hear: (signal, now) => advance(signal.userId, now, signal),
    async advanceTo(now) {
      const due = await redis.zrangebyscore(alarms, '-inf', now);
      await Promise.all(due.map((userId) => advance(userId, now)));
    },
    async nextChangeAt() {
      const [first] = await redis.zrange(alarms, '0', '0');
      const at = first === undefined ? null : await redis.zscore(alarms, first);
      return at === null ? undefined : Number(at);
    },
  };
}
