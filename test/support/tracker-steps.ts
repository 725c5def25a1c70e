// Random calls on a tracker, as data: single ones, and stories in which one call prepares another.

import type { Arbitrary } from 'fast-check';
import type { Beat, Claim, Connected, Policy, Says, Signal, Unstamped } from 'presence-model';
import { claims, facts, heard, ids, instants, lengths, maybe, thresholds } from './arbitraries.js';
import type { Fact, FastCheck } from './arbitraries.js';
import type { Spoken } from './oracle-tracker.js';

export const userIds: readonly string[] = ['a', '__proto__', 'constructor', ''];
const sessionIds: readonly string[] = ['s', '__proto__', 't', 'constructor'];

/** When a call is made: so long after the tracker's now, or so near to what it waits for. */
export type When = { readonly after: number } | { readonly next: number };
/** Its instants are lengths: `at` and `activeAt` before the call, `expiresAt` after it, less `off`. */
export interface Relative { readonly off: number }
export type Step =
  | { readonly do: 'open'; readonly when: When; readonly hello: Unstamped<Omit<Connected, 'type'>> & Relative }
  | { readonly do: 'say'; readonly when: When; readonly handle: number; readonly spoken: Spoken & { readonly uncounted?: boolean } & Relative }
  | { readonly do: 'beat'; readonly when: When; readonly handle: number; readonly beat: Beat }
  | { readonly do: 'observe'; readonly when: When; readonly signal: Unstamped<Signal>; readonly off: number }
  | { readonly do: 'repeat'; readonly when: When; readonly which: number }
  | { readonly do: 'advance'; readonly when: When; readonly limit?: number | undefined; readonly again: boolean }
  | { readonly do: 'poll'; readonly length: number; readonly limit?: number | undefined }
  | { readonly do: 'merge'; readonly when: When; readonly facts: readonly Fact[]; readonly ahead: number; readonly forgetAfter?: number | undefined }
  | { readonly do: 'mergeBack'; readonly when: When; readonly which: number; readonly userId: string }
  | { readonly do: 'gap'; readonly before: number; readonly length: number }
  | { readonly do: 'restore'; readonly resumedAfter?: number | undefined; readonly isOtherPolicy: boolean };

function whens(fc: FastCheck, policy: Policy): Arbitrary<When> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.record({ after: lengths(fc, policy) }) },
    { weight: 3, arbitrary: fc.record({ next: fc.constantFrom(0, 0, -1, 1) }) },
    { weight: 2, arbitrary: fc.constant({ after: 0 }) },
    { weight: 1, arbitrary: fc.record({ after: instants(fc, policy) }) },
    { weight: 1, arbitrary: fc.record({ after: fc.constantFrom(-1, -3, policy.keepSessionMs - 1, policy.keepSessionMs, policy.keepLastSeenMs) }) },
  );
}

/** One call, or some that make a story. */
export function steps(fc: FastCheck, policy: Policy): Arbitrary<readonly Step[]> {
  const when = whens(fc, policy);
  const userId = fc.constantFrom(...userIds, 'a', 'a', 'a', 'a');
  const sessionId = fc.constantFrom(...sessionIds, 's', 's', 's', 's');
  const off = fc.constantFrom(0, 0, -1, 1, 4);
  const report = maybe(fc, fc.constantFrom(...Object.keys(policy.reports), 'unheard of'));
  const quietForMs = maybe(fc, fc.oneof(lengths(fc, policy), fc.constantFrom(policy.maxQuietMs, policy.maxQuietMs + 1)), 1 / 4);
  const uncounted = maybe(fc, fc.boolean(), 1 / 5);
  const says = { report, activeAt: maybe(fc, instants(fc, policy), 1 / 3), quietForMs };
  const cause = maybe(fc, fc.constantFrom(...Object.keys(policy.departures), 'unheard of'));
  const epoch = maybe(fc, fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 60 })), 1 / 5);
  const late = maybe(fc, fc.oneof(lengths(fc, policy), fc.constantFrom(policy.keepSessionMs - 1, policy.keepSessionMs)), 1 / 4);
  const handle = fc.nat();
  const claim = fc.record({ type: fc.constant('claimed' as const), at: late, claim: claims(fc, policy) });
  const takenBack = fc.oneof(
    fc.record({ type: fc.constant('unclaimed' as const), at: late, claimId: ids(fc) }),
    fc.record({ type: fc.constant('cleared' as const), at: late }),
  );
  const declaring = fc.oneof({ weight: 4, arbitrary: claim }, { weight: 1, arbitrary: takenBack });
  const quiet = fc.record({ type: fc.constant('heartbeat' as const), userId, sessionId, at: late }); // it says nothing else
  const said = fc.oneof({ weight: 4, arbitrary: heard(fc, policy) }, { weight: 1, arbitrary: declaring }, { weight: 1, arbitrary: quiet });
  const signal = fc.tuple(said, userId, sessionId, late).map(([one, user, session, at]) =>
    clean<Unstamped<Signal>>({ ...one, userId: user, at, ...('sessionId' in one && { sessionId: session }) } as Unstamped<Signal>));
  const spoken = fc.oneof(
    { weight: 4, arbitrary: fc.record({ type: fc.constant('heartbeat' as const), ...says, uncounted, off }) },
    { weight: 3, arbitrary: fc.record({ type: fc.constant('heartbeat' as const), off }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('activity' as const), report, off }) },
    { weight: 3, arbitrary: fc.record({ type: fc.constant('disconnected' as const), cause, off }) },
  ).map((said) => clean(said) as Spoken & Relative);
  const beat = fc.record({
    type: fc.constantFrom('connected', 'heartbeat', 'heartbeat', 'disconnected'), sessionId, epoch: fc.nat({ max: 60 }), report,
    inactiveForMs: maybe(fc, lengths(fc, policy)), quietForMs, cause,
  }).map((told) => clean(told) as unknown as Beat);
  const limit = maybe(fc, fc.integer({ min: 1, max: 3 }), 2 / 3);
  const ahead = fc.oneof(fc.constant(0), lengths(fc, policy)); // another machine's clock
  const merged = fc.tuple(fc.array(facts(fc, policy), { maxLength: 5 }), userId).map(([list, user]) => list.map((fact): Fact => ({ ...fact, userId: user })));
  const call = <K extends Step['do']>(kind: K, fields: object): Arbitrary<Step> =>
    fc.record({ do: fc.constant(kind), ...fields }).map((step) => step as unknown as Step);
  const hello = (who: Arbitrary<string>, which: Arbitrary<string>): Arbitrary<object> =>
    fc.record({ userId: who, sessionId: which, at: late, epoch, ...says, uncounted, off }).map(clean);
  const open = call('open', { when, hello: hello(userId, sessionId) });
  const advance = call('advance', { when, limit, again: fc.boolean() });
  const step = fc.oneof(
    { weight: 4, arbitrary: open },
    { weight: 7, arbitrary: call('say', { when, handle, spoken }) },
    { weight: 2, arbitrary: call('beat', { when, handle, beat }) },
    { weight: 6, arbitrary: call('observe', { when, signal, off }) },
    { weight: 1, arbitrary: call('repeat', { when, which: fc.nat() }) },
    { weight: 5, arbitrary: advance },
    { weight: 1, arbitrary: call('poll', { length: fc.nat({ max: 4 }), limit }) },
    { weight: 2, arbitrary: call('merge', { when, facts: merged, ahead, forgetAfter: maybe(fc, instants(fc, policy), 1 / 3) }) },
    { weight: 1, arbitrary: call('mergeBack', { when, which: fc.nat(), userId }) },
    { weight: 1, arbitrary: call('gap', { before: lengths(fc, policy), length: lengths(fc, policy) }) },
    { weight: 1, arbitrary: call('restore', { resumedAfter: maybe(fc, lengths(fc, policy)), isOtherPolicy: fc.constantFrom(false, false, false, true) }) },
  );
  const hand = (index: number, said: Arbitrary<Spoken & Relative>): Arbitrary<Step> => call('say', { when, handle: fc.constant(index), spoken: said });
  const alive = fc.record({ type: fc.constant('heartbeat' as const), ...says, off }).map((told) => clean(told) as Spoken & Relative);
  const aliveOnly = fc.constant({ type: 'heartbeat' as const, off: 0 });
  const ended = fc.record({ type: fc.constant('disconnected' as const), cause, off }).map((told) => clean(told) as Spoken & Relative);
  const opens = (session: string, said: object = {}): Arbitrary<Step> =>
    call('open', { when, hello: hello(fc.constant('a'), fc.constant(session)).map((told) => ({ ...told, ...said })) });
  const between = maybe(fc, step, 1 / 4);
  const claimed = fc.tuple(when, declaring, off)
    .map(([at, told, by]): Step => ({ do: 'observe', when: at, signal: clean({ ...told, userId: 'a' } as Unstamped<Signal>), off: by }));

  // a duplicated tab: two connections of one session, the newer ends, the older says that it is alive
  const duplicated = fc.tuple(opens('s'), opens('s'), between, hand(0, ended), between, hand(1, alive));
  // a handle that outlives its session: it beats, is silent until all is over and another has come, and beats again
  const longest = policy.keepSessionMs + policy.maxQuietMs + 2 * Math.max(0, ...thresholds(policy));
  const silence = call('advance', { when: fc.constant({ after: longest }), limit: fc.constant(undefined), again: fc.constant(false) });
  const back = fc.record({ type: fc.constant('connected' as const), userId: fc.constant('a'), sessionId: fc.constantFrom('s', 't'), epoch: fc.constantFrom(-1, 3) });
  const first = fc.oneof(opens('s'), opens('s', { epoch: 3, uncounted: true }));
  const outlived = fc.tuple(claimed, first, hand(0, aliveOnly), silence, call('observe', { when, signal: back, off }), hand(0, aliveOnly), between, hand(0, aliveOnly));
  // what does not count goes on after what did
  const background = fc.tuple(opens('t'), hand(0, ended), advance, opens('s', { uncounted: true }), hand(0, aliveOnly), between, hand(0, aliveOnly), advance);
  // several users of whom something is due at one instant, and a limit that may lie within it
  const crowd = fc.tuple(fc.record(says).map((told) => clean(told) as Says), fc.subarray([...userIds], { minLength: 2 }), fc.integer({ min: 1, max: 2 }), between)
    .map(([told, who, most, then]) => [
      ...who.map((one): Step => ({ do: 'open', when: { after: 0 }, hello: { ...told, userId: one, sessionId: 's', off: 0 } })),
      { do: 'advance', when: { next: 0 }, limit: most, again: false } as const, then, { do: 'advance', when: { next: 1 }, limit: most, again: true } as const,
    ]);
  const fallenAsleep = crowd.map((list): (Step | undefined)[] => [...list.slice(0, -2), { do: 'restore', isOtherPolicy: false }, ...list.slice(-2)]);
  const declared = fc.array(claimed, { minLength: 4, maxLength: 6 });
  // more claims than the limit, as another server took them
  const overfull = fc.tuple(fc.uniqueArray(claims(fc, policy), { minLength: 3, maxLength: 4, selector: ({ id }) => id }), when).map(([list, at]): Step[] => [
    { do: 'merge', when: at, ahead: 0, facts: list.map((one): Fact => ({ type: 'claimed', userId: 'a', at: 0, claim: one })) },
    ...list.slice(0, 2).map((one): Step => ({ do: 'observe', when: { after: 1 }, signal: { type: 'claimed', userId: 'a', claim: one }, off: 0 })),
  ]);
  // hosts of plain signals do not number their connections: a transport ends, and the session beats on
  const unnumbered = fc.tuple(fc.constantFrom('connected', 'disconnected', 'heartbeat', 'heartbeat'), when, cause, late).map(([type, at, why, by]): Step => {
    const of = { userId: 'a', sessionId: 's', at: by };
    return { do: 'observe', when: at, off: 0, signal: clean(type === 'disconnected' ? { ...of, type, cause: why } : { ...of, type }) as Unstamped<Signal> };
  });
  // a client says at every beat what stands, and when it was used last, or is used, over a handle or over plain signals
  const standing = fc.constantFrom(...Object.keys(policy.reports));
  const used = fc.record({
    activeAt: maybe(fc, fc.oneof(fc.nat({ max: 2 }), lengths(fc, policy)), 2 / 3), at: late, isPlain: fc.boolean(), isActivity: maybe(fc, fc.constant(true), 1 / 6),
    when: fc.oneof(fc.record({ after: fc.nat({ max: 3 }) }), when),
  });
  const faithful = fc.tuple(standing, opens('s'), fc.array(used, { minLength: 4, maxLength: 8 })).map(([word, first, list]) => [first, ...list.map((beat): Step => {
    const says = { type: 'heartbeat' as const, report: word, activeAt: beat.activeAt };
    if (beat.isActivity) return { do: 'say', when: beat.when, handle: 0, spoken: { type: 'activity', off: 0 } };
    return beat.isPlain
      ? { do: 'observe', when: beat.when, off: 0, signal: clean({ ...says, at: beat.at, userId: 'a', sessionId: 's' }) as Unstamped<Signal> }
      : { do: 'say', when: beat.when, handle: 0, spoken: clean({ ...says, off: 0 }) as Spoken & Relative };
  })]);
  const plain = fc.array(unnumbered, { minLength: 3, maxLength: 5 });
  const tabs = fc.tuple(...sessionIds.slice(0, 3).map((session) => opens(session)));
  // what was claimed here was taken back there, so long ago that of both nothing is left
  const oldNews = fc.record({ claim: claims(fc, policy), who: userId, length: fc.nat({ max: 2 }), isAll: fc.boolean() }).map(({ claim: made, who, length, isAll }): Step[] => [
    { do: 'observe', when: { after: 0 }, signal: { type: 'claimed', userId: who, claim: made }, off: 0 },
    { do: 'merge', when: { after: policy.keepSessionMs + length }, ahead: 0,
      facts: [{ ...(isAll ? { type: 'cleared' } : { type: 'unclaimed', claimId: made.id }), userId: who, at: policy.keepSessionMs * 2 }] },
  ]);
  const stories: Arbitrary<readonly (Step | undefined)[]>[] =
    [duplicated, duplicated, outlived, background, crowd, fallenAsleep, declared, overfull, plain, faithful, tabs, oldNews];
  return fc.oneof({ weight: 3, arbitrary: step.map((one): readonly (Step | undefined)[] => [one]) }, { weight: 1, arbitrary: fc.oneof(...stories) })
    .map((list) => list.filter((one): one is Step => one !== undefined));
}

/** The same with absent fields absent. */
export function clean<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T;
}

/** A relative signal made absolute: an `at` of 0 is `off` before the call, so it may lie beyond it. */
export function absolute<T extends object>(said: T, now: number, off: number): T {
  const { at, activeAt, claim } = said as { readonly at?: number; readonly activeAt?: number; readonly claim?: Claim };
  return clean({
    ...said, off: undefined,
    ...(at !== undefined && { at: now - at - off }),
    ...(activeAt !== undefined && { activeAt: now - activeAt - off }),
    ...(claim?.expiresAt !== undefined && { claim: { ...claim, expiresAt: now + claim.expiresAt - off } }),
  });
}
