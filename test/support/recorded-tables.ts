// The tables of docs/guide/heartbeats.md, measured in the recordings of docs/examples/recordings.

import { spoken } from '../../src/duration.js';
import { read } from './files.js';

/** A line of a recording, as far as it is read here. */
interface Line {
  readonly at: number;
  readonly event?: string;
  readonly did?: string;
  readonly tab?: string;
  readonly userId?: string;
  readonly sessionId?: string;
  readonly transport?: string;
  readonly state?: string;
  readonly reason?: string;
  readonly closeCode?: number;
}

function linesOf(name: string): readonly Line[] {
  return read(`docs/examples/recordings/${name}.jsonl`).trimEnd().split('\n').map((line) => JSON.parse(line) as Line);
}

function theOne(lines: readonly Line[], isIt: (line: Line) => boolean): Line {
  const [line] = lines.filter(isIt);
  if (line === undefined) throw new Error('The recording does not have what is measured.');
  return line;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const isNumber = head.map((_, i) => rows.every((row) => /^(–|\d)/.test(row[i] ?? '')));
  return [head, isNumber.map((is) => (is ? '--:' : '---')), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Of each tab that was hidden for seven minutes and a half: when its beats, meant to come every 5 s, became seldom, and how seldom. */
export function hiddenBeatsTable(): string {
  const events = linesOf('hidden-tab.events');
  const whose: readonly (readonly [session: string, said: string])[] = [
    ['2xvblztb', 'hidden behind another tab'], ['d5s13ztt', 'the same, over long polling'], ['80wdm0x3', 'opened in the background'],
    ['gej871ui', 'visible all the time, and not touched'],
  ];
  return table(
    ['the tab', 'its last beat on time', 'to the next', 'from then on', 'and so often'],
    whose.map(([session, said]) => {
      const beats = events.filter(({ event, sessionId }) => event === 'heartbeat' && sessionId === session);
      const hiddenAt = beats.find(({ state }) => state === 'background')?.at;
      const gaps = beats.slice(1).map(({ at }, i) => ({ from: beats[i]?.at ?? at, ms: at - (beats[i]?.at ?? at) }));
      // The tab is shown again in the end, and says so out of turn.
      const shownAt = beats.find(({ state, at }) => hiddenAt !== undefined && at > hiddenAt && state !== 'background')?.at ?? Infinity;
      const [first, ...later] = gaps.filter(({ from, ms }) => ms > 10_000 && from + ms < shownAt).map(({ from, ms }) => ({ from, ms }));
      const inWords = (lengths: readonly number[]): string => [...new Set([Math.min(...lengths), Math.max(...lengths)].map((ms) => (ms / 1_000).toFixed(1)))].join(' to ');
      if (hiddenAt === undefined || first === undefined) return [said, '–', '–', `up to ${(Math.max(...gaps.map(({ ms }) => ms)) / 1_000).toFixed(1)} s`, `${String(gaps.length)} times`];
      return [
        said, `${String(Math.round((first.from - hiddenAt) / 1_000))} s after it was hidden`,
        `${(first.ms / 1_000).toFixed(1)} s`, `${inWords(later.map(({ ms }) => ms))} s`, `${String(later.length)} times`,
      ];
    }),
  );
}

/** How pages ended, and what the server heard of it. */
export function endsTable(): string {
  const ends: readonly (readonly [name: string, did: string, session: string, said: string])[] = [
    ['two-tabs-and-a-phone', 'tab ada/2 closed by the user', 'v430igcn', 'a tab is closed'],
    ['bad-network', 'browser E closed (ordinary quit)', 'shqvodq6', 'the browser quits in the ordinary way'],
    ['bad-network', 'killed renderer of eve/1 (Page.crash)', 'xsi6j9rz', 'the page crashes'],
    ['bad-network', 'browser C killed (SIGKILL)', '8rbx66bp', 'the browser is killed'],
  ];
  return table(
    ['what happens', 'the server hears', 'close code', 'after'],
    ends.map(([name, did, session, said]) => {
      const { at } = theOne(linesOf(`${name}.truth`), (deed) => deed.did === did);
      const end = theOne(linesOf(`${name}.events`), (line) => line.event === 'disconnect' && line.sessionId === session && line.at >= at);
      return [said, `*${String(end.reason)}*`, String(end.closeCode), `${String(end.at - at)} ms`];
    }),
  );
}

/** Two tabs that were frozen for 40 s, and when the server lost their connections. */
export function freezesTable(): string {
  const deeds = linesOf('frozen-and-bfcache.truth');
  const events = linesOf('frozen-and-bfcache.events');
  return table(
    ['the tab', 'frozen for', 'its connection is lost', 'the server hears'],
    (['ada/1', 'bob/1'] as const).map((tab) => {
      const frozenAt = theOne(deeds, ({ did }) => did === `tab ${tab} frozen`).at;
      const resumedAt = theOne(deeds, ({ did }) => did === `tab ${tab} resumed (still hidden)`).at;
      const end = theOne(events, ({ event, userId, at }) => event === 'disconnect' && `${String(userId)}/1` === tab && at > frozenAt);
      const lost = end.at < resumedAt ? `${inSeconds(end.at - frozenAt)} after it was frozen` : `${String(end.at - resumedAt)} ms after it was resumed`;
      return [tab, inSeconds(resumedAt - frozenAt), lost, `*${String(end.reason)}*`];
    }),
  );
}

function inSeconds(ms: number): string {
  return spoken(Math.round(ms / 1_000) * 1_000);
}

interface Measured {
  readonly version: string;
  readonly 'hidden beats apart': readonly number[];
  readonly 'went back': string;
  readonly 'closed, heard after': number;
  readonly 'crashed, heard after'?: number;
}

/** What the scenes of test/integration/browsers measured last: `MEASURE=1 npm test --prefix test/integration/browsers`. */
export function browsersTable(): string {
  const measured = JSON.parse(read('test/integration/browsers/measured.json')) as Readonly<Record<string, Measured>>;
  return table(
    ['the browser', 'beats of a hidden tab, planned 89.5 s apart', 'who goes back finds the page', 'a closed tab is heard after', 'a crash is heard after'],
    Object.values(measured).map((one) => [
      one.version.replace(/^(Headless)?(.)/, (_, __, letter: string) => letter.toUpperCase()).replace('/', ' '),
      one['hidden beats apart'].map((ms) => `${(ms / 1_000).toFixed(1)} s`).join(', '),
      one['went back'],
      `${String(one['closed, heard after'])} ms`,
      one['crashed, heard after'] === undefined ? '–' : `${String(one['crashed, heard after'])} ms`,
    ]),
  );
}
