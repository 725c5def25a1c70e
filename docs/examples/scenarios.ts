// What the pictures of the documents show: signals, a policy and a span of time. `npm run pictures` draws each into
// docs/pictures; a test fails where a drawing is not that of its scenario any more.
import { defaultPolicy, definePolicy } from 'presence-model';
import type { Policy, Signal } from 'presence-model';
import type { Range } from 'presence-model/testing';

export interface Scenario {
  /** The name of its file in docs/pictures, without `.svg`. */
  readonly name: string;
  /** Stands above the picture. */
  readonly title: string;
  readonly policy: Policy;
  readonly range: Range;
  readonly signals: readonly Signal[];
}

const s = 1_000;
const min = 60 * s;

/** A session of ada's: what is heard of it, in seconds. */
function session(sessionId: string, epoch?: number) {
  const of = { userId: 'ada', sessionId, ...(epoch !== undefined && { epoch }) };
  return {
    connected: (at: number, report?: string): Signal => ({ type: 'connected', ...of, at: at * s, ...(report !== undefined && { report }) }),
    active: (...seconds: readonly number[]): readonly Signal[] => seconds.map((at) => ({ type: 'activity', ...of, at: at * s })),
    beats: (from: number, until: number, every = 7): readonly Signal[] =>
      Array.from({ length: Math.floor((until - from) / every) + 1 }, (_, i) => ({ type: 'heartbeat', ...of, at: (from + i * every) * s })),
    says: (at: number, report: string): Signal => ({ type: 'heartbeat', ...of, at: at * s, report }),
    ended: (at: number, cause: string): Signal => ({ type: 'disconnected', ...of, at: at * s, cause }),
  };
}

const laptop = session('laptop');
const tab = session('tab');
const phone = session('phone');
const first = session('laptop', 1);
const second = session('laptop', 2);

export const scenarios: readonly Scenario[] = [
  {
    name: 'refresh',
    title: 'A refresh leaves no trace, a closed tab does',
    policy: defaultPolicy,
    range: { from: 0, until: 70 * s },
    signals: [
      laptop.connected(0), ...laptop.active(3), ...laptop.beats(7, 14), laptop.ended(20, 'closed'),
      laptop.connected(22), ...laptop.beats(29, 43), laptop.ended(48, 'closed'),
    ],
  },
  {
    name: 'two-tabs-and-a-phone',
    title: 'A user is as present as their strongest session',
    policy: defaultPolicy,
    range: { from: 0, until: 150 * s },
    signals: [
      laptop.connected(0), ...laptop.active(4), ...laptop.beats(7, 28), laptop.ended(30, 'closed'),
      tab.connected(12), ...tab.active(16), ...tab.beats(19, 124), tab.ended(130, 'left'),
      phone.connected(45, 'background'), ...phone.beats(52, 80), phone.says(86, 'active'), ...phone.active(88), ...phone.beats(93, 149),
    ],
  },
  {
    name: 'crash',
    title: 'A crash: nobody says goodbye, and silence decides',
    policy: defaultPolicy,
    range: { from: 0, until: 5 * min },
    signals: [laptop.connected(0), ...laptop.beats(7, 28), ...laptop.active(12)],
  },
  {
    name: 'do-not-disturb',
    title: 'Do not disturb until 1m30s, whatever the sessions do',
    policy: definePolicy({ ...defaultPolicy, statuses: ['dnd', ...defaultPolicy.statuses] }),
    range: { from: 0, until: 2 * min },
    signals: [
      laptop.connected(0), ...laptop.active(3), ...laptop.beats(7, 112),
      { type: 'claimed', userId: 'ada', at: 20 * s, claim: { id: 'quiet', show: 'dnd', expiresAt: 90 * s } },
    ],
  },
  {
    name: 'restart',
    title: 'The server restarts: nobody was listening, so nobody was absent',
    policy: defaultPolicy,
    range: { from: 0, until: 2 * min, gaps: [{ from: 31 * s, until: 76 * s }] },
    signals: [
      laptop.connected(0), ...laptop.beats(7, 28), ...laptop.active(24), laptop.connected(73), ...laptop.active(78), ...laptop.beats(80, 115),
      phone.connected(3, 'background'), ...phone.beats(10, 24), phone.connected(75, 'background'), ...phone.beats(82, 117),
    ],
  },
  {
    name: 'late-end',
    title: 'The end of an old connection comes late, and touches nothing',
    policy: defaultPolicy,
    range: { from: 0, until: 80 * s },
    signals: [
      first.connected(0), ...first.active(3), ...first.beats(7, 14), second.connected(23), ...second.active(26), ...second.beats(30, 79),
      first.ended(41, 'dropped'),
    ],
  },
];
