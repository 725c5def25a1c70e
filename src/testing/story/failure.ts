// How a story that differs reads: one sentence, the whole table with what was expected over what was so, and the reason.

import { compact } from '../../duration.js';
import type { SessionBecause } from '../../because.js';
import type { Timestamp } from '../../time.js';
import type { UserBecause } from '../../user.js';
import { blocksOf, columnWidth, linesOf, padded, pageWidth, widthOf } from '../grid.js';
import type { Column, Grid } from '../grid.js';
import type { Timeline } from '../timeline.js';
import { named, spelled, statusCell } from '../words.js';
import { actualAt, statusExpectedAt } from './lanes.js';
import type { Actual, Compared } from './lanes.js';
import type { Script, ScriptRow } from './script.js';

/** A lane that differs. */
export interface Differing extends Compared {
  readonly differsAt: Timestamp;
}

/** Says what differs. `lanes` are all that do, in the order of their rows; there is one at least. */
export function failureOf(script: Script, lanes: readonly Differing[], spans: Timeline): string {
  const first = lanes.reduce((earliest, lane) => (lane.differsAt < earliest.differsAt ? lane : earliest));
  const { row: { lane }, differsAt } = first;
  const nameOfInstant = namesOf(script);
  const when = nameOfInstant(differsAt);
  const who = named(lane.userId) + (lane.sessionId === undefined ? '' : `/${named(lane.sessionId)}`);
  const was = actualAt(first.actual, differsAt);
  const isReasonAsked = first.expected.get(differsAt)?.reason !== undefined;
  const because = was === undefined ? '' : ` because ${sentence(was.because, rungOf(was, first, spans), differsAt, nameOfInstant)}`;
  return [
    `Story differs at ${when}: expected ${who} to be ${wished(first)}, was ${told(was, isReasonAsked)}.`,
    ...tableOf(script, lanes, first, nameOfInstant).map((line) => `  ${line}`.trimEnd()),
    `  At ${when} ${who} is ${was === undefined ? 'unheard of' : spelled(was.status)}${because}.${isReasonAsked ? withoutReason(first, was) : ''}`,
  ].join('\n');
}

/** Instants as the story writes them. */
function namesOf({ instants }: Script): (at: Timestamp) => string {
  const labels = new Map(instants.map(({ at, label }) => [at, label]));
  return (at) => labels.get(at) ?? compact(at);
}

/** What was expected at the first difference: what its cell says, or the last one before it. */
function wished({ expected, differsAt }: Differing): string {
  const status = statusExpectedAt(expected, differsAt);
  return status === undefined ? 'unheard of' : statusCell(status, expected.get(differsAt)?.reason ?? '');
}

function told(was: Actual | undefined, withReason: boolean): string {
  return was === undefined ? 'unheard of' : statusCell(was.status, withReason ? was.reason : '');
}

// ---- the table

function tableOf(script: Script, lanes: readonly Differing[], first: Differing, nameOfInstant: (at: Timestamp) => string): readonly string[] {
  const { instants, rows } = script;
  const changes = lanes.flatMap(({ actual, differsAt }) => [...actualChanges(actual).map(({ from }) => from), differsAt]);
  const columnsAt = [...new Set([...instants.map(({ at }) => at), ...changes])].sort((a, b) => a - b);
  const shown = rows.flatMap((row): readonly Shown[] => {
    const lane = lanes.find((one) => one.row === row);
    return lane === undefined ? [{ title: row.title, label: '', textAt: writtenAt(row) }] : [
      { title: row.title, label: 'expected', textAt: writtenAt(row) },
      { title: '', label: 'actual', textAt: actualTextAt(lane, first), isMarked: lane === first },
    ];
  });
  const width = Math.max(...shown.map(({ title, label }) => widthOf(title) + (label === '' ? 0 : label.length + 1)));
  const names = ['time', ...shown.map(({ title, label }) => (label === '' ? title : padded(title, width - 'expected'.length) + label))];
  const columns = columnsAt.map((at) => [nameOfInstant(at), ...shown.map(({ textAt }) => textAt(at))]);
  const markedRow = shown.findIndex(({ isMarked }) => isMarked === true) + 1;
  return blocksOf(names, columns, pageWidth - 2).flatMap((block, i) => [...(i === 0 ? [] : ['']), ...markedLines(block, columns[columnsAt.indexOf(first.differsAt)], markedRow)]);
}

interface Shown {
  readonly title: string;
  readonly label: '' | 'expected' | 'actual';
  readonly textAt: (at: Timestamp) => string;
  readonly isMarked?: boolean;
}

/** A block, and in that of the first difference a mark under it. */
function markedLines(block: Grid, differing: Column | undefined, row: number): readonly string[] {
  const lines = linesOf(block);
  const column = block.findIndex((one) => one === differing);
  if (column < 0) return lines;
  const before = block.slice(0, column).reduce((width, one) => width + columnWidth(one) + ' | '.length, 0);
  return [...lines.slice(0, row + 1), `${' '.repeat(before)}▲ first difference`, ...lines.slice(row + 1)];
}

function writtenAt({ lane, cells }: ScriptRow): (at: Timestamp) => string {
  const between = lane.kind === 'claims' ? '; ' : ' ';
  return (at) => cells.filter((said) => said.at === at).map(({ cell }) => cell.text).join(between);
}

/** What was so where it changed, and at the first difference; with the reason where one was asked for. */
function actualTextAt({ actual, expected, differsAt }: Differing, first: Differing): (at: Timestamp) => string {
  const changes = new Set(actualChanges(actual).map(({ from }) => from));
  return (at) => {
    const isAsked = expected.get(at)?.reason !== undefined;
    const isShown = changes.has(at) || isAsked || (at === differsAt && at === first.differsAt);
    return isShown ? told(actualAt(actual, at), isAsked) : '';
  };
}

/** Spans that begin with another status. */
function actualChanges(actual: readonly Actual[]): readonly Actual[] {
  return actual.filter(({ status }, i) => status !== actual[i - 1]?.status);
}

// ---- the reason

/** The status before outward words: that of the session that decides. */
function rungOf({ status, because }: Actual, { row, differsAt }: Differing, { users }: Timeline): string {
  if (!('by' in because) || because.by !== 'session') return status;
  const sessions = users.filter(({ userId }) => userId === row.lane.userId).flatMap((user) => user.sessions);
  const spans = sessions.filter(({ sessionId }) => sessionId === because.sessionId).flatMap(({ segments }) => segments);
  return spans.filter(({ from }) => from <= differsAt).reduce((_, span) => span.status, status);
}

/** Why no reason can be asked for, where the status is as expected and has none to give. */
function withoutReason({ expected, differsAt }: Differing, was: Actual | undefined): string {
  if (was?.reason !== '' || was.status !== statusExpectedAt(expected, differsAt)) return '';
  const status = spelled(was.status);
  const reason = 'by' in was.because && was.because.by === 'session' ? was.because.reason : was.because;
  const isBest = 'clock' in reason && reason.clock === 'none';
  return ` ${isBest ? `${status} is the best that can be, so no` : 'No'} reason can be asked for: write \`${status}\` alone.`;
}

const effects = { show: 'shows it', atMost: 'caps it', atLeast: 'raises it' } as const;

function sentence(because: UserBecause | SessionBecause, rung: string, at: Timestamp, nameOfInstant: (at: Timestamp) => string): string {
  if (!('by' in because)) return clockSentence(because, rung, at, nameOfInstant);
  if (because.by === 'nobody') return 'no session counts';
  if (because.by === 'claim') return `claim ${named(because.claimId)} ${effects[because.effect]}`;
  return `${named(because.sessionId)}: ${clockSentence(because.reason, rung, at, nameOfInstant)}`;
}

function clockSentence(because: SessionBecause, rung: string, at: Timestamp, nameOfInstant: (at: Timestamp) => string): string {
  switch (because.clock) {
    case 'none':
      return 'nothing speaks against it';
    case 'never':
      return 'it was never seen alive';
    case 'report':
      return `report ${spelled(because.report)} (since ${nameOfInstant(because.since)})`;
    default: {
      const clock = because.clock === 'departure' ? spelled(because.cause) : because.clock;
      const { since, afterMs } = because;
      return `${clock} for ${compact(at - since)} (since ${nameOfInstant(since)}; ${spelled(rung)} after ${compact(afterMs)})`;
    }
  }
}
