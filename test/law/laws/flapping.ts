import { deepStrictEqual, ok } from 'node:assert';
import { advanceUser } from 'presence-model';
import type { Change, Ladder, Policy, Signal, Unstamped, UserRow } from 'presence-model';
import { law } from '../law.js';

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
    const advanced = advanceUser('ada', row, policy, now, signal);
    row = advanced.row;
    changes.push(...advanced.changes);
  };
  const inOrder = signals.map(({ heardAt, ...signal }) => ({ signal, now: heardAt ?? signal.at })).sort((a, b) => a.now - b.now);
  for (const { signal, now } of inOrder) call(now, signal);
  call(until);
  return changes.flatMap((change) => (change.type === 'user' ? [{ at: change.at, from: change.from, to: change.to }] : []));
}

/** The first cell of a row: what comes before it changes nothing. */
export function firstCell(row: Readonly<Record<string, number | undefined>> | undefined): number {
  return Math.min(...Object.values(row ?? {}).map((afterMs) => afterMs ?? Number.POSITIVE_INFINITY));
}

/** The row of a cause, while nothing is reported. */
export function rowOf(policy: Policy, cause: string): Ladder {
  const instead = policy.whileReported['none']?.departures ?? {};
  return (Object.keys(instead).includes(cause) ? instead[cause] : policy.departures[cause]) ?? {};
}

/** The grace of a lost transport, while nothing is reported. */
export function graceOf(policy: Policy, cause = 'dropped'): number {
  return firstCell(rowOf(policy, cause));
}

/** How long a session may be silent and nothing changes, while nothing is reported. */
export function patienceOf(policy: Policy): number {
  return firstCell(policy.whileReported['none']?.silence ?? policy.silence);
}

export const of = { userId: 'ada', sessionId: 'tab' };

export const flapping = [
  law('a storm of disconnects that each end within grace looks like one calm session', (fc, policy) =>
    fc.property(fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 20 }), fc.boolean(), (lives, isNumbered) => {
      // Shorter than the session is remembered, or a receiver that collects would meet a stranger.
      const half = Math.floor(Math.min(policy.keepSessionMs, 2_000) / 2);
      const longest = Math.min(graceOf(policy), half) - 1;
      if (longest < 1) return;
      const storm: Signal[] = [];
      const calm: Signal[] = [];
      let at = 0;
      lives.forEach(([up, down], epoch) => {
        const number = isNumbered ? { epoch } : {};
        storm.push({ ...of, ...number, type: 'connected', at });
        calm.push({ ...of, type: epoch === 0 ? 'connected' : 'heartbeat', at });
        at += 1 + (up % (half - 1));
        storm.push({ ...of, ...number, type: 'disconnected', at });
        at += 1 + (down % longest);
      });
      storm.push({ ...of, ...(isNumbered ? { epoch: lives.length } : {}), type: 'connected', at });
      calm.push({ ...of, type: 'heartbeat', at });
      deepStrictEqual(seen(policy, storm, at + 1_000_000), seen(policy, calm, at + 1_000_000));
    }),
  ),
  law('beats that jitter, but never by a whole threshold, change nothing', (fc, policy) =>
    fc.property(fc.array(fc.nat(), { maxLength: 30 }), (jitter) => {
      const patience = Math.min(patienceOf(policy), 100_000);
      let at = 0;
      const beats: Signal[] = [{ ...of, type: 'connected', at }];
      for (const late of jitter) beats.push({ ...of, type: 'heartbeat', at: (at += 1 + (late % Math.max(1, patience - 1))) });
      if (patience < 2) return;
      const untouched = firstCell(policy.whileReported['none']?.untouched ?? policy.untouched);
      ok(seen(policy, beats, at + patience - 1).filter((change) => change.at > 0 && change.at < untouched).length === 0);
    }),
  ),
  law('a reconnect loop neither wakes an idle user nor makes them blink', (fc, policy) =>
    fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 6 }), fc.nat({ max: 400_000 }), (waits, idleFor) => {
      const grace = Math.min(graceOf(policy), policy.keepSessionMs, 10_000);
      const patience = Math.min(patienceOf(policy), 10_000);
      const least = Math.min(grace, patience);
      if (least < 2) return;
      const start = idleFor;
      const loop: Signal[] = [{ ...of, epoch: 0, type: 'activity', at: 0 }];
      const calm: Signal[] = [{ ...of, epoch: 0, type: 'activity', at: 0 }];
      for (let at = least - 1; at < start; at += least - 1) {
        loop.push({ ...of, epoch: 0, type: 'heartbeat', at });
        calm.push({ ...of, epoch: 0, type: 'heartbeat', at });
        if (loop.length > 10) break;
      }
      let at = (loop[loop.length - 1]?.at ?? 0) + 1;
      waits.forEach((wait, i) => {
        loop.push({ ...of, epoch: i, type: 'disconnected', at });
        at += wait % least;
        loop.push({ ...of, epoch: i + 1, type: 'connected', at });
        calm.push({ ...of, epoch: 0, type: 'heartbeat', at });
      });
      deepStrictEqual(seen(policy, loop, at + 1_000_000), seen(policy, calm, at + 1_000_000));
    }),
  ),
  law('two tabs taking turns are one user who never blinks', (fc, policy) =>
    fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 12 }), fc.constantFrom(...Object.keys(policy.departures)), (turns, cause) => {
      const patience = Math.min(patienceOf(policy), 20_000);
      if (patience < 2) return;
      const signals: Signal[] = [{ userId: 'ada', sessionId: 'tab0', epoch: 0, type: 'connected', at: 0 }];
      let at = 0;
      turns.forEach((turn, i) => {
        at += turn % (patience - 1);
        signals.push({ userId: 'ada', sessionId: `tab${String((i + 1) % 2)}`, epoch: i + 1, type: 'connected', at });
        signals.push({ userId: 'ada', sessionId: `tab${String(i % 2)}`, epoch: i, type: 'disconnected', at, cause });
      });
      const untouched = firstCell(policy.whileReported['none']?.untouched ?? policy.untouched);
      ok(seen(policy, signals, at).filter((change) => change.at > 0 && change.at < untouched).length === 0);
    }),
  ),
];
