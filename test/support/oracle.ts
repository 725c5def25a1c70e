// The naive oracle: the model read aloud, for differential tests. It shares no code with src, and as little method as
// it can: it keeps the list of facts and scans it (nothing is merged), asks each clock what it reads at an instant
// (nothing is scheduled), and finds the next change by trying instants until the answer is another.
// Where the model leaves room, the reading taken here is marked (R1), (R2), …

import type {
  Change, Claim, ClaimChange, Gap, HeldClaim, Json, Numbered, Policy, SessionBecause, SessionPresence, ShownPresence, Signal, Unstamped,
  UserBecause, UserChange, UserPresence,
} from 'presence-model';

/** A stamped signal, numbered if it is of a session; `reportSince` is the `since` of the report that it carries. */
export type Fact = Numbered<Signal> & { readonly reportSince?: number };
/** The last seen that forgetting kept. */
export interface Kept { readonly seenAt?: number | undefined; readonly activeAt?: number | undefined }
export interface OracleState { readonly facts: readonly Fact[]; readonly kept: Kept; readonly toldAt: number; readonly told: ShownPresence }
export interface OracleAdvanced {
  readonly state: OracleState | undefined;
  readonly changes: readonly Change[];
  readonly presence: UserPresence;
}
export interface OraclePush { readonly changes: readonly Change[]; readonly now: number }
export interface OracleRelease { readonly now: number; readonly change: Change }

type SessionFact = Extract<Fact, { readonly sessionId: string }>;
type ClaimFact = Exclude<Fact, { readonly sessionId: string }>;
interface Table<T> { readonly [key: string]: T }

const isOfSession = (fact: Fact): fact is SessionFact => 'sessionId' in fact;
const isOfClaim = (fact: Fact): fact is ClaimFact => !('sessionId' in fact);
const claimIdOf = (fact: ClaimFact | Signal): string | undefined =>
  fact.type === 'claimed' ? fact.claim.id : fact.type === 'unclaimed' ? fact.claimId : undefined;
export const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export function latest<T>(list: readonly T[], of: (one: T) => number | undefined): number | undefined {
  let found: number | undefined;
  for (const one of list) {
    const at = of(one);
    if (at !== undefined && (found === undefined || at > found)) found = at;
  }
  return found;
}

function earliest<T>(list: readonly T[], of: (one: T) => number): number | undefined {
  const found = latest(list, (one) => -of(one));
  return found === undefined ? undefined : 0 - found;
}

/** Words are foreign: only what a table itself holds counts. */
function own<T>(table: Table<T> | undefined, key: string): T | undefined {
  return table !== undefined && Object.prototype.hasOwnProperty.call(table, key) ? table[key] : undefined;
}

/** JSON with keys in code-unit order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, v]) => v !== undefined).sort(([a], [b]) => byCodeUnits(a, b));
  return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`).join(',')}}`;
}

export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  return Array.isArray(a) === Array.isArray(b) && keys.length === Object.keys(b).length
    && keys.every((k) => k in b && same(own(a as Table<unknown>, k), own(b as Table<unknown>, k)));
}

// ---- clocks: each has been running since some instant; those of silence and of departures stand still during a gap

/** How much of [from, until) lies in the union of the gaps: cut at every edge, and ask of each piece whether a gap covers it. */
function gapWithin(from: number, until: number, gaps: readonly Gap[]): number {
  if (gaps.length === 0) return 0;
  const edges = [from, until, ...gaps.flatMap((g) => [g.from, g.until])].filter((e) => from <= e && e <= until).sort((a, b) => a - b);
  return edges.reduce((sum, edge, i) => {
    const before = edges[i - 1] ?? edge;
    return gaps.some((g) => g.from <= before && edge <= g.until) ? sum + edge - before : sum;
  }, 0);
}

/** What a clock reads; that of a fact later than `now` reads 0. */
const reading = (since: number, now: number, gaps: readonly Gap[]): number => (now <= since ? 0 : now - since - gapWithin(since, now, gaps));

/** The first instant at which a clock reads `ms`: so long after `since`, and longer by the gaps that have ended by then. */
function reads(since: number, ms: number, gaps: readonly Gap[]): number {
  const instants = [since, ...gaps.map((g) => g.until)].map((end) => since + ms + gapWithin(since, end, gaps));
  return earliest(instants.filter((at) => reading(since, at, gaps) === ms), (at) => at) ?? Infinity;
}

// ---- one session

const order = ['silence', 'inactivity', 'untouched', 'report', 'departure'] as const;
interface Clock {
  readonly clock: Exclude<(typeof order)[number], 'report'>;
  readonly cause: string;
  readonly since: number;
  readonly cells: readonly { readonly rung: number; readonly afterMs: number }[];
  readonly gaps: readonly Gap[];
}
interface Departure { readonly cause: string; readonly at: number }
/** What the facts say of one session. */
export interface Heard {
  readonly sessionId: string;
  readonly epoch: number;
  readonly uncounted: boolean;
  readonly departures: readonly Departure[];
  readonly lastFactAt: number; // the end of the promise, or the latest departure
  readonly lastSeenAt: number | undefined;
  readonly lastActiveAt: number | undefined;
  readonly said: { readonly word: string; readonly since: number } | undefined; // the last report, set aside or not
  readonly setAside: boolean;
  readonly report: { readonly word: string; readonly rung: number; readonly since: number } | undefined; // absent: never seen alive
  readonly clocks: readonly Clock[];
}

function listen(facts: readonly Fact[], sessionId: string, policy: Policy, gaps: readonly Gap[]): Heard {
  const mine = facts.filter(isOfSession).filter((f) => f.sessionId === sessionId);
  const alive = mine.filter((f) => f.type !== 'disconnected');
  const allowedBy = (word: string): number => policy.statuses.indexOf(own(policy.reports, word) ?? '');

  // life, interaction and reports belong to the session, whatever the epoch
  const firstSeenAt = earliest(alive, (f) => f.at);
  const seenAt = latest(alive, (f) => f.at);
  const promised = latest(alive, (f) => (f.at === seenAt && f.type !== 'activity' ? f.quietForMs : undefined)) ?? 0;
  const activeAt = latest(alive, (f) => (f.type === 'activity' ? f.at : f.activeAt === undefined ? undefined : Math.min(f.activeAt, f.at)));
  const setAsideAt = latest(alive, (f) => (f.type === 'activity' && f.report === undefined ? f.at : undefined));
  const reports = alive.flatMap((f) => (f.report === undefined ? [] : [{ word: f.report, at: f.at, since: f.reportSince ?? f.at }]));
  const said = reports.sort((a, b) => b.at - a.at || byCodeUnits(a.word, b.word) || a.since - b.since)[0];

  // only departures and `uncounted` belong to the connection; each cause keeps its earliest
  const epoch = latest(mine, (f) => f.epoch) ?? 0;
  const ends = mine.flatMap((f) => (f.type === 'disconnected' && f.epoch === epoch ? [{ cause: f.cause ?? 'dropped', at: f.at }] : []));
  const departures = ends.filter((a, i) => !ends.some((b, j) => b.cause === a.cause && (b.at < a.at || (b.at === a.at && j < i))));
  const uncounted = alive.some((f) => f.epoch === epoch && f.uncounted === true);
  const shared = { sessionId, epoch, uncounted, departures, said, lastActiveAt: activeAt };
  const departedAt = latest(departures, (d) => d.at) ?? -Infinity;
  if (seenAt === undefined || firstSeenAt === undefined) {
    return { ...shared, setAside: false, lastFactAt: departedAt, lastSeenAt: undefined, report: undefined, clocks: [] };
  }

  // a report that the policy does not know reads as `none`; activity sets aside an earlier one that allows less than `none`
  const known = said !== undefined && own(policy.reports, said.word) !== undefined;
  const setAside = known && allowedBy(said.word) > allowedBy('none') && setAsideAt !== undefined && setAsideAt > said.at;
  const word = known && !setAside ? said.word : 'none';
  const since = (setAside ? setAsideAt : said?.since) ?? firstSeenAt; // (R1) set aside by the latest activity without a report

  const rows = own(policy.whileReported, word);
  const row = (clock: Clock['clock'], from: number, ladder: Table<number | undefined> | undefined, cut: readonly Gap[], cause = ''): Clock => {
    const cells: { rung: number; afterMs: number }[] = [];
    policy.statuses.forEach((status, rung) => {
      const afterMs = own(ladder, status);
      if (afterMs !== undefined) cells.push({ rung, afterMs });
    });
    return { clock, cause, since: from, cells, gaps: cut };
  };
  const quietUntil = seenAt + Math.min(promised, policy.maxQuietMs);
  return {
    ...shared, setAside,
    lastFactAt: Math.max(quietUntil, departedAt),
    lastSeenAt: Math.max(seenAt, earliest(departures, (d) => d.at) ?? seenAt),
    report: { word, rung: allowedBy(word), since },
    clocks: [
      row('silence', quietUntil, rows?.silence ?? policy.silence, gaps),
      activeAt === undefined
        ? row('untouched', firstSeenAt, rows?.untouched ?? policy.untouched, [])
        : row('inactivity', activeAt, rows?.inactivity ?? policy.inactivity, []),
      ...departures.map(({ cause: told, at }) => {
        const cause = causeAsRead(told, policy);
        return row('departure', at, own(rows?.departures, cause) ?? own(policy.departures, cause), gaps, cause);
      }),
    ],
  };
}

const causeAsRead = (cause: string, policy: Policy): string => (own(policy.departures, cause) === undefined ? 'dropped' : cause);

interface Verdict { readonly rung: number; readonly because: SessionBecause }

/** The worst over its clocks and its report; of those that say so, the first to have said it is why. */
function judge({ report, clocks }: Heard, policy: Policy, now: number): Verdict {
  if (report === undefined) return { rung: policy.statuses.length - 1, because: { clock: 'never' } };
  const { word, since, rung } = report;
  const voices: { rung: number; at: number; cause: string; because: Exclude<SessionBecause, { clock: 'none' | 'never' }> }[] = [
    { rung, at: since, cause: '', because: { clock: 'report', report: word, since } },
  ];
  for (const { clock, cause, since, cells, gaps } of clocks) {
    const read = reading(since, now, gaps);
    const crossed = cells.filter(({ afterMs }) => read >= afterMs).pop(); // (R2) a clock that reads 0 has crossed a cell of 0
    if (crossed === undefined) continue;
    const at = reads(since, crossed.afterMs, gaps);
    const crossing = { since, afterMs: crossed.afterMs, crossedAt: at };
    voices.push({ rung: crossed.rung, at, cause, because: clock === 'departure' ? { clock, cause, ...crossing } : { clock, ...crossing } });
  }
  const worst = Math.max(...voices.map((v) => v.rung));
  const first = voices.filter((v) => v.rung === worst).sort((a, b) => a.at - b.at
    || order.indexOf(a.because.clock) - order.indexOf(b.because.clock)
    || byCodeUnits(a.cause, b.cause) || a.because.since - b.because.since)[0]; // (R3) causes as read; of one, the earlier
  return { rung: worst, because: worst === 0 || first === undefined ? { clock: 'none' } : first.because };
}

const crossings = (heard: Heard): number[] => heard.clocks.flatMap((c) => c.cells.map(({ afterMs }) => reads(c.since, afterMs, c.gaps)));

/** The first of these instants after `now` at which the answer is another. */
function firstDifference(answer: unknown, now: number, instants: readonly number[], ask: (at: number) => unknown): number | undefined {
  const later = [...new Set(instants.filter((at) => at > now))].sort((a, b) => a - b);
  return later.find((at) => !same(answer, ask(at)));
}

// ---- one user

interface Standing { readonly claim: Claim; readonly at: number }
/** What the facts say of one user: sessions by id, claims not taken back in deciding order, and since when others are traces. */
export interface Known {
  readonly policy: Policy;
  readonly kept: Kept;
  readonly sessions: readonly Heard[];
  readonly claims: readonly Standing[];
  readonly takenBackAt: ReadonlyMap<string, number>;
  readonly clearedAt: number | undefined;
}

export function know(facts: readonly Fact[], policy: Policy, gaps: readonly Gap[], kept: Kept): Known {
  const sessionIds = [...new Set(facts.filter(isOfSession).map((f) => f.sessionId))].sort(byCodeUnits);
  const said = facts.filter(isOfClaim);
  const clearedAt = latest(said, (f) => (f.type === 'cleared' ? f.at : undefined));
  const claims: Standing[] = [];
  const takenBackAt = new Map<string, number>();
  for (const id of new Set(said.flatMap((f) => claimIdOf(f) ?? []))) {
    const mine = said.filter((f) => claimIdOf(f) === id);
    const at = latest(mine, (f) => f.at) ?? 0;
    const last = mine.filter((f) => f.at === at);
    const claim = last.flatMap((f) => (f.type === 'claimed' ? [f.claim] : [])).sort((a, b) => // later `expiresAt` (none is the latest), smaller JSON
      a.expiresAt === b.expiresAt ? byCodeUnits(canonical(a), canonical(b)) : (b.expiresAt ?? Infinity) - (a.expiresAt ?? Infinity))[0];
    if (clearedAt !== undefined && at <= clearedAt) takenBackAt.set(id, clearedAt);
    else if (claim === undefined || last.some((f) => f.type === 'unclaimed')) takenBackAt.set(id, at); // on a tie taken back wins
    else claims.push({ claim, at });
  }
  claims.sort((a, b) => (b.claim.priority ?? 0) - (a.claim.priority ?? 0) || b.at - a.at || byCodeUnits(a.claim.id, b.claim.id));
  return { policy, kept, sessions: sessionIds.map((id) => listen(facts, id, policy, gaps)), claims, takenBackAt, clearedAt };
}

export const lastSeen = ({ kept, sessions }: Known): number | undefined =>
  latest([kept.seenAt, ...sessions.map((s) => (s.uncounted ? undefined : s.lastSeenAt))], (at) => at);
const laterFirst = (a: number | undefined, b: number | undefined): number => (a === b ? 0 : (b ?? -Infinity) - (a ?? -Infinity));

/** Everything in the answer but `at` and `nextChangeAt`. */
export function answer(known: Known, now: number) {
  const { policy, kept } = known;
  const { statuses } = policy;
  const bottom = statuses.length - 1;
  const word = (rung: number): string => statuses[rung] ?? '';
  const verdicts = known.sessions.map((heard) => judge(heard, policy, now));
  const sessions = known.sessions.map((heard, i) => ({ heard, rung: verdicts[i]?.rung ?? bottom, reason: verdicts[i]?.because }));

  // derived: the best over the counting sessions
  const counting = sessions.filter((s) => !s.heard.uncounted);
  const winner = [...counting].sort((a, b) => a.rung - b.rung || laterFirst(a.heard.lastActiveAt, b.heard.lastActiveAt)
    || laterFirst(a.heard.lastSeenAt, b.heard.lastSeenAt) || byCodeUnits(a.heard.sessionId, b.heard.sessionId))[0];
  const derived = winner?.rung ?? bottom;
  const seenAt = lastSeen(known);
  const faded = derived === bottom && seenAt !== undefined && now - seenAt >= policy.keepLastSeenMs;
  const activeAt = latest([kept.activeAt, ...counting.map((s) => s.heard.lastActiveAt)], (at) => at);

  // claims: held are those neither taken back nor expired
  const held = known.claims.filter(({ claim }) => claim.expiresAt === undefined || claim.expiresAt > now).map(({ claim, at }) => {
    const hides = claim.atMost === word(bottom) && claim.sessionId === undefined;
    const whileAtLeast = hides ? word(bottom) : claim.whileAtLeast; // a claim that hides sticks, whatever it says
    const inert = !hides && [claim.show, claim.atMost, claim.atLeast, whileAtLeast].some((s) => s !== undefined && !statuses.includes(s));
    const floor = whileAtLeast === undefined ? bottom - 1 : statuses.indexOf(whileAtLeast);
    const bound = claim.sessionId === undefined || sessions.some((s) => s.heard.sessionId === claim.sessionId && s.rung < bottom);
    return { claim, at, hides, atTheBottomToo: floor === bottom && claim.sessionId === undefined, inForce: !inert && derived <= floor && bound };
  });
  const ask = (key: 'show' | 'atLeast' | 'atMost'): { id: string; rung: number }[] => held.flatMap(({ claim, inForce }) => {
    const status = claim[key];
    return inForce && status !== undefined && statuses.includes(status) ? [{ id: claim.id, rung: statuses.indexOf(status) }] : [];
  });
  const show = ask('show')[0]; // the first in deciding order decides; then every `atLeast` raises, then every `atMost` caps
  const lifts = ask('atLeast');
  const caps = ask('atMost');
  const base = show?.rung ?? derived;
  const raised = Math.min(base, ...lifts.map((c) => c.rung));
  const result = Math.max(raised, ...caps.map((c) => c.rung));
  const cap = result > raised ? caps.find((c) => c.rung === result) : undefined;
  const lift = raised < base ? lifts.find((c) => c.rung === raised) : undefined;
  const because: UserBecause = cap ? { by: 'claim', claimId: cap.id, effect: 'atMost' }
    : lift ? { by: 'claim', claimId: lift.id, effect: 'atLeast' }
    : show ? { by: 'claim', claimId: show.id, effect: 'show' }
    : winner?.reason ? { by: 'session', sessionId: winner.heard.sessionId, reason: winner.reason }
    : { by: 'nobody' };

  // while a claim that hides is held, no last seen, and only the details of what holds at the bottom too
  const hidden = held.some((c) => c.hides); // (R4) by its form alone, and it caps also when another of its words is unknown
  const details = held.flatMap(({ claim, inForce, atTheBottomToo }): [string, Json][] =>
    inForce && claim.detail !== undefined && claim.private !== true && (!hidden || atTheBottomToo) ? [[claim.id, claim.detail]] : []);
  return {
    status: own(policy.shownAs, word(result)) ?? word(result), derived: word(derived), because, verdicts, faded,
    lastSeenAt: faded ? undefined : seenAt, lastActiveAt: faded ? undefined : activeAt, hidden, details,
    claims: held.map(({ claim, at, inForce }): HeldClaim => ({ claim, at, inForce })),
  };
}

export function nextChange(known: Known, now: number): { readonly nextChangeAt?: number } {
  const seenAt = lastSeen(known);
  const nextChangeAt = firstDifference(answer(known, now), now, [
    ...known.sessions.flatMap(crossings),
    ...known.claims.flatMap((c) => c.claim.expiresAt ?? []),
    ...(seenAt === undefined ? [] : [seenAt + known.policy.keepLastSeenMs]),
  ], (at) => answer(known, at));
  return nextChangeAt === undefined ? {} : { nextChangeAt };
}

export const shownOf = (userId: string, is: ReturnType<typeof answer>, at: number): ShownPresence => ({
  userId, at, status: is.status,
  ...(is.lastSeenAt !== undefined && !is.hidden && { lastSeenAt: is.lastSeenAt }),
  ...(is.details.length > 0 && { details: Object.fromEntries(is.details) }),
});

function sessionOf(heard: Heard, { rung, because }: Verdict, policy: Policy, now: number): SessionPresence {
  const departure = heard.departures.map(({ cause, at }) => ({ cause: causeAsRead(cause, policy), at }))
    .sort((a, b) => a.at - b.at || byCodeUnits(a.cause, b.cause))[0]; // the earliest; of equals the smaller cause as read
  const nextChangeAt = firstDifference({ rung, because }, now, crossings(heard), (at) => judge(heard, policy, at));
  return {
    sessionId: heard.sessionId, at: now, status: policy.statuses[rung] ?? '', because, report: heard.report?.word ?? 'none',
    ...(departure && { departure }),
    ...(heard.uncounted && { uncounted: true }),
    ...(heard.lastSeenAt !== undefined && { lastSeenAt: heard.lastSeenAt }),
    ...(heard.lastActiveAt !== undefined && { lastActiveAt: heard.lastActiveAt }),
    ...(nextChangeAt !== undefined && { nextChangeAt }),
  };
}

export function userOf(known: Known, userId: string, now: number): UserPresence {
  const is = answer(known, now);
  const { status, derived, because, claims } = is;
  return {
    userId, at: now, status, derived, because, ...nextChange(known, now),
    ...(is.lastSeenAt !== undefined && { lastSeenAt: is.lastSeenAt }),
    ...(is.lastActiveAt !== undefined && { lastActiveAt: is.lastActiveAt }),
    sessions: known.sessions.map((heard, i) => sessionOf(heard, is.verdicts[i] ?? judge(heard, known.policy, now), known.policy, now)),
    claims, shown: shownOf(userId, is, now),
  };
}

/** What the model says of a user of whom these facts are known (`observe` each, then `deriveUser`): nothing is forgotten. */
export function oracleUser(
  facts: readonly Fact[], userId: string, policy: Policy, now: number, gaps: readonly Gap[] = [], kept: Kept = {},
): UserPresence {
  return userOf(know(facts.filter((f) => f.userId === userId), policy, gaps, kept), userId, now);
}

// ---- what changed

/** Claims by id, then the user. */
export function changed(before: ShownPresence, shown: ShownPresence, because: UserBecause, cause: 'signal' | 'time'): Change[] {
  const { userId, at } = shown;
  const ids = [...new Set([...Object.keys(before.details ?? {}), ...Object.keys(shown.details ?? {})])].sort(byCodeUnits);
  const claims = ids.filter((id) => !same(own(before.details, id), own(shown.details, id)));
  const user: UserChange[] = before.status === shown.status ? []
    : [{ type: 'user', userId, at, from: before.status, to: shown.status, cause, because, shown }];
  return [...claims.map((claimId): ClaimChange => ({ type: 'claim', userId, at, claimId, shown })), ...user];
}

export function oracleDiff(before: UserPresence, after: UserPresence, cause: 'signal' | 'time'): readonly Change[] {
  return changed(before.shown, after.shown, after.because, cause);
}

// ---- receiving

/** At the bottom, departed or silent to the bottom, and both its last fact and the crossing that put it there are old enough. */
function isOver(heard: Heard, policy: Policy, now: number): boolean {
  const bottom = policy.statuses.length - 1;
  if (now - heard.lastFactAt < policy.keepSessionMs) return false;
  const { rung, because } = judge(heard, policy, now);
  const silent = heard.clocks.some((c) => c.clock === 'silence'
    && c.cells.some((cell) => cell.rung === bottom && reading(c.since, now, c.gaps) >= cell.afterMs));
  const putThereAt = 'crossedAt' in because ? because.crossedAt : 'since' in because ? because.since : -Infinity;
  return rung === bottom && (silent || heard.departures.length > 0) && now - putThereAt >= policy.keepSessionMs;
}

export interface Memory { readonly facts: readonly Fact[]; readonly known: Known }

/** What is left of it as of `now`. The end of last seen is a threshold like others, asked at `fadeAt` (R5). */
export function forgotten(memory: Memory, gaps: readonly Gap[], now: number, fadeAt = now): Memory {
  const { policy, kept, sessions, claims, takenBackAt, clearedAt } = memory.known;
  const isOld = (effectAt: number | undefined): boolean => effectAt !== undefined && now - effectAt >= policy.keepSessionMs;
  const over = sessions.filter((s) => isOver(s, policy, now));
  const gone = new Set([
    ...claims.filter(({ claim, at }) => claim.expiresAt !== undefined && isOld(Math.max(claim.expiresAt, at))).map(({ claim }) => claim.id),
    ...[...takenBackAt].filter(([, effectAt]) => isOld(effectAt)).map(([id]) => id),
  ]);
  const facts = memory.facts.filter((f) => {
    if (isOfSession(f)) return !over.some((s) => s.sessionId === f.sessionId);
    return f.type === 'cleared' ? !isOld(clearedAt) : !gone.has(claimIdOf(f) ?? '');
  });
  const counted = over.filter((s) => !s.uncounted);
  const seenAt = latest([kept.seenAt, ...counted.map((s) => s.lastSeenAt)], (at) => at);
  const activeAt = latest([kept.activeAt, ...counted.map((s) => s.lastActiveAt)], (at) => at);
  if (facts.length === memory.facts.length && seenAt === undefined) return memory;
  const known = know(facts, policy, gaps, { seenAt, activeAt });
  return { facts, known: answer(known, fadeAt).faded ? { ...known, kept: {} } : known };
}

/** When: `at` is `now` if left out, and never beyond it; what is said of a claim without one is later than all that was said of it. */
export function placed(signal: Unstamped<Signal>, facts: readonly Fact[], now: number): Signal {
  if (signal.at !== undefined || 'sessionId' in signal) return { ...signal, at: Math.min(signal.at ?? now, now) };
  const id = claimIdOf({ ...signal, at: now });
  const before = facts.filter(isOfClaim).filter((f) => id === undefined || f.type === 'cleared' || claimIdOf(f) === id);
  return { ...signal, at: Math.max(now, ...before.map((f) => f.at + 1)) };
}

/** Which connection; and a report that repeats the last one, not set aside since, keeps its `since`. */
export function numbered(signal: Signal, { known }: Memory): Fact {
  if (!('sessionId' in signal)) return signal;
  const { at, sessionId } = signal;
  const current = known.sessions.find((s) => s.sessionId === sessionId);
  // where hosts do not number, a number is an instant (R6: also of the first fact of a session, whatever it is)
  const comesBack = current !== undefined && current.departures.length > 0 // (R7) some departure, none of them named `left`
    && at > current.epoch && current.departures.every((d) => at > d.at && d.cause !== 'left');
  const epoch = signal.epoch ?? (current === undefined ? at
    : signal.type === 'connected' ? Math.max(at, current.epoch)
    : signal.type === 'disconnected' ? Math.min(at, current.epoch) // an earlier one ended an older epoch, and is inert
    : comesBack ? at : current.epoch);
  if (signal.type === 'disconnected') return { ...signal, epoch };
  const keepsUncounted = signal.epoch === undefined && signal.type !== 'connected' && comesBack && current.uncounted;
  const last = current?.setAside === false ? current.said : undefined;
  const restated = last !== undefined && signal.report === last.word;
  return { ...signal, epoch, ...(keepsUncounted && { uncounted: true }), ...(restated && { reportSince: last.since }) };
}

/** One user's life: what a gap or another policy changes, what is due before `now`, what the signal changes, what is due at `now`. */
export function oracleAdvance(
  state: OracleState | undefined, userId: string, policy: Policy, asked: number, signal?: Unstamped<Signal>, gaps: readonly Gap[] = [],
): OracleAdvanced {
  const now = Math.max(asked, state?.toldAt ?? asked); // time never goes back
  const changes: Change[] = [];
  const facts = state?.facts ?? [];
  let memory: Memory = { facts, known: know(facts, policy, gaps, state?.kept ?? {}) };
  let told = state?.told;
  const tell = (cause: 'signal' | 'time', at: number, askedAt = at): void => {
    const is = answer(memory.known, askedAt);
    const shown = shownOf(userId, is, at);
    if (told !== undefined) changes.push(...changed(told, shown, is.because, cause));
    told = shown;
  };

  if (state !== undefined) {
    memory = forgotten(memory, gaps, state.toldAt);
    tell('signal', state.toldAt);
    for (let at = nextChange(memory.known, state.toldAt).nextChangeAt; at !== undefined && at < now;) {
      memory = forgotten(memory, gaps, at);
      tell('time', at);
      at = nextChange(memory.known, at).nextChangeAt;
    }
  }
  if (signal !== undefined) {
    // facts of one instant come before thresholds of that instant, unless these were told already
    const just = state?.toldAt === now ? now : now - 1;
    memory = forgotten(memory, gaps, now, just); // a session that is over, as of `now`, is absent
    if (told === undefined) tell('signal', now, just); // of somebody unknown: at the bottom, which is no change
    const fact = placed(signal, memory.facts, now);
    if ('sessionId' in fact && now - fact.at >= policy.keepSessionMs) {
      changes.push({ type: 'rejected', userId, at: now, reason: 'too-late', signal: fact }); // (R8) stamped, not numbered
    } else {
      const more = [...memory.facts, numbered(fact, memory)];
      memory = { facts: more, known: know(more, policy, gaps, memory.known.kept) };
      tell('signal', now, just);
    }
  }
  memory = forgotten(memory, gaps, now);
  tell('time', now);
  const presence = userOf(memory.known, userId, now);
  const { kept } = memory.known;
  const isEmpty = memory.facts.length === 0 && kept.seenAt === undefined && kept.activeAt === undefined;
  return { state: isEmpty ? undefined : { facts: memory.facts, kept, toldAt: now, told: presence.shown }, changes, presence };
}

// ---- settling

/**
 * What comes out when, if the host pushes these and also asks at the end of every window: by instant, then by user.
 * (R9) What is pushed exactly at the end of a window still belongs to it.
 */
export function oracleSettled(pushes: readonly OraclePush[], settleMs: number, until: number): readonly OracleRelease[] {
  const out: OracleRelease[] = [];
  const onTime = pushes.filter((p) => p.now <= until);
  for (const userId of [...new Set(onTime.flatMap((p) => p.changes.map((c) => c.userId)))].sort(byCodeUnits)) {
    let last: ShownPresence | undefined; // shown last
    let windowEnd = -Infinity;
    let held: (UserChange | ClaimChange)[] = [];
    const release = (): void => {
      const newest = held[held.length - 1]?.shown;
      if (newest === undefined || last === undefined) return;
      const user = held.filter((c) => c.type === 'user').pop();
      const claim = held.filter((c) => c.type === 'claim').pop();
      const { at, status } = newest; // (R10) a release has the instant of what it shows, not its own
      const change: Change | undefined = status !== last.status ? user && { ...user, at, from: last.status, to: status, shown: newest }
        : same(newest.details, last.details) ? undefined
        : claim && { ...claim, at, shown: newest }; // (R11) the newest, whichever claim it names
      held = [];
      if (change === undefined) return; // nothing comes out, and the window is over
      out.push({ now: windowEnd, change });
      last = newest;
      windowEnd += settleMs;
    };
    for (const { changes, now } of onTime) {
      if (windowEnd < now) release();
      const mine = changes.filter((c) => c.userId === userId);
      const publication = mine.filter((c) => c.type === 'user' || c.type === 'claim');
      const passes = windowEnd <= now && held.length === 0;
      for (const change of mine) if (passes || change.shown === undefined) out.push({ now, change });
      if (!passes) held.push(...publication);
      else if (publication.length > 0) {
        last = publication[publication.length - 1]?.shown;
        windowEnd = now + settleMs;
      }
      if (windowEnd === now && publication.length > 0) release();
    }
    if (windowEnd <= until) release();
  }
  return out.sort((a, b) => a.now - b.now);
}
