// Parts of the documents that come from the policy and from the library's own answers, so that they cannot be out of date.
//   npm run docs:update        writes them; test/guard/documents.test.ts fails where they are not what is written

import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { defaultPolicy, deriveSession, deriveUser, formatPolicy } from 'presence-model';
import type { DefaultNames, SessionBecause, SessionEvidence, Signal } from 'presence-model';
import { heartbeatPlan } from 'presence-model/client';
import { timeline } from 'presence-model/testing';
import { tableOf } from '../../src/define.js';
import { spoken } from '../../src/duration.js';
import { firstShowing } from '../../src/hold.js';
import { casesTable, countsTable } from '../vector/table.js';
import { replaceBlock } from './blocks.js';
import { breaks } from './breaks.js';
import { absolute, read } from './files.js';
import { qualityTable } from './quality-table.js';
import { browsersTable, endsTable, freezesTable, hiddenBeatsTable } from './recorded-tables.js';

type Status = DefaultNames['status'];

/** The document, the name of the block in it, and what it holds. */
export const generated: readonly (readonly [document: string, block: string, content: () => string])[] = [
  ['README.md', 'policy', policyTable],
  ['README.md', 'thresholds', thresholdsTable],
  ['docs/model.md', 'policy', policyTable],
  ['docs/model.md', 'ladders', laddersDrawn],
  ['docs/model.md', 'aggregation', aggregationTable],
  ['docs/model.md', 'timeline', oneSessionDrawn],
  ['docs/guide/clients.md', 'plan', planTable],
  ['docs/guide/heartbeats.md', 'hidden', hiddenBeatsTable],
  ['docs/guide/heartbeats.md', 'freezes', freezesTable],
  ['docs/guide/heartbeats.md', 'ends', endsTable],
  ['docs/guide/heartbeats.md', 'browsers', browsersTable],
  ['docs/guide/laws.md', 'breaks', breaksTable],
  ['docs/guide/measuring-quality.md', 'quality', qualityTable],
  ['docs/outcomes.md', 'counts', countsTable],
  ['docs/outcomes.md', 'cases', casesTable],
];

function policyTable(): string {
  return asText(formatPolicy(defaultPolicy));
}

function asText(text: string): string {
  return `\`\`\`text\n${text}\n\`\`\``;
}

/** Where a default stands, when it applies, and why it is what it is. The value itself is read from the policy. */
const thresholds: readonly (readonly [path: string, when: string, why: string, lower: string, higher: string])[] = [
  ['silence.idle', 'nothing was heard for so long', 'a client that beats every 7 s may lose one beat', 'clients must beat more often', 'a lost client looks active for longer'],
  ['silence.away', 'nothing was heard for so long', 'several beats in a row are missing: the client is asleep or cut off', 'a short loss of network shows', 'a sleeping laptop looks idle for longer'],
  ['silence.stale', 'nothing was heard for so long', 'a hidden tab that beats once a minute may lose one beat', 'throttled tabs flap', 'ghosts stay listed'],
  ['silence.offline', 'nothing was heard for so long', 'one minute to be doubted before one is gone', 'nobody sees the doubt', 'ghosts stay listed'],
  ['inactivity.idle', 'the human did nothing for so long', 'reading a page takes about a minute', 'readers look idle', 'an empty chair looks active for longer'],
  ['inactivity.away', 'the human did nothing for so long', 'too long for reading, short enough to be noticed', 'a phone call makes people away', 'an empty chair looks idle for longer'],
  ['departures.dropped.stale', 'the transport was lost so long ago', 'longer than most reconnects and changes of network take', 'reconnects show', 'a crash shows later'],
  ['departures.closed.offline', 'the page was closed so long ago', 'a refresh takes less', 'a refresh shows', 'a closed tab stays listed for longer'],
  ['departures.left.offline', 'the user signed out so long ago', 'they said so', '–', 'a goodbye is shown late'],
  ['maxQuietMs', 'the longest silence that a client may announce', 'a browser may freeze a page for longer than any user waits', 'frozen pages go away early', 'a client that lied is believed for longer'],
  ['keepSessionMs', 'how long a session that is gone is remembered, and how late a signal may come', 'past every mobile reconnect, and cheap to hold', 'late signals are refused', 'more records are held'],
  ['keepLastSeenMs', 'how long it is known when somebody was last seen', 'after a week "last seen" says little', 'less is known', 'more is kept about people'],
];

function thresholdsTable(): string {
  const rows = thresholds.map(([path, when, why, lower, higher]) => `| \`${path}\` | ${when} | ${spokenShort(valueAt(path))} | ${why} | ${lower} | ${higher} |`);
  return ['| name | when | default | why | if lower | if higher |', '|---|---|--:|---|---|---|', ...rows].join('\n');
}

function valueAt(path: string): number {
  let value: unknown = defaultPolicy;
  for (const key of path.split('.')) value = (value as Readonly<Record<string, unknown>>)[key];
  if (typeof value !== 'number') throw new Error(`The default policy has no ${path}.`);
  return value;
}

function spokenShort(lengthMs: number): string {
  return lengthMs === 0 ? '0' : spoken(lengthMs);
}

/** Every threshold of the default policy that is written in README, by path. */
export const thresholdPaths: readonly string[] = thresholds.map(([path]) => path);

function laddersDrawn(): string {
  const { statuses, silence, inactivity, departures } = defaultPolicy;
  const rows: readonly (readonly [string, Readonly<Partial<Record<Status, number>>>])[] = [
    ['silence', silence],
    ['inactivity', inactivity],
    ...Object.entries(departures).map(([cause, ladder]) => [`departure ${cause}`, ladder] as const),
  ];
  const drawn = rows.map(([name, ladder]) => {
    const rungs = statuses.flatMap((status) => (ladder[status] === undefined ? [] : `──${spokenShort(ladder[status])}──▶ ${status}`));
    return `${name.padEnd(20)} ${statuses[0]} ${rungs.join(' ')}`;
  });
  return asText(drawn.join('\n'));
}

/** A session that is silent for as long as it takes to have this status. */
function sessionThatIs(status: Status, sessionId: string, now: number): SessionEvidence {
  const session: SessionEvidence = { sessionId, epoch: 1, seenAt: now - (defaultPolicy.silence[status] ?? 0) };
  const { status: is } = deriveSession(session, defaultPolicy, now);
  if (is !== status) throw new Error(`The session is ${is}, not ${status}.`);
  return session;
}

function aggregationTable(): string {
  const now = 1_000_000;
  const { statuses } = defaultPolicy;
  const derived = (sessions: readonly SessionEvidence[]): string => deriveUser({ userId: 'ada', sessions, claims: [] }, defaultPolicy, now).derived;
  const rows = statuses.map((laptop) => {
    const one = sessionThatIs(laptop, 'laptop', now);
    const cells = statuses.map((phone) => derived([one, sessionThatIs(phone, 'phone', now)]));
    return [`**${laptop}**`, ...cells, derived([one]), derived([one, { ...sessionThatIs('active', 'phone', now), uncounted: true }])];
  });
  const head = ['laptop ╲ phone', ...statuses.map((status) => `**${status}**`), 'no phone', 'active, uncounted'];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const msPerCharacter = 4_000;
const fills: Readonly<Record<Status, string>> = { active: '█', idle: '▓', away: '▒', stale: '░', offline: '·' };

/** One session: work, a dropped transport that returns within its grace, and one that does not. */
const scenario: readonly (readonly [letter: string, at: number, signal: object])[] = [
  ['c', 0, { type: 'connected' }],
  ['a', 12_000, { type: 'activity' }],
  ...[24, 36, 48, 60, 72, 84].map((s) => ['h', s * 1_000, { type: 'heartbeat' }] as const),
  ['x', 88_000, { type: 'disconnected' }],
  ['c', 96_000, { type: 'connected' }],
  ['a', 104_000, { type: 'activity' }],
  ...[116, 128, 140].map((s) => ['h', s * 1_000, { type: 'heartbeat' }] as const),
  ['x', 144_000, { type: 'disconnected' }],
];

function oneSessionDrawn(): string {
  const signals = scenario.map(([, at, signal]) => ({ userId: 'ada', sessionId: 'tab', at, ...signal }) as Signal<DefaultNames>);
  const until = 400_000;
  const segments = timeline(signals, defaultPolicy, { from: 0, until }).users[0]?.sessions[0]?.segments ?? [];
  const place = (at: number): number => Math.floor(at / msPerCharacter);
  // What would come closer to the mark before it is left out.
  const row = (marks: readonly (readonly [at: number, text: string])[], apart: number): string => {
    let line = '';
    for (const [at, text] of marks) if (line === '' || line.length + apart <= place(at)) line = line.padEnd(place(at)) + text;
    return line;
  };
  const bar = segments.map(({ from, until, status }) => fills[status].repeat(place(until) - place(from))).join('');
  const changes = segments.filter(({ status }, i) => status !== segments[i - 1]?.status);
  const words = segments.map(({ from, until, status, because }) =>
    `${seconds(from).padStart(6)} – ${seconds(until).padEnd(6)} ${fills[status]} ${status.padEnd(8)} ${inWords(because)}`);
  return asText([
    `signal   ${row(scenario.map(([letter, at]) => [at, letter]), 0)}`,
    `session  ${bar}`,
    `s        ${row(changes.map(({ from }) => [from, String(from / 1_000)]), 1)}`,
    '',
    'c connected   a activity   h heartbeat   x disconnected (dropped)   one character: 4 s',
    '',
    ...words,
  ].join('\n'));
}

/** The plan of the default policy, for each report: with no loss, with one, and with two, of which only the last has no margin. */
function planTable(): string {
  const plans = [heartbeatPlan(defaultPolicy, { toleratedLosses: 0 }), heartbeatPlan(defaultPolicy), heartbeatPlan(defaultPolicy, { toleratedLosses: 2, marginMs: 0 })];
  const rows = (Object.keys(defaultPolicy.reports) as DefaultNames['report'][]).map((report) => {
    const { path = '', afterMs = 0 } = firstShowing('silence', report, defaultPolicy, tableOf(defaultPolicy)) ?? {};
    const intervals = plans.map((plan) => plan[report]);
    const perHour = Math.ceil(3_600_000 / heartbeatPlan(defaultPolicy)[report]);
    return `| \`${report}\` | \`${path}\`, ${spoken(afterMs)} | ${intervals.map(spoken).join(' | ')} | ${perHour} |`;
  });
  return [
    '| the client reports | the first silence that shows | no beat may be lost | one may (the default) | two may, and no margin | beats an hour, by default |',
    '|---|---|--:|--:|--:|--:|',
    ...rows,
  ].join('\n');
}

function breaksTable(): string {
  return ['| the copy | is found out by |', '|---|---|', ...breaks.map(({ what, caughtBy }) => `| ${what} | ${caughtBy} |`)].join('\n');
}

function seconds(at: number): string {
  return `${String(at / 1_000)} s`;
}

function inWords(because: SessionBecause): string {
  switch (because.clock) {
    case 'none': return 'nothing speaks against it';
    case 'never': return 'never seen alive';
    case 'report': return `reports ${because.report} since ${seconds(because.since)}`;
    case 'departure': return `${because.cause} since ${seconds(because.since)}, for ${spoken(because.afterMs)} or more`;
    default: return `${because.clock} since ${seconds(because.since)}, for ${spoken(because.afterMs)} or more`;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const [document, block, content] of generated) writeFileSync(absolute(document), replaceBlock(read(document), block, content()));
  console.log(`Written: ${generated.map(([document, block]) => `${document} (${block})`).join(', ')}.`);
}
