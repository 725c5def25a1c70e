// A policy's own words are inferred and carried through, so that a wrong one does not compile. Checked by `npm run types`.

import {
  advanceUser, createSettler, defaultPolicy, definePolicy, deriveSession, deriveUser, diff, observe, parseBeat, parseEvidence, parseSignal, sessionStatus,
  signalOf,
} from 'presence-model';
import type {
  Advanced, Beat, Change, Claim, DefaultNames, Heartbeat, NamesOf, Numbered, Parsed, Policy, SessionPresence, Settler, Signal, UserEvidence, UserPresence,
} from 'presence-model';
import { is } from './same.js';
import type { Proof, Same } from './same.js';

const ada: UserEvidence = { userId: 'ada', sessions: [], claims: [] };
const tab = { userId: 'ada', sessionId: 'tab', at: 0 } as const;
const chat = definePolicy({
  statuses: ['busy', 'here', 'gone'],
  silence: { gone: 60_000 },
  reports: { none: 'here', dnd: 'busy' },
  departures: { dropped: { gone: 5_000 }, kicked: { gone: 0 } },
});
type Chat = NamesOf<typeof chat>;

// ---- Statuses, reports and causes are the words that were written, and the default's where nothing was.

is<Policy<{ readonly status: 'busy' | 'here' | 'gone'; readonly report: 'none' | 'dnd'; readonly cause: 'dropped' | 'kicked' }>>()(chat);
is<Policy<DefaultNames>>()(defaultPolicy);
is<Policy<DefaultNames>>()(definePolicy());
is<Policy<DefaultNames>>()(definePolicy({}));
is<Policy<DefaultNames>>()(definePolicy(defaultPolicy));
is<Policy<DefaultNames>>()(definePolicy({ silence: { offline: 90_000 }, inactivity: {}, shownAs: { stale: 'away' }, maxQuietMs: 0 }));
is<Policy<Chat>>()(definePolicy(chat));

// One table of the default is replaced, with words of one's own.
const kicking = definePolicy({ departures: { dropped: {}, kicked: { offline: 0 } } });
is<Policy<{ readonly status: DefaultNames['status']; readonly report: DefaultNames['report']; readonly cause: 'dropped' | 'kicked' }>>()(kicking);
const reporting = definePolicy({ reports: { none: 'active', lunch: 'away' } });
is<Policy<{ readonly status: DefaultNames['status']; readonly report: 'none' | 'lunch'; readonly cause: DefaultNames['cause'] }>>()(reporting);

// A status is added to the default, by spreading it.
const withDnd = definePolicy({
  ...defaultPolicy,
  statuses: ['dnd', ...defaultPolicy.statuses],
  reports: { ...defaultPolicy.reports, none: 'active' },
});
type WithDnd = NamesOf<typeof withDnd>;
export type Added = [
  Proof<Same<WithDnd['status'], 'dnd' | DefaultNames['status']>>,
  Proof<Same<WithDnd['report'], DefaultNames['report']>>,
  Proof<Same<WithDnd['cause'], DefaultNames['cause']>>,
];
is<'dnd' | DefaultNames['status']>()(deriveUser(ada, withDnd, 0).status);

// Rows that stand while something is reported know the words of both.
definePolicy({ whileReported: { background: { silence: { offline: 3_600_000 }, departures: { closed: {} } }, none: {} } });
definePolicy({ ...chat, whileReported: { dnd: { silence: { gone: 3_600_000 }, departures: { kicked: { gone: 1 } } } } });

// A policy that was made elsewhere need not know its words.
const foreign: Policy = chat;
is<string>()(deriveUser(ada, foreign, 0).status);

// ---- Answers speak in them.

is<Chat['status']>()(sessionStatus({ seenAt: 0 }, chat, 0));
is<SessionPresence<Chat>>()(deriveSession({ sessionId: 'tab', epoch: 1 }, chat, 0));
is<Chat['report']>()(deriveSession({ sessionId: 'tab', epoch: 1 }, chat, 0).report);
const before = deriveUser(ada, chat, 0);
is<UserPresence<Chat>>()(before);
is<Chat['status']>()(before.status);
is<Chat['status']>()(before.derived);
is<Chat['status']>()(before.shown.status);
is<Chat['status'] | undefined>()(before.claims[0]?.claim.show);
if (before.because.by === 'session' && before.because.reason.clock === 'departure') is<Chat['cause']>()(before.because.reason.cause);
if (before.because.by === 'session' && before.because.reason.clock === 'report') is<Chat['report']>()(before.because.reason.report);
is<readonly Change<Chat>[]>()(diff(before, before, 'signal'));
is<Advanced<Chat>>()(advanceUser('ada', undefined, chat, 0));
is<Settler<Chat>>()(createSettler<Chat>({ settleMs: 0 }));

for (const change of advanceUser('ada', undefined, chat, 0).changes) {
  switch (change.type) {
    case 'user':
      is<Chat['status']>()(change.from);
      is<Chat['status']>()(change.to);
      break;
    case 'claim':
      is<Chat['status']>()(change.shown.status);
      break;
    case 'session':
      is<Chat['status']>()(change.to.status);
      break;
    case 'rejected':
      is<Signal<Chat>>()(change.signal);
      break;
    default:
      is<never>()(change);
  }
  // Publishing needs no other question.
  if (change.shown) is<Chat['status']>()(change.shown.status);
}

// @ts-expect-error -- answers under two policies are not compared
diff(before, deriveUser(ada, defaultPolicy, 0), 'signal');
// @ts-expect-error -- something was said, or time passed
diff(before, before, 'gap');

// ---- Foreign data is known only once it was parsed.

is<Parsed<Signal<Chat>>>()(parseSignal({}, chat));
is<Parsed<Signal>>()(parseSignal({}));
is<Parsed<Beat<Chat>>>()(parseBeat({}, chat));
is<Parsed<Beat>>()(parseBeat({}));
is<Parsed<UserEvidence>>()(parseEvidence({}));
const parsed = parseSignal({}, chat);
if (parsed.ok) advanceUser('ada', undefined, chat, 0, parsed.value);
else is<string | undefined>()(parsed.issues[0]?.path);
// @ts-expect-error -- nobody may use a value that was not asked for
export const { value } = parsed;
const beaten = parseBeat({}, chat);
if (beaten.ok) is<Numbered<Signal<Chat>>>()(signalOf(beaten.value, { userId: 'ada', at: 0 }));
const unheld = parseSignal({});
// Words that were not held against the policy are any words, and so are those of the answer.
if (unheld.ok) is<Advanced>()(advanceUser('ada', undefined, chat, 0, unheld.value));

// ---- Wrong words do not compile.

// @ts-expect-error -- no status of this policy
export const isIdle = deriveUser(ada, chat, 0).status === 'idle';
export const right: Claim<DefaultNames> = { id: 'q', show: 'away', whileAtLeast: 'offline' };
// @ts-expect-error -- no status of this policy
export const shown: Claim<DefaultNames> = { id: 'q', show: 'DND' };
// @ts-expect-error -- no status of this policy
export const capped: Claim<DefaultNames> = { id: 'q', atMost: 'DND' };
// @ts-expect-error -- no status of this policy
export const bound: Claim<Chat> = { id: 'q', show: 'busy', whileAtLeast: 'offline' };
// @ts-expect-error -- a claim shows or bounds, not both
export const both: Claim<Chat> = { id: 'q', show: 'busy', atMost: 'here' };
// @ts-expect-error -- no cause of this policy
export const ended: Signal<DefaultNames> = { ...tab, type: 'disconnected', cause: 'close' };
// @ts-expect-error -- no report of this policy
export const said: Heartbeat<Chat> = { ...tab, type: 'heartbeat', report: 'idle' };
// @ts-expect-error -- no kind of signal
export const kind: Signal<Chat> = { ...tab, type: 'ping' };

advanceUser('ada', undefined, defaultPolicy, 0, { type: 'claimed', userId: 'ada', claim: { id: 'q', show: 'away' } });
// @ts-expect-error -- no status of this policy
advanceUser('ada', undefined, defaultPolicy, 0, { type: 'claimed', userId: 'ada', claim: { id: 'q', show: 'DND' } });
advanceUser('ada', undefined, defaultPolicy, 0, { type: 'disconnected', userId: 'ada', sessionId: 'tab', cause: 'closed' });
// @ts-expect-error -- no cause of this policy
advanceUser('ada', undefined, defaultPolicy, 0, { type: 'disconnected', userId: 'ada', sessionId: 'tab', cause: 'close' });
// @ts-expect-error -- no report of this policy
advanceUser('ada', undefined, chat, 0, { type: 'activity', userId: 'ada', sessionId: 'tab', report: 'idle' });

// ---- A policy that forgets or mistakes something does not compile.

// @ts-expect-error -- statuses of one's own need silence, reports and departures
definePolicy({ statuses: ['here', 'gone'] });
// @ts-expect-error -- every policy has the report `none`
definePolicy({ statuses: ['here', 'gone'], silence: {}, reports: { busy: 'here' }, departures: { dropped: { gone: 0 } } });
// @ts-expect-error -- every policy has the cause `dropped`
definePolicy({ statuses: ['here', 'gone'], silence: {}, reports: { none: 'here' }, departures: { left: { gone: 0 } } });
// @ts-expect-error -- a replaced table has `none` too
definePolicy({ reports: { lunch: 'away' } });
// @ts-expect-error -- a replaced table has `dropped` too
definePolicy({ departures: { kicked: {} } });
// @ts-expect-error -- a cell is named by a status
definePolicy({ silence: { afk: 15_000 } });
// @ts-expect-error -- a cell is a length of time
definePolicy({ silence: { idle: '15 s' } });
// @ts-expect-error -- a report allows a status
definePolicy({ reports: { none: 'afk' } });
// @ts-expect-error -- an outward word is a status
definePolicy({ shownAs: { stale: 'afk' } });
// @ts-expect-error -- rows stand while a known report does
definePolicy({ whileReported: { lunch: { silence: {} } } });
// @ts-expect-error -- rows of a known cause
definePolicy({ whileReported: { idle: { departures: { kicked: {} } } } });

// ---- What is observed is stamped and, of a session, numbered; what a host tells `advanceUser` need be neither.

advanceUser('ada', undefined, chat, 0, { type: 'heartbeat', userId: 'ada', sessionId: 'tab' });
observe(undefined, { type: 'cleared', userId: 'ada', at: 0 });
observe(ada, { ...tab, type: 'heartbeat', epoch: 1 });
// @ts-expect-error -- a session's signal without a number
observe(ada, { ...tab, type: 'heartbeat' });
// @ts-expect-error -- a signal without an instant
observe(ada, { type: 'heartbeat', userId: 'ada', sessionId: 'tab', epoch: 1 });
// @ts-expect-error -- activity promises nothing
observe(ada, { ...tab, type: 'activity', epoch: 1, quietForMs: 5 });
// @ts-expect-error -- an end has no report
observe(ada, { ...tab, type: 'disconnected', epoch: 1, report: 'idle' });

// ---- Nothing that crosses the surface is written to.

// @ts-expect-error -- read-only
ada.userId = 'bob';
// @ts-expect-error -- read-only
chat.silence.gone = 1;
// @ts-expect-error -- read-only
before.sessions.length = 0;
