// Signals written as a story: every one of them in its cell, and under them what they amount to. Pasted back it passes.

import { complaint } from '../complaint.js';
import { checkedPolicy } from '../define.js';
import { compact } from '../duration.js';
import { byCodeUnits } from '../plain.js';
import type { Policy } from '../policy.js';
import { isOfSession } from '../receive.js';
import type { Names, Signal } from '../signal.js';
import { unionOf } from '../time.js';
import type { Timestamp } from '../time.js';
import { blocksOf, linesOf } from './grid.js';
import { checkedOptions, rowsOf } from './render.js';
import type { RenderOptions } from './render.js';
import { claimText, sessionTexts } from './story/said.js';
import type { SessionSignal, Words } from './story/said.js';
import { titleOf } from './story/script.js';
import { timeline } from './timeline.js';
import type { Range, UserLane } from './timeline.js';

/** A row of the story, as far as it says something. */
interface Told {
  readonly title: string;
  /** What stands between two things of one cell. */
  readonly between: string;
  /** What is said, by instant. */
  readonly said: readonly Saying[];
}

interface Saying {
  readonly at: Timestamp;
  readonly text: string;
  /** The same, where it cannot stand at its own instant. */
  readonly placed: string;
}

/**
 * Writes signals as a story that tells them: rows of signals, and the whole step function of every user and session. What comes
 * out passes as a story under the same policy, and tells the same signals; so a case found by chance becomes a test to read.
 * Without a signal there is nobody to expect anything of, and so no story.
 *
 * @param signals - Stamped. Those outside the range are written with their instants (`o@-5s`).
 * @param policy - From `definePolicy`.
 * @param range - Which span of time to look at; one ms at least. Overlapping gaps are written as one.
 * @param options - How wide, and which instant is `0s`.
 * @returns Lines of text without a newline at the end. Cost: as `timeline`, and rows times instants.
 * @throws TypeError when a signal, the range or an option breaks its type.
 * @example
 * ```ts
 * import { defaultPolicy } from 'presence-model';
 * import { renderStory, story } from 'presence-model/testing';
 *
 * const text = renderStory([{ type: 'connected', userId: 'ada', sessionId: 'tab', epoch: 1, at: 0 }], defaultPolicy, { from: 0, until: 20_000 });
 * text.split('\n')[1]; // => '> ada/tab | +      |                     |'
 * text.split('\n')[2]; // => '= ada     | active | idle (tab: silence) |'
 * story(defaultPolicy)`${text}`.signals.length; // => 1
 * ```
 */
export function renderStory<N extends Names>(signals: readonly Signal<N>[], policy: Policy<N>, range: Range, options: RenderOptions = {}): string {
  const { width, origin } = checkedOptions(options, 0);
  const words = checkedPolicy(policy);
  const { from, until, users } = timeline(signals, policy, range);
  if (until <= from) throw new TypeError(complaint('until', `${String(from + 1)} or later, as a story has one instant at least`, until));
  const rows = [...hostRow(range, origin), ...signalRows(signals, words, origin)];
  const shown = (users as readonly UserLane[]).flatMap(rowsOf);
  const last = until - 1;
  const placeOf = (at: Timestamp): Timestamp => Math.min(Math.max(at, from), last);
  const said = rows.flatMap((row) => row.said.map(({ at }) => placeOf(at)));
  const instants = [...new Set([from, last, ...said, ...shown.flatMap(({ cells }) => [...cells.keys()])])].sort((a, b) => a - b);
  const columns = instants.map((at) => [
    compact(at - origin),
    ...rows.map((row) => row.said.filter((one) => placeOf(one.at) === at).map((one) => (one.at === at ? one.text : one.placed)).join(row.between)),
    ...shown.map(({ cells }) => cells.get(at) ?? ''),
  ]);
  const names = ['time', ...rows.map(({ title }) => title), ...shown.map(({ name }) => name)];
  return blocksOf(names, columns, width).map((block) => linesOf(block).join('\n')).join('\n\n');
}

function hostRow({ gaps }: Range, origin: Timestamp): readonly Told[] {
  const said = unionOf(gaps).flatMap((gap) => [sayingAt(gap.from, 'gap', origin), sayingAt(gap.until, 'back', origin)]);
  return said.length === 0 ? [] : [{ title: titleOf({ kind: 'host' }), between: ' ', said }];
}

function sayingAt(at: Timestamp, text: string, origin: Timestamp, between = ''): Saying {
  return { at, text, placed: `${text}${between}@${compact(at - origin)}` };
}

/** A row for each session, then one for the claims, of each user. */
function signalRows(signals: readonly Signal[], { statuses, reports, departures }: Policy, origin: Timestamp): readonly Told[] {
  const words: Words = { statuses, reports: Object.keys(reports), causes: Object.keys(departures), origin };
  const inOrder = [...signals].sort((a, b) => a.at - b.at);
  return distinct(signals.map(({ userId }) => userId)).flatMap((userId) => {
    const theirs = inOrder.filter((signal) => signal.userId === userId);
    const ofSessions = theirs.filter(isOfSession);
    const rows = distinct(ofSessions.map(({ sessionId }) => sessionId)).map((sessionId) =>
      sessionRow(ofSessions.filter((signal) => signal.sessionId === sessionId), userId, sessionId, words));
    const said = theirs.filter(isOfClaims).map((signal) => sayingAt(signal.at, claimText(signal, words), origin, ' '));
    return said.length === 0 ? rows : [...rows, { title: titleOf({ kind: 'claims', userId }), between: '; ', said }];
  });
}

function sessionRow(signals: readonly SessionSignal[], userId: string, sessionId: string, words: Words): Told {
  const isUnnumbered = signals.some(({ epoch }) => epoch === undefined);
  const texts = sessionTexts(signals, isUnnumbered, words);
  const said = signals.map(({ at }, i) => sayingAt(at, String(texts[i]), words.origin));
  return { title: titleOf({ kind: 'session', userId, sessionId, isUnnumbered }), between: ' ', said };
}

function isOfClaims(signal: Signal): signal is Exclude<Signal, SessionSignal> {
  return !isOfSession(signal);
}

function distinct(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].sort(byCodeUnits);
}
