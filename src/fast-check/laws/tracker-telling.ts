import { createTracker } from '../../index.js';
import type { Change, Policy, SessionChange, ShownPresence, Tracker } from '../../index.js';
import { calls, endOf, Host, Store, userIds } from '../calls.js';
import { facts, userId } from '../facts.js';
import { instants, latestOf, maybe, orders, reordered } from '../instants.js';
import { law } from '../law.js';
import type { Draft } from '../law.js';
import { equal, proven } from '../proof.js';
import { bottomOf } from '../reading.js';

/** 1, 11 and 12, of what a tracker tells. */
export const trackerTelling: readonly Draft[] = [
  law('changes chain, never `from = to`, and replaying them gives what the tracker reads', {
    given: (fc, policy) => fc.record({ said: calls(fc, policy, { users: userIds }), later: maybe(fc, instants(fc, policy)) }),
    then: ({ said, later }, policy) => {
      const host = new Host(policy);
      const replay = new Replay(host.tracker, policy);
      for (const call of said) replay.hear(host.hear(call));
      if (later !== undefined) replay.hear(host.tracker.advanceTo(host.now + later));
    },
  }),
  law('a tracker and a store of rows that are fed the same signals tell the same changes', {
    given: (fc, policy) => fc.record({ said: calls(fc, policy, { leastMs: 1 }), later: instants(fc, policy) }),
    then: ({ said, later }, policy) => {
      const tracker = createTracker({ policy });
      const store = new Store(policy);
      const told: Change[] = [];
      for (const { now, signal } of said) {
        told.push(...tracker.observe(signal, now), ...tracker.advanceTo(now));
        store.call(now, signal);
      }
      const end = endOf(said) + later;
      told.push(...tracker.advanceTo(end));
      store.call(end);
      equal(told, store.changes);
      equal(tracker.evidence(userId), store.row?.evidence);
    },
  }),
  law('two trackers that are fed the same numbered signals in different orders agree', {
    given: (fc, policy) => fc.record({ facts: fc.array(facts(fc, policy), { maxLength: 6 }), order: orders(fc), later: instants(fc, policy) }),
    then: ({ facts: said, order, later }, policy) => {
      const now = latestOf(said);
      const heard = said.filter(({ at }) => now - at < policy.keepSessionMs); // what is older is refused, or remembered no longer
      const [one, other] = [heard, reordered(heard, order)].map((inOrder) => {
        const tracker = createTracker({ policy });
        for (const fact of inOrder) tracker.observe(fact, now);
        tracker.advanceTo(now); // what was told until then depends on the order, what is told from then on does not
        const changes = tracker.advanceTo(now + later).map((change) => ({ ...change, because: undefined }));
        const { because: _, sessions, ...answer } = tracker.user(userId);
        return { ...answer, changes, sessions: sessions.map((session) => [session.sessionId, session.status]) };
      });
      equal(one, other);
    },
  }),
];

/** What somebody knows who only hears the changes, compared with what the tracker reads. */
class Replay {
  private readonly tracker: Tracker;
  private readonly bottom: SessionChange['to'];
  private readonly statuses: Map<string, string>;
  private readonly details = new Map<string, ShownPresence['details']>();
  private readonly sessions = new Map<string, SessionChange['to']>();
  private at = Number.NEGATIVE_INFINITY;

  constructor(tracker: Tracker, policy: Policy) {
    this.tracker = tracker;
    this.bottom = { status: bottomOf(policy), departed: false };
    this.statuses = new Map(userIds.map((id) => [id, tracker.status(id)]));
  }

  hear(changes: readonly Change[]): void {
    for (const change of changes) this.take(change);
    for (const id of userIds) {
      const { status, details } = this.tracker.shown(id);
      equal([status, details], [this.statuses.get(id), this.details.get(id)]);
      for (const session of this.tracker.user(id).sessions) {
        const state = { status: session.status, departed: session.departure !== undefined };
        equal(state, this.lastOf(id, session.sessionId, state));
      }
    }
  }

  private take(change: Change): void {
    proven(change.at >= this.at, 'changes come in the order of time');
    this.at = change.at;
    if (change.type === 'rejected') return;
    if (change.type === 'session') {
      equal(change.from, this.lastOf(change.userId, change.sessionId, change.from));
      proven(JSON.stringify(change.to) !== JSON.stringify(change.from), 'a change changes something');
      this.sessions.set(JSON.stringify([change.userId, change.sessionId]), change.to);
      return;
    }
    this.details.set(change.userId, change.shown.details);
    if (change.type === 'claim') return;
    equal(change.from, this.statuses.get(change.userId));
    proven(change.to !== change.from, 'a change changes something');
    equal(change.shown.status, change.to);
    this.statuses.set(change.userId, change.to);
  }

  /** What was told last of a session; they begin anew after collection, which a replay does not see. */
  private lastOf(id: string, sessionId: string, { departed }: SessionChange['to']): SessionChange['to'] {
    const last = this.sessions.get(JSON.stringify([id, sessionId])) ?? this.bottom;
    return last.status === this.bottom.status && !departed ? this.bottom : last;
  }
}
