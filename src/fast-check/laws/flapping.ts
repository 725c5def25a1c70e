import { advanceUser } from '../../index.js';
import type { Change, Policy, Signal, Unstamped, UserRow } from '../../index.js';
import { causes, userId } from '../facts.js';
import { latestOf, partOf, parts } from '../instants.js';
import { law } from '../law.js';
import type { Draft } from '../law.js';
import { equal } from '../proof.js';
import { graceOf, patienceOf, unhurriedOf } from '../rows.js';

/** What was told, without the reasons: what others could see. */
export interface Seen {
  readonly at: number;
  readonly from: string;
  readonly to: string;
}

/** A signal, and when it was heard where that was later. */
export type Heard = Signal & { readonly heardAt?: number };

/** A row that hears each signal at its instant (or when it was heard) and is asked once more at the end. */
export function seen(policy: Policy, signals: readonly Heard[], until: number): readonly Seen[] {
  const changes: Change[] = [];
  let row: UserRow | undefined;
  const call = (now: number, signal?: Unstamped<Signal>): void => {
    const advanced = advanceUser(userId, row, policy, now, signal);
    row = advanced.row;
    changes.push(...advanced.changes);
  };
  const inOrder = signals.map(({ heardAt, ...signal }) => ({ signal, now: heardAt ?? signal.at })).sort((a, b) => a.now - b.now);
  for (const { signal, now } of inOrder) call(now, signal);
  call(until);
  return changes.flatMap((change) => (change.type === 'user' ? [{ at: change.at, from: change.from, to: change.to }] : []));
}

/** The one session of these stories. */
export const of: { readonly userId: string; readonly sessionId: string } = { userId, sessionId: 'tab' };

/** Long after everything. */
export const muchLater = 1_000_000;

/** The changes between the first instant and that at which an untouched session says something by itself. */
function blinks(policy: Policy, signals: readonly Signal[], until: number): readonly Seen[] {
  return seen(policy, signals, until).filter(({ at }) => at > 0 && at < unhurriedOf(policy));
}

/** 5 and 6 in practice: what comes and goes quickly is not seen. */
export const flapping: readonly Draft[] = [
  law('a storm of disconnects that each end within grace looks like one calm session', {
    given: (fc) => fc.record({
      lives: fc.array(fc.record({ up: parts(fc), down: parts(fc) }), { minLength: 1, maxLength: 20 }), isNumbered: fc.boolean(),
    }),
    when: (_, policy) => longestLoss(policy) >= 1,
    said: ({ lives, isNumbered }, policy) => {
      const numbered = (epoch: number): object => (isNumbered ? { epoch } : {});
      const storm: Signal[] = [{ ...of, ...numbered(0), type: 'connected', at: 0 }];
      const calm: Signal[] = [{ ...of, type: 'connected', at: 0 }];
      let at = 0;
      lives.forEach(({ up, down }, epoch) => {
        at += 1 + partOf(longestLoss(policy) - 1, up);
        storm.push({ ...of, ...numbered(epoch), type: 'disconnected', at });
        at += 1 + partOf(longestLoss(policy) - 1, down);
        storm.push({ ...of, ...numbered(epoch + 1), type: 'connected', at });
        calm.push({ ...of, type: 'heartbeat', at });
      });
      return { storm, calm };
    },
    then: ({ storm, calm }, policy) => {
      const until = latestOf(storm) + muchLater;
      equal(seen(policy, storm, until), seen(policy, calm, until));
    },
  }),
  law('beats that jitter, but never by a whole threshold, change nothing', {
    given: (fc) => fc.record({ jitter: fc.array(parts(fc), { maxLength: 30 }) }),
    when: (_, policy) => patienceOf(policy) >= 2,
    said: ({ jitter }, policy) => {
      let at = 0;
      const beats = jitter.map((late): Signal => ({ ...of, type: 'heartbeat', at: (at += 1 + partOf(jitterPatience(policy) - 2, late)) }));
      const life: readonly Signal[] = [{ ...of, type: 'connected', at: 0 }, ...beats];
      return { life };
    },
    then: ({ life }, policy) => {
      equal(blinks(policy, life, latestOf(life) + jitterPatience(policy) - 1), []);
    },
  }),
  law('a reconnect loop neither wakes an idle user nor makes them blink', {
    given: (fc) => fc.record({ waits: fc.array(parts(fc), { minLength: 1, maxLength: 6 }), idleBeats: fc.nat({ max: 10 }) }),
    when: (_, policy) => shortest(policy) >= 2,
    said: ({ waits, idleBeats }, policy) => {
      const least = shortest(policy);
      const touched: Signal = { ...of, epoch: 0, type: 'activity', at: 0 };
      const idle = Array.from({ length: idleBeats }, (_, i): Signal => ({ ...of, epoch: 0, type: 'heartbeat', at: (i + 1) * (least - 1) }));
      const [loop, calm] = [[touched, ...idle], [touched, ...idle]];
      let at = idleBeats * (least - 1) + 1;
      waits.forEach((wait, i) => {
        loop.push({ ...of, epoch: i, type: 'disconnected', at });
        at += partOf(least - 1, wait);
        loop.push({ ...of, epoch: i + 1, type: 'connected', at });
        calm.push({ ...of, epoch: 0, type: 'heartbeat', at });
      });
      return { loop, calm };
    },
    then: ({ loop, calm }, policy) => {
      const until = latestOf(loop) + muchLater;
      equal(seen(policy, loop, until), seen(policy, calm, until));
    },
  }),
  law('two tabs taking turns are one user who never blinks', {
    given: (fc, policy) => fc.record({
      turns: fc.array(parts(fc), { minLength: 1, maxLength: 12 }), cause: causes(fc, policy),
    }),
    when: (_, policy) => patienceOf(policy) >= 2,
    said: ({ turns, cause }, policy) => {
      const patience = Math.min(patienceOf(policy), 20_000);
      const signals: Signal[] = [{ userId, sessionId: 'tab0', epoch: 0, type: 'connected', at: 0 }];
      let at = 0;
      turns.forEach((turn, i) => {
        at += partOf(patience - 2, turn);
        signals.push({ userId, sessionId: `tab${String((i + 1) % 2)}`, epoch: i + 1, type: 'connected', at });
        signals.push({ userId, sessionId: `tab${String(i % 2)}`, epoch: i, type: 'disconnected', at, cause });
      });
      return { signals };
    },
    then: ({ signals }, policy) => {
      equal(blinks(policy, signals, latestOf(signals)), []);
    },
  }),
];

/** How long after a beat a jittering one may come. */
function jitterPatience(policy: Policy): number {
  return Math.min(patienceOf(policy), 100_000);
}

/** How long a loss, and a life between two, may take: shorter than grace, and than a session is remembered, or a stranger comes back. */
function longestLoss(policy: Policy): number {
  const half = Math.floor(Math.min(policy.keepSessionMs, 2_000) / 2);
  return Math.min(graceOf(policy), half) - 1;
}

/** Shorter than this neither silence nor a loss says anything. */
function shortest(policy: Policy): number {
  return Math.min(graceOf(policy), policy.keepSessionMs, patienceOf(policy), 10_000);
}
