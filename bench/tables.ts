// What was measured of trackers, peers and memory, as tables: for the screen and for docs/performance.md.

import type { Weight } from './memory.js';
import type { BareResult, CrowdResult, PeersResult } from './results.js';
import type { RowResult } from './rounds.js';

export function tableOfRows(rows: readonly RowResult[], isJudged = true): string {
  if (!isJudged) {
    return table('| work | ns | beside its floor |', '| --- | ---: | ---: |', rows.map(({ name, ns, ratio, floor }) => [name, ns.toFixed(0), `${ratio.toFixed(2)} × ${floor}`]));
  }
  return table('| work | ns | beside its floor | must | met | bytes |', '| --- | ---: | ---: | ---: | --- | ---: |', rows.map(({ name, ns, ratio, floor, bytes, must }) =>
    [name, ns.toFixed(0), `${ratio.toFixed(2)} × ${floor}`, must === undefined ? '' : `${must} ×`, must === undefined ? '' : ratio <= must ? 'yes' : 'no', Number.isFinite(bytes) ? bytes.toFixed(1) : '']));
}

/** The same rows at every size, side by side. */
export function tableOfCrowds(crowds: readonly CrowdResult[]): string {
  const heads = crowds.map(({ title, sessions, sessionsPerUser }) => (title === '' ? `${spaced(sessions)}, ${sessionsPerUser} a user` : title.replace(/^, /, '')));
  const names = crowds[0]?.rows.map(({ name }) => name) ?? [];
  const lines = names.map((name) => [name, ...crowds.map(({ rows }) => {
    const row = rows.find((measured) => measured.name === name);
    return row === undefined ? '' : `${row.ns.toFixed(0)} (${row.ratio.toFixed(2)} ×)`;
  })]);
  return table(`| ns (× floor) | ${heads.join(' | ')} |`, `| --- |${' ---: |'.repeat(crowds.length)}`, lines);
}

/** What a row must be, what a bare tracker took for it, and what ours took in the same run. */
export function tableOfBare({ sessions, rows }: BareResult, crowds: readonly CrowdResult[]): string {
  const own = crowds.find((crowd) => crowd.sessions === sessions && crowd.title === '')?.rows ?? [];
  const told = ({ ns, ratio, floor }: RowResult): string => `${ns.toFixed(0)} (${ratio.toFixed(2)} × ${floor})`;
  const lines = rows.filter(({ must }) => must !== undefined).map((row) => {
    const ours = own.find(({ name }) => name === row.name);
    return [row.name, `${row.must} ×`, told(row), ours === undefined ? '' : told(ours)];
  });
  return table('| ns (× floor) | must | a bare tracker | ours |', '| --- | ---: | ---: | ---: |', lines);
}

export function tableOfPeers({ peers }: PeersResult): string {
  const met = (times: number, atLeast: number): string => `${times.toFixed(1)} ×${times >= atLeast ? '' : ', no'}`;
  return table(
    '| peer | ns | at least | beside `observe` | beside a handle | what it lacks |', '| --- | ---: | ---: | ---: | ---: | --- |',
    peers.map(({ name, ns, timesOurs, timesHandle, atLeast, lacks }) =>
      [name, ns.toFixed(0), `${atLeast} ×`, met(timesOurs, atLeast), met(timesHandle, atLeast), lacks]),
  );
}

export function tableOfWeights(weights: readonly Weight[], isJudged = true): string {
  const heads = [
    'sessions', 'bytes, live', 'bytes, gone', 'longest `open`, ms (of two Maps)', 'longest with no garbage collected in it, ms (of two Maps)',
    'longest step while 1 % in 10 s are collected, ms', 'while all are', 'longest call then with a limit of 1000', 'ns for each', 'full collection, ms (× two Maps)',
  ];
  const ms = (value: number | undefined): string => value?.toFixed(1) ?? '';
  const rows = weights.map((weight) => [
    spaced(weight.sessions), weight.liveBytes.toFixed(0), weight.goneBytes.toFixed(0),
    beside(weight.longestOpenMs.toFixed(1), ms(weight.longestOfMapsMs)), beside(ms(weight.longestGrowingMs), ms(weight.longestGrowingOfMapsMs)),
    ms(weight.longestChurningMs), ms(weight.longestCollectingMs), ms(weight.longestLimitedMs), weight.collectingNs?.toFixed(0) ?? '',
    beside(weight.gcMs.toFixed(1), `${(weight.gcMs / weight.gcOfMapsMs).toFixed(2)} ×`),
  ]);
  const must = ['must', '240', '160', '10', '10', '10', '10', '10', '', '1.30 ×'];
  return table(`| ${heads.join(' | ')} |`, `|${' ---: |'.repeat(heads.length)}`, isJudged ? [...rows, must] : rows);
}

/** A value, and what it is held against, where that was measured. */
function beside(value: string, other: string): string {
  return other === '' ? value : `${value} (${other})`;
}

export function table(head: string, rule: string, rows: readonly (readonly string[])[]): string {
  return [head, rule, ...rows.map((cells) => `| ${cells.join(' | ')} |`)].join('\n');
}

export function spaced(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ' ');
}
