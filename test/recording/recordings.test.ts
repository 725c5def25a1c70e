// Every recording against what the people in it did.
import { defaultPolicy, deriveUser, observe as take, parseSignal } from 'presence-model';
import type { Numbered, Signal, UserEvidence } from 'presence-model';
import { describe, expect, it } from 'vitest';
import { boundsOf, defaultWishes } from './bounds.js';
import {
  findings,
  measured,
  observeAll,
  perspectives,
  tableOf,
  type Observations,
  type Observed,
} from './findings.js';
import { inHindsight, play, readRecording, stepsOf, stories, type StoryName } from './replay.js';

/** All that the tests look at, made once for each recording, when the first of its tests asks for it. */
function replay(story: StoryName) {
  const recording = readRecording(story);
  const { changes, host } = play(recording.heard, defaultPolicy, recording.truth.until);
  const views = { 'at the time': stepsOf(changes), afterwards: inHindsight(recording, defaultPolicy) };
  const bounds = boundsOf(recording.truth, defaultPolicy);
  const observations = observeAll(story, recording, views, defaultPolicy, defaultWishes);
  return { ...recording, changes, host, views, bounds, observations };
}
const known = new Map<StoryName, ReturnType<typeof replay>>();
function replayed(story: StoryName): ReturnType<typeof replay> {
  const it = known.get(story) ?? replay(story);
  known.set(story, it);
  return it;
}
const unexplained = (observed: readonly Observed[], is: Observed['is']): readonly Observed[] =>
  observed.filter((one) => one.is === is && !findings.some(({ explains }) => explains(one)));

describe.each(stories)('%s', (story) => {
  it('is told in full: everybody who was heard did something, and was there once', () => {
    const { signals, truth, views } = replayed(story);
    const users = new Set(signals.map(({ userId }) => userId));
    expect(new Set(truth.pages.map(({ userId }) => userId))).toEqual(users);
    for (const seen of perspectives) {
      for (const userId of users)
        expect(views[seen].get(userId)?.[0]?.status, `${userId} ${seen}`).toMatch(/active|idle|away/);
    }
  });

  it.each(perspectives)('shows nobody offline who is there, %s', (seen) => {
    const { views, bounds, truth } = replayed(story);
    // A deed was written down up to a quarter of a second before or after it was done.
    const isThere = (userId: string, at: number): boolean =>
      [at - 250, at, at + 250].every((instant) =>
        bounds
          .get(userId)
          ?.some(({ from, until, least }) => from <= instant && instant < until && least !== 'offline'),
      );
    const falls = [...views[seen]].flatMap(([userId, steps]) =>
      steps
        .filter(({ at, status }) => at < truth.until && status === 'offline' && isThere(userId, at))
        .map(({ at }) => ({ userId, at })),
    );
    expect(falls).toEqual([]);
  });

  it.each(perspectives)('shows nobody there who was gone for longer than the policy allows, %s', (seen) => {
    expect(unexplained(replayed(story).observations[seen], 'too high')).toEqual([]);
  });

  it.each(perspectives)('shows nobody less present than what they do, %s', (seen) => {
    expect(unexplained(replayed(story).observations[seen], 'too low')).toEqual([]);
  });

  it.each(perspectives)('shows no flicker that nobody caused, %s', (seen) => {
    expect(unexplained(replayed(story).observations[seen], 'flicker')).toEqual([]);
  });

  it('refuses nothing, and its changes chain', () => {
    const last = new Map<string, string>();
    for (const change of replayed(story).changes) {
      expect(change.type).not.toBe('rejected');
      if (change.type !== 'user') continue;
      expect(change.from).toBe(last.get(change.userId) ?? 'offline');
      expect(change.to).not.toBe(change.from);
      last.set(change.userId, change.to);
    }
    expect(last.size).toBeGreaterThan(0);
  });

  it('becomes signals that the library takes: numbered, and none from the future', () => {
    const { heard } = replayed(story);
    const bad = heard.filter(({ now, signal }, index) => {
      const isLater = now >= (heard[index - 1]?.now ?? 0);
      if (signal === undefined) return !isLater;
      const isNumbered = !('sessionId' in signal) || signal.epoch !== undefined;
      return !isLater || !isNumbered || signal.at > now || !parseSignal(signal, defaultPolicy).ok;
    });
    expect(bad).toEqual([]);
  });

  it('is the same evidence in any order, and the host answers as the model does', () => {
    const {
      signals,
      gaps,
      host,
      truth: { until },
    } = replayed(story);
    const forwards = evidenceOf(signals);
    expect(evidenceOf([...signals].reverse())).toEqual(forwards);

    const before = evidenceOf(signals.filter(({ at }) => at < until));
    const presences = host.presences(until - 1);
    expect(presences.map(({ userId }) => userId).sort()).toEqual([...before.keys()].sort());
    for (const { userId, status, nextChangeAt } of presences) {
      const model = deriveUser(
        before.get(userId) ?? { userId, sessions: [], claims: [] },
        defaultPolicy,
        until - 1,
        gaps,
      );
      expect({ userId, status, nextChangeAt }).toEqual({
        userId,
        status: model.status,
        nextChangeAt: model.nextChangeAt,
      });
    }
  });
});

describe('FINDINGS.md', () => {
  it('tells all that deviates under the default policy, and nothing else', () => {
    const all = new Map<StoryName, Observations>(
      stories.map((story) => [story, replayed(story).observations]),
    );
    expect(measured('default policy')).toBe(tableOf(all));
    const observed = [...all.values()].flatMap((one) => perspectives.flatMap((seen) => one[seen]));
    for (const { id, explains } of findings) expect(observed.some(explains), id).toBe(true);
  });
});

function evidenceOf(signals: readonly Signal[]): ReadonlyMap<string, UserEvidence> {
  const all = new Map<string, UserEvidence>();
  for (const signal of signals)
    all.set(signal.userId, take(all.get(signal.userId), signal as Numbered<Signal>));
  return all;
}
