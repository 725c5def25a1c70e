// Browsers: what a page's lifecycle says, as reports. The words are those of the Page Lifecycle.

import { definePolicy } from 'presence-model';
import type { Policy } from 'presence-model';
import type { Adapter, Said, Stage } from '../adapter.js';
import type { VectorCase, VectorEvent } from '../case.js';

/** Each word of a page is a report. A hidden page is away and may be throttled; a frozen one is not heard at all. */
function pages({ expect }: VectorCase): Policy {
  const staleMs = Number(expect.find(({ staleAfter }) => staleAfter !== undefined)?.['staleAfter'] ?? 180_000);
  const throttled = { silence: { stale: staleMs, offline: 4 * staleMs } };
  return definePolicy({
    reports: { none: 'active', active: 'active', passive: 'active', visible: 'active', hidden: 'away', frozen: 'away' },
    whileReported: { hidden: throttled, frozen: throttled },
  });
}

/** From one word to the next there is one way, and browsers tell only its end. A frozen page resumes at once; none comes back from its end. */
const way = ['active', 'passive', 'hidden'] as const;
function pathOf(from: string, to: string): readonly string[] {
  const [first, last] = [from, to].map((word) => (way as readonly string[]).indexOf(word)) as [number, number];
  if (from === 'terminated' || (from === 'frozen' && to === 'terminated')) return [];
  if (from === 'frozen') return [from, to];
  if (last < 0) return [...way.slice(first), to];
  return first <= last ? way.slice(first, last + 1) : way.slice(last, first + 1).reverse();
}

const ids = ({ session = '' }: VectorEvent): { readonly userId: string; readonly sessionId: string } => ({ userId: 'u', sessionId: session });

/** The last word decides, so those between need not be told: only a page's end is told besides. */
function lifecycle(event: VectorEvent, { notes, policy }: Stage): readonly Said[] {
  const to = String(event.value);
  const from = notes.get('word');
  notes.set('word', to);
  if (from !== undefined) notes.set('path', pathOf(String(from), to).join(' '));
  if (to === 'terminated') return [{ ...ids(event), type: 'heartbeat', report: 'hidden' }, { ...ids(event), type: 'disconnected', cause: 'closed' }];
  return [{ ...ids(event), type: 'heartbeat', report: to, ...(to === 'frozen' ? { quietForMs: policy.maxQuietMs } : {}) }];
}

/** Was a page stale, and then again not, with nothing heard but beats? */
const flaps = ({ hosts }: Stage): boolean => hosts.historyOf('u').some((change) => change.type === 'user' && change.from === 'stale' && change.to === 'away');

export const browser: Adapter = {
  system: 'Browsers',
  file: 'browser',
  policy: pages,
  neutral: {},
  events: {
    connect: (event) => [{ ...ids(event), type: 'connected' }],
    reconnect: (event) => [{ ...ids(event), type: 'connected' }],
    // A page that is hidden away may come back: it is closed, not left.
    disconnect: (event) => [{ ...ids(event), type: 'disconnected', cause: 'closed' }],
    visibility: lifecycle,
    heartbeat: (event) => [{ ...ids(event), type: 'heartbeat' }],
    tick: () => [],
    'observer-sleep': ({ t_ms, until = t_ms }) => [{ gap: { from: t_ms, until } }],
  },
  subjects: {
    path: (_, { notes }) => ({ state: String(notes.get('path')).split(' ').filter((word) => word !== '') }),
    flaps: (_, stage) => ({ state: flaps(stage) }),
    lifecycle: (name, { hosts }) => ({ state: hosts.user('u').sessions.find(({ sessionId }) => sessionId === name)?.report }),
    session: (name, { hosts }, { state }) => {
      const status = hosts.user('u').sessions.find(({ sessionId }) => sessionId === name)?.status ?? 'offline';
      return { state: state === 'present' ? (status === 'offline' ? 'gone' : 'present') : status };
    },
  },
  beside: { staleAfter: 'the number that the case is about; the policy has it' },
};
