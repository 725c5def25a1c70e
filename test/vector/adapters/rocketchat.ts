// Rocket.Chat: connections that say what they are, a default status, and claims of a call, the user and the calendar.

import { definePolicy } from 'presence-model';
import type { Claim } from 'presence-model';
import { rocketChatAsOf202611 } from 'presence-model/presets';
import { claim, endOf, of, showing, unclaim, userOf } from '../adapter.js';
import type { Adapter, Said, Stage } from '../adapter.js';
import type { VectorEvent } from '../case.js';

const neutral: Readonly<Record<string, string>> = { online: 'active', busy: 'busy', away: 'away', offline: 'offline' };
const ours = new Map(Object.entries(neutral).map(([status, state]) => [state, status]));

/** Who claims, by the priority of the claim. */
const sources = ['', 'external', 'manual', 'internal'] as const;
const priorityOf = (source: string): number => (sources as readonly string[]).indexOf(source);
const sourceOf = ({ priority = 0 }: Claim): string | undefined => sources[priority];

/** What somebody claims. The user's own word takes back that of the calendar. */
function claimed(event: VectorEvent, source: string): readonly Said[] {
  const { state = '', id = source, message, expires_at_ms: expiresAt } = event;
  const priority = priorityOf(source);
  const said = source === 'manual' && state === 'offline' ? { atMost: 'offline' } : { show: ours.get(state) };
  const isUser = source === 'manual' ? [unclaim(event, 'external')] : [];
  return [claim(event, { id, ...said, priority, detail: message, expiresAt }), ...isUser];
}

/** The default status of a user: online without a message is none. */
function manual(event: VectorEvent): readonly Said[] {
  return event.state === 'active' && (event.message ?? '') === '' ? [unclaim(event, 'manual')] : claimed(event, 'manual');
}

function ended(event: VectorEvent, { hosts }: Stage): readonly Said[] {
  const id = event.id ?? showing(hosts.user(userOf(event)))[0]?.id;
  return id === undefined ? [] : [unclaim(event, id)];
}

function connected(event: VectorEvent, stage: Stage): readonly Said[] {
  const { t_ms, reported, resumes, last_activity_ms: activeAt, expires_at_ms: expiresAt } = event;
  // A connection that resumes another is the same session.
  return of(resumes === undefined ? event : { ...event, session: resumes }, stage, {
    type: 'connected',
    ...(reported === undefined ? {} : { report: ours.get(reported) }),
    ...(activeAt === undefined ? {} : { activeAt }),
    ...(expiresAt === undefined ? {} : { quietForMs: expiresAt - t_ms - 1 }),
  });
}

/** The claim of which others see the text, as far as the expectation asks. */
function asked(held: Claim | undefined, expected: unknown): unknown {
  if (held === undefined) return null;
  const all: Readonly<Record<string, unknown>> = { source: sourceOf(held), state: neutral[held.show ?? ''], message: held.detail };
  return Object.fromEntries(Object.keys(expected ?? {}).map((field) => [field, all[field]]));
}

export const rocketchat: Adapter = {
  system: rocketChatAsOf202611.system,
  file: 'rocketchat',
  policy: ({ policy, policy_notes }) => {
    // A branch let connections end at an instant of their own: a lease is a promise of quiet.
    if (policy['session_expires_at'] === true) return definePolicy({ ...rocketChatAsOf202611.policy, silence: { offline: 1 } });
    // Another counted "age <= 300 000" as alive; what was merged reaps at 300 000.
    return policy_notes.startsWith('Stale rule of that branch') ? definePolicy({ ...rocketChatAsOf202611.policy, silence: { offline: 300_001 } }) : rocketChatAsOf202611.policy;
  },
  neutral,
  theirs: { online: 'online', busy: 'busy', away: 'away', offline: 'offline' },
  events: {
    connect: connected,
    restore: (event, stage) => connected({ ...event, reported: event.state ?? '' }, stage),
    disconnect: (event, stage) => of(event, stage, { type: 'disconnected', cause: 'dropped' }),
    heartbeat: (event, stage) => of(event, stage, { type: 'heartbeat', ...(event.reported === undefined ? {} : { report: ours.get(event.reported) }) }),
    activity: (event, stage) => of(event, stage, { type: 'activity' }),
    report: (event, stage) => of(event, stage, { type: 'heartbeat', report: ours.get(event.state ?? ''), ...(event.event_ts_ms === undefined ? {} : { at: event.event_ts_ms }) }),
    manual_set: manual,
    manual_clear: (event) => [{ type: 'cleared', userId: userOf(event) }],
    claim_set: (event) => claimed(event, event.source ?? ''),
    claim_end: ended,
    node_lost: ({ node }, stage) => endOf(stage, 'dropped', (session) => session.node === node),
    node_list: ({ live = [] }, stage) => endOf(stage, 'dropped', ({ node }) => node !== undefined && live.length > 0 && !live.includes(node)),
  },
  fields: {
    claim_source: ({ presence }) => showing(presence).map(sourceOf)[0] ?? null,
    message: ({ presence }) => showing(presence)[0]?.detail ?? '',
    expires_at_ms: ({ presence }) => showing(presence)[0]?.expiresAt ?? null,
    stash: ({ presence, expectation }) => asked(showing(presence)[1], expectation['stash']),
    // Others see one text, that of the claim that decides.
    emit: ({ presence, stage, expectation: { t_ms } }) => stage.hosts.toldOf(presence.userId).some((change) =>
      change.at === t_ms && (change.type === 'user' || (change.type === 'claim' && change.claimId === showing(presence)[0]?.id))),
  },
  beside: { error: 'what a command answers that asks for an end in the past; here such a claim is over from the beginning' },
};
