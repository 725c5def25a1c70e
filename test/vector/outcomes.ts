// What becomes of each case that does not simply pass. A case that is not listed passes; vectors.test.ts holds all to it.
// Rule: nothing is skipped. A case that diverges is run, and what we answer instead is written down; a case that is out of
// scope names the part of it that has no translation.

/** It states a presence rule, and we answer otherwise on purpose. */
export interface Diverges {
  /** Every difference, as the runner writes it. */
  readonly differences: readonly string[];
  /** Why ours is otherwise. */
  readonly why: string;
  /** What shows that theirs is wrong, contradicts itself or is an accident of how it is made. */
  readonly evidence: string;
}

/** It states no presence rule. */
export interface OutOfScope {
  /** What of it has no translation. */
  readonly untranslated: string;
  /** What it is instead. */
  readonly is: string;
}

export type Outcome = Diverges | OutOfScope;

const relay = 'how often one process of Synapse repeats itself to another: a transport\'s. Here servers exchange evidence, and saying it twice says nothing more';
const scope = 'who may see whom: room membership. Here `shown` is for one audience, and the host decides who that is';
const wheel = 'a data structure with buckets of 5 s. Here there are no buckets: `nextChangeAt` is exact';
const apiError = 'what an API answers to being used in another order. Here signals come in any order and any number of times, and each is a fact';
const truncated = {
  why: 'A claim ends at its instant, to the millisecond.',
  evidence: 'The end is cut down to the minute since a job looks for expired ones once a minute (UpdateExpiredDNDStatuses); ends on a full minute pass here too.',
};

/** By file, then by the name of the case. */
export const outcomes: Readonly<Record<string, Readonly<Record<string, Outcome>>>> = {
  synapse: {
    test_online_to_online_last_active_noop: {
      differences: ['5000000 user:u emit: expected false, ours is true'],
      why: 'The minute of `currently_active` was over 9 ms before the next activity, so both changes are told.',
      evidence: 'Upstream the timer has not fired yet, as its wheel has buckets of 5 s: the same activity 5 s later is told there too. To tell less often, settle.',
    },
    test_federation_ping: {
      untranslated: 'field reemit_to_peers',
      is: 'sending unchanged presence again to servers that forget it: a transport\'s. Here `tracker.shown` is what there is to send, whenever the host likes',
    },
    ratelimited_second_change_ignored: {
      untranslated: 'policy rate_limit', is: 'how often a client may speak. A host that limits it does not tell what it refuses; the next case, inside the limit, passes',
    },
    relay_changes_immediate: { untranslated: 'subject relay', is: relay },
    explicit_always_relayed: { untranslated: 'subject relay', is: relay },
    bump_after_idle_goes_through: { untranslated: 'subject relay_activity', is: relay },
    relay_interval_scales: { untranslated: 'subject relay', is: relay },
    visibility_shared_scope: { untranslated: 'event scope_join', is: scope },
    incremental_feed_scope: { untranslated: 'event scope_join', is: scope },
    'wheel_timer.test_single_insert_fetch': { untranslated: 'event timer_insert', is: wheel },
    'wheel_timer.test_insert_past': { untranslated: 'event timer_insert', is: wheel },
    'wheel_timer.test_insert_past_multi': { untranslated: 'event timer_insert', is: wheel },
    'wheel_timer.test_multi_insert_then_past': { untranslated: 'event timer_insert', is: wheel },
  },
  rocketchat: {
    'broadcast cut-off above 200 connections (no licence)': {
      untranslated: 'event node_stats', is: 'a licence\'s limit on telling others; the status goes on being computed, here too',
    },
    'reaper: batching': {
      untranslated: 'subject flushes', is: 'how many rows a database sweep writes at once. Here `advanceTo(now, limit)` bounds the work of a call',
    },
  },
  zulip: {
    'my user': {
      untranslated: 'subject user, who looks at themselves', is: 'a rule of one viewer\'s screen: whoever looks is active. A host shows it so, whatever is known',
    },
    test_aggregated_presence_idle: {
      differences: ['0 user:o timestamp_ms: expected -5000, ours is -2000'],
      why: 'The status is the same; the last ping counts, not the first of 55 s.',
      evidence: 'The 55 s spare a database: pings within them are not stored. So what is stored may be 55 s old, and the threshold is measured from there.',
    },
  },
  mattermost: {
    'explicit online clears manual flag': {
      differences: ['1 user:u state: expected "active", ours is "offline"'],
      why: 'The flag is gone, as expected; but nobody is online who has no socket.',
      evidence: 'SetStatusOnline writes "online" over the status, so a request without a socket leaves somebody online until a socket opens and closes. The case itself expects offline once one did.',
    },
    'timed dnd restores previous status': {
      differences: ['600000 user:u state: expected "active", ours is "away"'],
      why: 'Ten minutes without activity have passed beneath the claim, so what shows when it ends is away.',
      evidence: 'The status from before the claim is put back as it was stored. The case "HAZARD timed dnd, user disconnects, expiry" shows where that leads: online, and nobody there.',
    },
    'truncateDNDEndTime(1737393212)=1737393180': {
      ...truncated, differences: ['1737393180000 user:u value: expected "expiry fires at this instant", ours is "nothing changes at this instant"'],
    },
    'truncateDNDEndTime(1737331210)=1737331200': {
      ...truncated, differences: ['1737331200000 user:u value: expected "expiry fires at this instant", ours is "nothing changes at this instant"'],
    },
  },
  nextcloud: {
    'client: one beat on return from away': {
      differences: ['122000 beats count: expected 2, ours is 3'],
      why: 'That nobody is there any more is told when it is so, not with the next beat.',
      evidence: 'Beats are five minutes apart, so somebody who is away after two looks online for up to three minutes more, and is never seen away if back by then.',
    },
    'client: background tab waits for first reveal': {
      differences: ['4999 beats count: expected 0, ours is 1', '5000 beats count: expected 1, ours is 2'],
      why: 'A tab that is opened in the background has a transport, so it says what it is: hidden. That it is shown is a change, and told.',
      evidence: 'A tab that says nothing is unknown, so nothing holds its session, and a tab that is never shown is never there (recorded: cleo/1 of hidden-tab).',
    },
  },
  phoenix: {
    'instance: diff before state is buffered': {
      differences: ['3 state value: expected {"u1":["1"]}, ours is {}'],
      why: 'A leave is taken in when it is heard. What the snapshot says later does not undo it, and the end is the same.',
      evidence: 'The queue exists since diffs do not commute with snapshots there. Here they do (law 1): the case\'s other three expectations pass without a queue.',
    },
    'update emits leave(old)+join(new, prev ref)': {
      differences: ['1 emits value: expected ["leave u1 online","join u1 away(prev)"], ours is ["u1 from online to away"]'],
      why: 'A change is one change, from one status to another: nobody left.',
      evidence: 'Users of the same code report it as a fault: supabase/realtime#1167, supabase/realtime-js#244.',
    },
    'config: down_period >= 2 * broadcast_period': {
      untranslated: 'subject config with a beat',
      is: 'a table held against how often its clients beat, which no table knows. `checkPolicy` of presence-model/testing asks for that',
    },
    'duplicate tracking': { untranslated: 'field error', is: apiError },
    'update without presence': { untranslated: 'field error', is: apiError },
  },
  y_awareness: {
    'return after timeout needs a NEWER clock': {
      differences: ['45000 remote:c1 change: expected "updated (should be added)", ours is "added"'],
      why: 'Who was gone and is back comes; who merely says something new changes.',
      evidence: 'yjs/y-websocket#122, and the case itself, which says what it should be.',
    },
  },
  browser: {
    'throttle/chrome-30s-heartbeat-ttl-60s': {
      differences: ['1200000 flaps state: expected true, ours is false'],
      why: 'The beats of the case are exactly 60 000 ms apart, and a beat exactly on a threshold prevents it.',
      evidence: 'With any delay it flaps here too: see test/vector/vectors.test.ts. So 60 s is too little for a hidden tab, as the case says.',
    },
    'firefox-android/15-min-timers': {
      untranslated: 'subject max-gap', is: 'a number of a browser: the environment of a policy. `whileReported` gives such a page more silence',
    },
    'timeout/late-timers-burst-order': {
      differences: ['3600000 session:peer state: expected "unknown|stale, not a fresh leave", ours is "active"'],
      why: 'No leave, as recommended. While the observer slept, silence did not run: what was so before still is.',
      evidence: 'A recommendation, not a test. A host that wants to show its doubt sees its own gap.',
    },
    'timer/32-bit-overflow': {
      untranslated: 'subject maxDelay', is: 'a host\'s timer. The documented loop cuts its delays to 2 ** 31 - 1',
    },
  },
};
