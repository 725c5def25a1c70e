import { askings, calls, endOf, Host, read, stored, userIds, whole } from '../calls.js';
import type { Call } from '../calls.js';
import { userId } from '../facts.js';
import { gaps, instants, lengths } from '../instants.js';
import { law } from '../law.js';
import type { Draft } from '../law.js';
import { equal } from '../proof.js';
import { shift, shifts } from '../shift.js';

/** 3 of a row in a store, 4 of both hosts, and 14 as far as answers tell. */
export const stepping: readonly Draft[] = [
  law('one jump in time equals many steps, for a row in a store', {
    given: (fc, policy) => fc.record({
      said: askings(fc, policy), steps: fc.array(lengths(fc, policy), { minLength: 1, maxLength: 6 }), gaps: gaps(fc, policy),
    }),
    then: ({ said, steps, gaps: spans }, policy) => {
      const [jumping, stepping] = [stored(policy, said, spans), stored(policy, said, spans)];
      let now = endOf(said);
      for (const step of steps) stepping.call(now += step);
      jumping.call(now);
      equal(stepping.changes, jumping.changes);
      equal(stepping.row, jumping.row);
    },
  }),
  law('one jump in time equals asking every millisecond, for a row in a store', {
    given: (fc, policy) => fc.record({ said: askings(fc, policy), length: fc.nat({ max: 60 }), gaps: gaps(fc, policy), before: lengths(fc, policy) }),
    then: ({ said, length, gaps: spans, before: first }, policy) => {
      const [jumping, polling] = [stored(policy, said, spans), stored(policy, said, spans)];
      const from = endOf(said) + Math.max(0, first - length);
      for (let now = from; now <= from + length; now++) polling.call(now);
      jumping.call(from + length);
      equal(polling.changes, jumping.changes);
      equal(polling.row, jumping.row);
    },
  }),
  law('time never goes back: an earlier `now` counts as the latest, for a tracker and for a row in a store', {
    given: (fc, policy) => fc.record({ said: calls(fc, policy), more: calls(fc, policy, { most: 3 }), back: lengths(fc, policy) }),
    then: ({ said, more, back }, policy) => {
      const end = endOf(said);
      const [now, then] = [end, end - back].map((at) => more.map((call) => ({ ...call, now: at })));
      const [punctual, late] = [now, then].map((calls = []) => {
        const [host, store] = [new Host(policy).hearAll(said), stored(policy, said)];
        host.tracker.advanceTo(end);
        store.call(end);
        const told = [...calls.flatMap((call) => host.hear(call)), ...host.tracker.advanceTo(end - back)];
        const known = store.row === undefined ? [] : calls.slice(0, 1); // nothing tells the time of somebody unknown
        return [told, whole(host.tracker), known.map((call) => store.call(call.now, call.signal)), store.row];
      });
      equal(late, punctual);
    },
  }),
  law('shifting every instant by k shifts every change by k, for a tracker and for a row in a store', {
    given: (fc, policy) => fc.record({ said: calls(fc, policy), later: instants(fc, policy), k: shifts(fc) }),
    when: ({ said }) => said.length > 0,
    then: ({ said, later, k }, policy) => {
      // A connection that nobody numbers is numbered by an instant: so numbers move too.
      const moved = said.map((call) => ({ ...call, ...(shift(call, k, true) as Call), now: call.now + k }));
      const [one, other] = [new Host(policy), new Host(policy)];
      const end = endOf(said) + later;
      const told = [...said.flatMap((call) => one.hear(call)), ...one.tracker.advanceTo(end)];
      equal([...moved.flatMap((call) => other.hear(call)), ...other.tracker.advanceTo(end + k)], shift(told, k, true));
      equal(userIds.map((id) => other.tracker.user(id)), shift(userIds.map((id) => one.tracker.user(id)), k, true));
      equal(stored(policy, moved).changes, shift(stored(policy, said).changes, k, true));
    },
  }),
  law('the same calls get the same answers, however often they are made', {
    given: (fc, policy) => fc.record({ said: calls(fc, policy, { users: userIds }), later: instants(fc, policy) }),
    then: ({ said, later }, policy) => {
      const answers = (): unknown => {
        const host = new Host(policy);
        const changes = said.map((call) => host.hear(call));
        const store = stored(policy, said.map((call) => ({ ...call, signal: { ...call.signal, userId } })));
        return [changes, host.tracker.advanceTo(host.now + later), read(host.tracker), store.changes, store.row];
      };
      equal(answers(), answers());
    },
  }),
];
