import { describe, expect, it } from 'vitest';
import { defaultPolicy, definePolicy, deriveSession, deriveUser, explain } from 'presence-model';
import type { Policy, SessionFacts, UserPresence } from 'presence-model';
import { beat, claimed, connected, disconnected, heard, nothing, thrownBy } from './said.js';

const untouched = definePolicy({ untouched: { idle: 30_000 } });

describe('explain', () => {
  it.each<{ facts: SessionFacts; now: number; policy?: Policy; sentence: string }>([
    { facts: { seenAt: 0 }, now: 0, sentence: 'tab is active because nothing speaks against it; next change in 15 s, at 15000.' },
    { facts: {}, now: 0, sentence: 'tab is offline because it was never seen alive; nothing changes until it is heard.' },
    {
      facts: { seenAt: 0 }, now: 20_000,
      sentence: 'tab is idle because nothing was heard for 20 s (since 0; idle after 15 s, at 15000); next change in 40 s, at 60000.',
    },
    {
      facts: { seenAt: 50_000, activeAt: 0 }, now: 60_000,
      sentence: 'tab is idle because nothing was done for 1 min (since 0; idle after 1 min, at 60000); next change in 50 s, at 110000.',
    },
    {
      facts: { firstSeenAt: 0, seenAt: 25_000 }, now: 31_000, policy: untouched,
      sentence: 'tab is idle because it was never touched for 31 s (since 0; idle after 30 s, at 30000); next change in 54 s, at 85000.',
    },
    {
      facts: { seenAt: 0, report: { word: 'background', at: 0, since: 0 } }, now: 20_000,
      sentence: 'tab is away because reported background for 20 s (since 0); next change in 2 min 40 s, at 180000.',
    },
    {
      facts: { seenAt: 0, departures: { closed: 0 } }, now: 5_001,
      sentence: 'tab is offline because its connection ended (closed) 5 s 1 ms ago (since 0; offline after 5 s, at 5000); nothing changes until it is heard.',
    },
    {
      facts: { seenAt: 0, departures: { left: 100 } }, now: 50,
      sentence: 'tab is offline because its connection ended (left) 0 s ago (since 100; offline after 0 s, at 100); nothing changes until it is heard.',
    },
  ])('says of a session: $sentence', ({ facts, now, policy = defaultPolicy, sentence }) => {
    expect(explain(deriveSession({ sessionId: 'tab', epoch: 1, ...facts }, policy, now))).toBe(sentence);
  });

  const tab = beat(0);
  it.each<{ presence: UserPresence; sentence: string }>([
    { presence: deriveUser(nothing, defaultPolicy, 0), sentence: 'ada is offline because no session counts; nothing changes until somebody is heard.' },
    {
      presence: deriveUser(heard(tab), defaultPolicy, 20_000),
      sentence: 'ada is idle because tab: nothing was heard for 20 s (since 0; idle after 15 s, at 15000); next tab changes in 40 s, at 60000.',
    },
    {
      presence: deriveUser(heard(tab), defaultPolicy, 240_000),
      sentence: 'ada is offline because tab: nothing was heard for 4 min (since 0; offline after 4 min, at 240000); '
        + 'next the last seen is dropped in 6 d 23 h 56 min, at 604800000.',
    },
    {
      presence: deriveUser(heard(tab, claimed(5, { id: 'q', show: 'away', expiresAt: 30_000 })), defaultPolicy, 20_000),
      sentence: 'ada is away because claim q shows away (since 5, until 30000; idle without claims); next claim q ends in 10 s, at 30000.',
    },
    {
      presence: deriveUser(heard(tab, claimed(5, { id: 'q', atMost: 'away' })), defaultPolicy, 10_000),
      sentence: 'ada is away because claim q caps at away (since 5, until it is taken back; active without claims); next tab changes in 5 s, at 15000.',
    },
    {
      presence: deriveUser(heard(tab, claimed(5, { id: 'q', atLeast: 'active', expiresAt: 60_000 })), defaultPolicy, 20_000),
      sentence: 'ada is active because claim q raises to active (since 5, until 60000; idle without claims); next tab changes and claim q ends in 40 s, at 60000.',
    },
    {
      presence: deriveUser(heard(tab), definePolicy({ shownAs: { stale: 'away' } }), 180_000),
      sentence: 'ada is away (shown for stale) because tab: nothing was heard for 3 min (since 0; stale after 3 min, at 180000); next tab changes in 1 min, at 240000.',
    },
  ])('says of a user: $sentence', ({ presence, sentence }) => {
    expect(explain(presence)).toBe(sentence);
  });

  it('says why ada is away once her laptop fell silent and her phone was put away', () => {
    const evidence = heard(
      connected(0, { sessionId: 'laptop' }), connected(2_000, { sessionId: 'phone', report: 'background' }),
      beat(9_000, { sessionId: 'laptop' }), disconnected(10_000, 'dropped', { sessionId: 'laptop' }),
    );
    expect(explain(deriveUser(evidence, defaultPolicy, 30_000)))
      .toBe('ada is away because phone: reported background for 28 s (since 2000); next phone changes in 2 min 32 s, at 182000.');
  });

  it.each([
    { value: null, what: 'null' }, { value: 5, what: '5' }, { value: {}, what: 'an object' }, { value: [], what: 'a list' }, { value: undefined, what: 'nothing' },
  ])('refuses $what', ({ value, what }) => {
    expect(thrownBy(() => explain(value as never))).toBe(`TypeError: Expected \`presence\` to be the presence of a user or a session, received ${what}.`);
  });
});
