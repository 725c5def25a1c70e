// FINDINGS.md says what cannot be as one would wish, and by how much. Its numbers are measured here.
import { defaultPolicy, definePolicy } from 'presence-model';
import type { Change, Signal } from 'presence-model';
import { describe, expect, it } from 'vitest';
import type { Heard } from '../../docs/examples/recording.js';
import {
  findings,
  measured,
  observationsOf,
  patientPolicy,
  patientWishes,
  tableOf,
  tableText,
} from './findings.js';
import { read } from '../support/files.js';
import { play, readRecording, stepsOf, stories, type Recording } from './replay.js';

const browserStories = stories.filter((story) => story !== 'thousand');

const shownOf = (recording: Recording, userId: string, changes: readonly Change[]): readonly string[] =>
  (stepsOf(changes).get(userId) ?? [])
    .filter(({ at }) => at < recording.truth.until)
    .map(({ status }) => status);
/** Gaps between neighbours, longest first. */
const gapsBetween = (instants: readonly number[]): readonly number[] =>
  instants
    .slice(1)
    .map((at, index) => at - (instants[index] ?? at))
    .sort((a, b) => b - a);
function beatsBySession({ events }: Recording): ReadonlyMap<string, readonly number[]> {
  const beats = new Map<string, number[]>();
  for (const event of events) {
    if (event.event === 'heartbeat')
      beats.set(event.sessionId, [...(beats.get(event.sessionId) ?? []), event.at]);
  }
  return beats;
}

describe('FINDINGS.md', () => {
  it('shows that a patient policy mends two of them and breaks nothing', () => {
    const observations = new Map(
      browserStories.map((story) => [story, observationsOf(story, patientPolicy, patientWishes)]),
    );
    expect(measured('patient policy')).toBe(tableOf(observations));
    expect(measured('patient policy')).not.toMatch(/tabs change places|frozen/);
    const all = [...observations.values()].flatMap((one) => [...one['at the time'], ...one.afterwards]);
    expect(all.filter((one) => !findings.some(({ explains }) => explains(one)))).toEqual([]);
  });

  it('tells what a host pays that keeps its gaps to itself', () => {
    const recording = readRecording('server-restart');
    const {
      heard,
      truth: { until },
    } = recording;
    const rows = [['told', heard], ['not told', heard.filter(({ gap }) => gap === undefined)] as const].map(
      ([gaps, list]) => {
        const changes = play(list as readonly Heard[], defaultPolicy, until).changes.filter(
          (change) => change.type === 'user',
        );
        const stale = changes.filter(({ to }) => to === 'stale');
        return [gaps as string, changes.length, new Set(stale.map(({ userId }) => userId)).size];
      },
    );
    expect(measured('without gaps')).toBe(
      tableText(['gaps', 'changes published', 'users shown stale who were there'], rows),
    );
    expect(rows[0]?.[2]).toBe(0);
    expect(rows[1]?.[2]).toBeGreaterThan(10);
  });

  it('counts the goodbyes that were lost', () => {
    const { events, truth } = readRecording('thousand');
    const ways = truth.pages.flatMap(({ stays }) =>
      stays.flatMap(({ situation }) => (situation.is === 'gone' ? situation.way : [])),
    );
    const rows = (
      [
        ['page_closed', 'closed'],
        ['sign_out', 'signed out'],
      ] as const
    ).map(([event, way]) => {
      const said = ways.filter((one) => one === way).length;
      const heard = events.filter((one) => one.event === event).length;
      return [event, said, heard, said - heard] as const;
    });
    expect(measured('lost goodbyes')).toBe(tableText(['word', 'said', 'heard', 'lost'], rows));
    const sum = (column: 1 | 3): string => String(rows.reduce((all, row) => all + row[column], 0));
    expect(read('docs/guide/heartbeats.md').replaceAll('\n', ' ')).toMatch(new RegExp(`of ${sum(1)} recorded goodbyes .* ${sum(3)} were never heard`));
  });

  it('measures the beats of hidden tabs', () => {
    const recording = readRecording('hidden-tab');
    const beats = beatsBySession(recording);
    const users = new Map(
      recording.events.flatMap((event) =>
        'sessionId' in event ? [[event.sessionId, event.userId] as const] : [],
      ),
    );
    const rows = [...beats].map(([sessionId, instants]) => {
      const gaps = gapsBetween(instants);
      return [
        `${users.get(sessionId) ?? ''}, ${sessionId}`,
        instants.length,
        gaps.filter((ms) => ms > 10_000).length,
        `${gaps[0] ?? 0} ms`,
      ];
    });
    expect(measured('hidden beats')).toBe(
      tableText(['session', 'beats', 'gaps of more than 10 s', 'longest'], rows),
    );
    const longest = Math.max(...[...beats.values()].map((instants) => gapsBetween(instants)[0] ?? 0));
    expect(longest).toBeGreaterThan(defaultPolicy.silence.away ?? 0);
    expect(longest).toBeLessThan(defaultPolicy.silence.stale ?? 0);
  });

  it('shows how a policy that lets hidden tabs be idle flickers, and what steadies it', () => {
    const recording = readRecording('hidden-tab');
    const reports = { ...defaultPolicy.reports, background: 'idle' } as const;
    const silence = { away: 130_000, stale: 180_000, offline: 240_000 };
    const flickering = definePolicy({ reports, inactivity: {} });
    const steady = definePolicy({ reports, inactivity: {}, whileReported: { background: { silence } } });
    const rows = ['bob', 'cleo'].map((userId) => [
      userId,
      ...[flickering, steady].map(
        (policy) =>
          shownOf(recording, userId, play(recording.heard, policy, recording.truth.until).changes).filter(
            (status) => status === 'away',
          ).length,
      ),
    ]);
    expect(measured('lax policies')).toBe(
      tableText(['user', 'falls to `away` with 60 s', 'with 130 s'], rows),
    );
    expect(rows.every(([, before, after]) => Number(before) > 3 && after === 0)).toBe(true);
  });

  it('measures the longest time between two beats that kept a thousand clients active', () => {
    const longest = Math.max(
      ...[...beatsBySession(readRecording('thousand')).values()].map(
        (instants) => gapsBetween(instants)[0] ?? 0,
      ),
    );
    expect(measured('longest beat gap')).toBe(`${(longest / 1000).toFixed(1)} s.`);
    expect(longest).toBeLessThan(defaultPolicy.silence.idle ?? 0);
  });

  it('and the guide say how late an old connection ends, and how late kept beats come', () => {
    const { events } = readRecording('bad-network');
    const ofGus = events.flatMap((event) => ('userId' in event && event.userId === 'gus' ? [event] : []));
    const late = ofGus.flatMap(({ at, ...rest }) => {
      const reason = 'reason' in rest ? rest.reason : undefined;
      const back = ofGus.filter((other) => other.event === 'connection' && other.at < at).at(-1);
      return reason === 'ping timeout' && back !== undefined ? [(at - back.at) / 1000] : [];
    });
    const lines = read('docs/examples/recordings/bad-network.events.jsonl').trimEnd().split('\n');
    const sent = lines.map((line) => JSON.parse(line) as { sessionId?: string; at: number; sentMs?: number; event: string });
    const delays = sent.flatMap(({ sessionId, at, sentMs }) => (sessionId === 'fmt3r0ob' && sentMs !== undefined ? [at - sentMs] : []));
    const longest = Math.round((Math.max(...delays) - Math.min(...delays)) / 1000);
    for (const document of ['docs/examples/recordings/FINDINGS.md', 'docs/guide/heartbeats.md']) {
      const text = read(document).replaceAll('\n', ' ');
      expect(text).toContain(`${String(Math.floor(Math.min(...late)))} to ${String(Math.round(Math.max(...late)))} s`);
      expect(text).toContain(`to ${String(longest)} s late`);
    }
  });

  it('shows why a duplicated tab is a session of its own', () => {
    const recording = readRecording('frozen-and-bfcache');
    const merged = recording.heard.map((one) =>
      one.gap === undefined ? { ...one, signal: withoutCopies(one.signal) } : one,
    );
    const rows = [['two sessions', recording.heard] as const, ['one session', merged] as const].map(
      ([name, heard]) => {
        const shown = shownOf(recording, 'dee', play(heard, defaultPolicy, recording.truth.until).changes);
        return [name, shown.length, shown.filter((status) => status === 'away').length];
      },
    );
    expect(measured('duplicated tab')).toBe(
      tableText(['as', 'changes published', 'of them to `away`'], rows),
    );
    expect(Number(rows[1]?.[2])).toBeGreaterThan(Number(rows[0]?.[2]) + 3);
  });
});

function withoutCopies<S extends Signal>(signal: S): S {
  return 'sessionId' in signal ? { ...signal, sessionId: signal.sessionId.replace(/~2$/, '') } : signal;
}
