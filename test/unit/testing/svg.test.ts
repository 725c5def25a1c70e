import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultPolicy, definePolicy } from 'presence-model';
import type { Gap, Policy, Signal } from 'presence-model';
import { renderTimelineSvg, timeline } from 'presence-model/testing';
import type { SvgOptions } from 'presence-model/testing';
import { widthOf } from '../../../src/testing/svg-text.js';
import { gaps, instants, policies } from '../../support/arbitraries.js';
import { heardHistories } from '../../support/heard-histories.js';
import { elementsOf, parseXml, wordsOf } from '../../support/xml.js';
import type { Xml } from '../../support/xml.js';
import { claimed, cleared, frozen, hostileIds, thrownBy, unclaimed } from '../said.js';

const tab = { userId: 'ada', sessionId: 'tab' } as const;
const connected = (at: number, says: object = {}): Signal => ({ type: 'connected', ...tab, ...says, at });
const beat = (at: number, says: object = {}): Signal => ({ type: 'heartbeat', ...tab, ...says, at });
const ended = (at: number, cause: string, says: object = {}): Signal => ({ type: 'disconnected', ...tab, ...says, at, cause });

interface Drawing {
  readonly text: string;
  readonly root: Xml;
  readonly all: readonly Xml[];
}

interface Asked extends SvgOptions {
  readonly until?: number;
  readonly from?: number;
  readonly gaps?: readonly Gap[];
  readonly policy?: Policy;
}

function drawn(signals: readonly Signal[], { from = 0, until = 60_000, gaps: spans = [], policy = defaultPolicy, ...options }: Asked = {}): Drawing {
  const text = renderTimelineSvg(frozen(timeline(signals, policy, { from, until, gaps: spans })), options);
  const root = parseXml(text);
  return { text, root, all: elementsOf(root) };
}

const classed = ({ all }: Drawing, name: string): readonly Xml[] => all.filter(({ attributes }) => (attributes['class'] ?? '').split(' ').includes(name));
const tip = (xml: Xml): string | undefined => xml.children.flatMap((child) => (typeof child !== 'string' && child.name === 'title' ? [wordsOf(child)] : []))[0];
const tips = (drawing: Drawing): readonly string[] => drawing.all.flatMap((xml) => tip(xml) ?? []);
const words = (drawing: Drawing): readonly string[] => drawing.all.filter(({ name }) => name === 'text').map(wordsOf);
const number = (xml: Xml, name: string): number => Number(xml.attributes[name]);
/** Where a group with a tooltip that begins so stands. */
const placeOf = (drawing: Drawing, told: string): number => {
  const group = drawing.all.find((xml) => xml.name === 'g' && tip(xml)?.startsWith(told));
  return Number(/translate\(([-\d.]+) /.exec(group?.attributes['transform'] ?? '')?.[1]);
};
/** The edges of the axis, read from its first and last line at the edges of a range of round length. */
const edgesOf = (drawing: Drawing): readonly [left: number, right: number] => {
  const lines = drawing.all.filter(({ attributes }) => attributes['class'] === 'grid').map(({ attributes }) => Number(/^M([-\d.]+) /.exec(attributes['d']!)?.[1]));
  return [lines[0]!, lines.at(-1)!];
};

describe('renderTimelineSvg', () => {
  it('stands alone: one svg element with a name and a description, nothing loaded, nothing that runs', () => {
    const { text, root, all } = drawn([connected(0), ended(10_000, 'closed')], { title: 'A <closed> tab', id: 'me' });
    expect(root).toMatchObject({ name: 'svg', attributes: { xmlns: 'http://www.w3.org/2000/svg', role: 'img', 'aria-labelledby': 'me-title me-desc', width: '840' } });
    expect(all.find(({ attributes }) => attributes['id'] === 'me-title')?.children).toEqual(['A <closed> tab']);
    const description = all.find(({ attributes }) => attributes['id'] === 'me-desc')!;
    expect(wordsOf(description)).toContain('User ada: active from 0s (tab); offline from 15s (tab: closed for 5s).');
    expect(text.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/<script|<image|<use|<foreignObject|href|https?:|@import| on\w+=/);
  });

  it('draws bands that begin and end at their instants, the better the higher', () => {
    const drawing = drawn([connected(0)], { until: 300_000 });
    const [left, right] = edgesOf(drawing);
    const x = (at: number): number => left + ((right - left) * at) / 300_000;
    const bars = drawing.all.filter((xml) => xml.name === 'rect' && /^(active|idle|away|stale),/.test(tip(xml) ?? ''));
    const ofUser = bars.slice(0, 4);
    expect(bars.length).toBe(8);
    [0, 15_000, 60_000, 180_000].forEach((from, i) => { expect(number(ofUser[i]!, 'x')).toBeCloseTo(x(from), 1); });
    [15_000, 60_000, 180_000, 240_000].forEach((until, i) => { expect(number(ofUser[i]!, 'x') + number(ofUser[i]!, 'width') + 1).toBeCloseTo(x(until), 1); });
    const heights = ofUser.map((bar) => number(bar, 'height'));
    expect(heights).toEqual([...heights].sort((a, b) => b - a));
    expect(new Set(heights).size).toBe(4);
    expect(new Set(ofUser.map((bar) => number(bar, 'y') + number(bar, 'height'))).size).toBe(1); // on one line
    expect(tips(drawing)).toContain('offline, 4m to 5m: tab: silence for 4m');
  });

  it('writes the status and its reason where they fit', () => {
    const drawing = drawn([connected(0), beat(7_000, { report: 'background' })], { until: 200_000 });
    expect(words(drawing)).toContain('away · reports background');
    expect(words(drawing)).toContain('away · tab: reports background');
    expect(words(drawing).filter((text) => text.startsWith('active'))).toEqual(['active']); // in the legend: the bands are too narrow
    expect(drawn([connected(0)], { until: 16_000 }).text).toContain('<tspan class="strong">active</tspan> · tab</text>');
  });

  it('joins spans of one status, and names no reason where there are several', () => {
    const policy = definePolicy({ statuses: ['in', 'out'], silence: { out: 50 }, reports: { none: 'in' }, departures: { dropped: { out: 10 } } });
    const signals = [connected(0, { sessionId: 'a' }), connected(10, { sessionId: 'b' }), beat(20, { sessionId: 'a' })];
    const drawing = drawn(signals, { until: 60, policy });
    expect(tips(drawing)).toContain('in, 0s to 60ms: a; b');
    expect(words(drawing).filter((text) => text.startsWith('in'))).toEqual(['in', 'in', 'in', 'in']); // the user, both sessions, the legend
  });

  it('draws statuses too short to be seen as one, and says so', () => {
    const signals = Array.from({ length: 10 }, (_, i) => beat(1_000_000 + i * 16_000));
    const drawing = drawn(signals, { until: 100_000_000 });
    expect(tips(drawing)).toContain('22 statuses, 16m40s to 23m4s');
    expect(words(drawing)).toContain('too short to tell apart');
    expect(words(drawn(signals, { until: 1_200_000 }))).not.toContain('too short to tell apart');
  });

  it('shows a connection that ended and is held, until it is back or gone', () => {
    const drawing = drawn([connected(0), ended(20_000, 'closed'), connected(22_000), ended(50_000, 'closed')], { until: 100_000 });
    const held = classed(drawing, 'grace').filter((xml) => tip(xml) !== undefined);
    expect(held.map(tip)).toEqual(['connection ended (closed), held 20s to 22s', 'connection ended (closed), held 50s to 55s']);
    expect(words(drawing)).toContain('connection ended, held');
  });

  it('shows a connection that is held over several statuses, and not at the bottom', () => {
    const drawing = drawn([connected(0), ended(10_000, 'dropped'), connected(300_000), ended(300_001, 'left')], { until: 400_000 });
    const held = classed(drawing, 'grace').flatMap((xml) => tip(xml) ?? []);
    expect(held).toEqual([
      'connection ended (dropped), held 10s to 15s', 'connection ended (dropped), held 15s to 25s', 'connection ended (dropped), held 25s to 4m',
    ]);
    expect(drawing.all.filter(({ attributes }) => attributes['class'] === 'grace thin')).toHaveLength(0);
    expect(classed(drawn([connected(0), ended(100_000, 'closed')], { until: 2_000_000 }), 'thin')).toHaveLength(1);
  });

  it('shows when a session is forgotten', () => {
    const drawing = drawn([connected(0), ended(1_000, 'left')], { until: 2_000_000 });
    expect(classed(drawing, 'blank')).toHaveLength(1);
    expect(words(drawing)).toContain('forgotten');
  });

  it('marks what was heard, each kind with its shape, at its instant', () => {
    const signals: readonly Signal[] = [
      connected(0, { report: 'idle' }), beat(10_000), { type: 'activity', ...tab, at: 20_000 }, ended(30_000, 'closed'),
      claimed(40_000, { id: 'q', show: 'away' }), unclaimed(44_000, 'q'), cleared(50_000),
    ];
    const drawing = drawn(signals, { until: 60_000 });
    const [left, right] = edgesOf(drawing);
    const found = [
      ['connected, reports idle at 0s', 0], ['heartbeat at 10s', 10], ['activity at 20s', 20], ['disconnected (closed) at 30s', 30],
      ['claim q: shows away at 40s', 40], ['claim q taken back at 44s', 44], ['every claim taken back at 50s', 50],
    ] as const;
    for (const [told, second] of found) expect(placeOf(drawing, told)).toBeCloseTo(left + ((right - left) * second) / 60, 1);
    for (const word of ['idle', 'closed', 'q', 'heartbeat', 'connected', 'activity', 'disconnected', 'claimed', 'unclaimed', 'cleared']) expect(words(drawing)).toContain(word);
    const shapes = drawing.all.filter((xml) => xml.name === 'g' && found.some(([told]) => tip(xml) === told))
      .map((xml) => xml.children.flatMap((child) => (typeof child !== 'string' && child.name === 'path' ? child.attributes['d'] : [])).join(' '));
    expect(new Set(shapes).size).toBe(7);
  });

  it('draws beats that touch as one bar, and other marks that would cover each other as one with their number', () => {
    const beats = Array.from({ length: 100 }, (_, i) => beat(i * 1_000));
    const flaps = [ended(200_000, 'dropped'), connected(201_000), ended(202_000, 'dropped'), connected(203_000), ended(204_000, 'closed'), connected(400_000)];
    const drawing = drawn([...beats, ...flaps], { until: 1_000_000 });
    expect(tips(drawing)).toContain('100 signals (heartbeat), 0s to 1m39s');
    expect(classed(drawing, 'beats')).toHaveLength(1);
    expect(tips(drawing)).toContain('5 signals (disconnected, connected), 3m20s to 3m24s');
    expect(words(drawing)).toContain('×5');
    expect(tips(drawn(flaps.slice(0, 2), { until: 1_000_000 }))).toContain('disconnected (dropped) at 3m20s; connected at 3m21s');
  });

  it('draws the most telling of marks that stand for several', () => {
    const crosses = (signals: readonly Signal[]): number =>
      drawn(signals, { until: 1_000_000 }).all.filter((xml) => xml.attributes['d'] === 'M-4 -4 4 4M4 -4-4 4').length;
    expect(crosses([connected(200_000), ended(202_000, 'left')])).toBe(2); // with the legend
    expect(crosses([ended(200_000, 'dropped'), connected(202_000)])).toBe(2);
  });

  it('draws sessions of which nothing was heard in the range', () => {
    const drawing = drawn([connected(0)], { from: 5_000 });
    expect(words(drawing)).toContain('tab');
    expect(tips(drawing).filter((text) => text.startsWith('connected'))).toEqual([]);
  });

  it('leaves out a word that would run into the next mark', () => {
    const near = drawn([ended(20_000, 'dropped'), connected(24_000)], { until: 100_000 });
    const far = drawn([ended(20_000, 'dropped'), connected(60_000)], { until: 100_000 });
    const atTheEdge = drawn([ended(99_000, 'dropped')], { until: 100_000 });
    expect([near, far, atTheEdge].map((drawing) => words(drawing).includes('dropped'))).toEqual([false, true, false]);
  });

  it('names the cause of an end that names none', () => {
    expect(words(drawn([connected(0), { type: 'disconnected', ...tab, at: 20_000 }]))).toContain('dropped');
  });

  it('marks the late end of a connection that a newer one replaced, as far as connections are numbered', () => {
    const signals = [connected(0, { epoch: 1 }), connected(20_000, { epoch: 2 }), ended(30_000, 'dropped', { epoch: 1 }), ended(50_000, 'dropped', { epoch: 2 })];
    const drawing = drawn(signals);
    expect(classed(drawing, 'late').map(wordsOf)).toEqual(['dropped #1, late']);
    expect(words(drawing)).toContain('dropped');
  });

  it('shows claims, and whether they are in force', () => {
    const drawing = drawn([claimed(0, { id: 'q', show: 'away' }), connected(30_000)]);
    expect(tips(drawing)).toEqual(expect.arrayContaining(['claim q shows away, 0s to 30s, not in force', 'claim q shows away, 30s to 1m']));
    expect([classed(drawing, 'dormant').length, classed(drawing, 'claim').length]).toEqual([2, 2]); // with the legend
    expect(words(drawing)).toEqual(expect.arrayContaining(['claim q', 'shows away', 'claim in force', 'claim held']));
    expect(words(drawn([claimed(0, { id: 'q', show: 'away', expiresAt: 1_000 })]))).not.toContain('shows away');
  });

  it('shows gaps as columns through everything, cut to the range', () => {
    const drawing = drawn([connected(0)], { until: 60_000, gaps: [{ from: -5_000, until: -1_000 }, { from: 10_000, until: 20_000 }, { from: 50_000, until: 90_000 }] });
    const [left, right] = edgesOf(drawing);
    const columns = classed(drawing, 'gap').filter((xml) => tip(xml) !== undefined);
    expect(columns.map(tip)).toEqual(['nobody was listening, 10s to 20s', 'nobody was listening, 50s to 1m30s']);
    expect(number(columns[1]!, 'x') + number(columns[1]!, 'width')).toBeCloseTo(right, 1);
    expect(number(columns[0]!, 'width')).toBeCloseTo((right - left) / 6, 1);
    expect(words(drawing)).toContain('not listening');
    expect(words(drawn([connected(0)]))).not.toContain('not listening');
  });

  it('shows each next change where it came as foretold, where a signal came first, and what is still to come', () => {
    const drawing = drawn([connected(0), ended(10_000, 'closed'), connected(12_000)]);
    const [left, right] = edgesOf(drawing);
    expect(placeOf(drawing, 'changes as foretold at 27s')).toBeCloseTo(left + ((right - left) * 27) / 60, 1);
    expect(placeOf(drawing, 'foretold for 15s; a signal came first, at 10s')).toBeCloseTo(left + (right - left) / 4, 1);
    expect(placeOf(drawing, 'foretold for 15s; a signal came first, at 12s')).toBeCloseTo(left + (right - left) / 4, 1);
    expect(words(drawing)).toEqual(expect.arrayContaining(['nextChangeAt', 'next 1m12s', 'changed as foretold', 'foretold']));
    expect(tips(drawing)).toContain('the next change, if nothing is heard: 1m12s');
    expect(classed(drawing, 'wait')).toHaveLength(2);
  });

  it('has no row for next changes where there is none to see', () => {
    const policy = definePolicy({ statuses: ['in', 'out'], silence: {}, reports: { none: 'in' }, departures: { dropped: { out: 10 } } });
    expect(words(drawn([connected(0)], { policy }))).not.toContain('nextChangeAt');
    expect(words(drawn([connected(0), ended(40_000, 'dropped'), connected(40_005)], { policy, until: 100_000 })).filter((text) => text === 'foretold')).toHaveLength(1);
  });

  it('does not show an overtaken change where only the reason changed', () => {
    const tabs = [connected(0, { sessionId: 'a' }), connected(0, { sessionId: 'b' }), ...[2, 4, 6].flatMap((i) => [beat(i * 1_000, { sessionId: 'a' }), beat(i * 1_000 + 999, { sessionId: 'b' })])];
    expect(timeline(tabs, defaultPolicy, { from: 0, until: 60_000 }).users[0]?.alarms.filter(({ until }) => until < 7_000)).not.toEqual([]);
    expect(tips(drawn(tabs)).filter((text) => text.startsWith('foretold for'))).toEqual([]);
  });

  it('does not show an overtaken change beyond the picture, nor more than fit', () => {
    const gone = drawn([connected(0), ended(10_000, 'left'), connected(30_000)]);
    expect(tips(gone).filter((text) => text.startsWith('foretold for 7d'))).toEqual([]);
    const flaps = Array.from({ length: 300 }, (_, i) => connected(i * 20_000));
    const clocks = (signals: readonly Signal[], until: number): number => tips(drawn(signals, { until })).filter((text) => text.startsWith('changes as foretold')).length;
    expect(clocks(flaps, 6_000_000)).toBeGreaterThan(60);
    expect(clocks(flaps, 6_000_000)).toBeLessThan(120);
    expect(clocks(flaps.slice(0, 5), 100_000)).toBe(5);
    expect(words(drawn(flaps, { until: 6_000_000 })).filter((text) => text.startsWith('next '))).toHaveLength(1); // whatever is left out, this is not
    const crowd = Array.from({ length: 5 }, (_, i) => connected(i * 100, { sessionId: `s${i}` }));
    expect(clocks(crowd, 60_000)).toBe(3);
  });

  it('tells nothing by colour alone: every status has its word in the legend and a look of its own', () => {
    const drawing = drawn([connected(0)], { until: 300_000 });
    for (const status of defaultPolicy.statuses) expect(words(drawing)).toContain(status);
    const looks = ['active', 'idle', 'away', 'stale'].map((status) => {
      const bar = drawing.all.findIndex((xml) => xml.name === 'rect' && tip(xml)?.startsWith(`${status},`));
      return [drawing.all[bar]!.attributes['class'], drawing.all[bar + 2]?.attributes['fill']]; // the title stands between
    });
    expect(looks).toEqual([['s0', undefined], ['s1', expect.stringMatching(/r1\)$/)], ['s2', expect.stringMatching(/r2\)$/)], ['s3', expect.stringMatching(/r3\)$/)]]);
    expect(words(drawn([connected(0)], { until: 10_000 })).filter((text) => ['idle', 'away', 'stale', 'offline'].includes(text))).toEqual([]);
  });

  it('names users and sessions, cut where they are long, in full where somebody points', () => {
    const long = 'x'.repeat(200);
    const drawing = drawn([connected(0, { userId: long, sessionId: long })]);
    const names = drawing.all.filter(({ attributes }) => ['user', 'session'].includes(attributes['class'] ?? ''));
    expect(names.map(tip)).toEqual([long, long]);
    for (const name of names) expect(wordsOf(name)).toMatch(/^x{20,60}…$/);
    expect(edgesOf(drawing)[0]).toBeLessThanOrEqual(840 / 3 + 16);
  });

  it('draws many users under one another', () => {
    const drawing = drawn([connected(0), connected(0, { userId: 'bob' }), connected(0, { userId: 'cy' }), connected(0, { userId: 'dora' }), cleared(0)]);
    expect(classed(drawing, 'user').map(wordsOf)).toEqual(['ada', 'bob', 'cy', 'dora']);
    expect(classed(drawing, 'title')).toEqual([]);
    expect(drawing.root.children.find((child) => typeof child !== 'string' && child.name === 'title')).toMatchObject({ children: ['Presence of ada, bob, cy and 1 more'] });
    const tops = classed(drawing, 'user').map((xml) => number(xml, 'y'));
    expect(tops).toEqual([...tops].sort((a, b) => a - b));
    expect(number(drawing.root, 'height')).toBeGreaterThan(tops.at(-1)! + 40);
  });

  it('draws nobody, and no time', () => {
    expect(words(drawn([], { until: 10 }))).toContain('nobody was heard of');
    expect(drawn([], { until: 10 }).text).toContain('Presence of nobody');
    expect(words(drawn([connected(0)], { from: 5, until: 5 }))).toEqual(['0s', 'ada']);
  });

  it('has the width, the title and the colours that were asked for', () => {
    const drawing = drawn([connected(0)], { width: 320, title: 'A title that is longer than the picture is wide, and more', theme: 'dark' });
    expect(drawing.root.attributes).toMatchObject({ width: '320', viewBox: `0 0 320 ${drawing.root.attributes['height']!}` });
    expect(classed(drawing, 'title').map(wordsOf)[0]).toMatch(/^A title .*…$/);
    expect(drawing.text).not.toContain('prefers-color-scheme');
    const rich = drawn([connected(0), beat(7_000), ended(20_000, 'closed'), claimed(1_000, { id: 'q', show: 'away' })], { width: 320 });
    const texts = rich.all.filter(({ name, attributes }) => name === 'text' && attributes['text-anchor'] === undefined);
    expect(texts.filter((text) => number(text, 'x') + widthOf(wordsOf(text), 11) > 320)).toEqual([]);
    expect(drawn([connected(0)]).text).toContain('prefers-color-scheme:dark');
  });

  it('gives the same text for the same timeline, and ids of its own to every other', () => {
    const ids = ({ all }: Drawing): readonly string[] => all.flatMap(({ attributes }) => attributes['id'] ?? []);
    const one = drawn([connected(0)]);
    expect(drawn([connected(0)]).text).toBe(one.text);
    const others = [drawn([connected(1)]), drawn([connected(0)], { width: 400 }), drawn([connected(0)], { title: 'x' }), drawn([connected(0)], { theme: 'light' })];
    const all = [one, ...others].flatMap(ids);
    expect(new Set(all).size).toBe(all.length);
    const used = [...one.text.matchAll(/url\(#([^)]*)\)|aria-labelledby="([^"]*)"/g)].flatMap(([, url, labels]) => url ?? labels!.split(' '));
    expect(used.filter((id) => !ids(one).includes(id))).toEqual([]);
  });

  it.each([...hostileIds, '<script>', ']]>', `"'&`, '\u0000\u001b', '\u202e', '</svg>'])('is well-formed and whole with the id %j', (id) => {
    const signals: readonly Signal[] = [
      connected(0, { userId: id, sessionId: id, report: id }), ended(20_000, id, { userId: id, sessionId: id }),
      { type: 'claimed', userId: id, at: 30_000, claim: { id, show: 'idle' } }, { type: 'unclaimed', userId: id, at: 50_000, claimId: id },
    ];
    const { root, all } = drawn(signals, { title: id });
    expect(root.name).toBe('svg');
    expect(all.filter(({ name }) => !['svg', 'title', 'desc', 'style', 'defs', 'pattern', 'path', 'rect', 'text', 'tspan', 'g', 'circle'].includes(name))).toEqual([]);
  });

  it('is well-formed whatever is said', () => {
    const text = fc.string({ unit: 'binary', maxLength: 8 });
    fc.assert(fc.property(text, text, text, text, (userId, sessionId, claimId, report) => {
      drawn([connected(0, { userId, sessionId, report }), { type: 'claimed', userId, at: 0, claim: { id: claimId, show: report } }]);
    }));
  });

  it('draws any history under any policy, in finite numbers', () => {
    const histories = policies(fc).chain((policy) => fc.tuple(fc.constant(policy), heardHistories(fc, policy), instants(fc, policy), instants(fc, policy), gaps(fc, policy)));
    fc.assert(fc.property(histories, ([policy, signals, from, length, spans]) => {
      const { text, all } = drawn(signals, { policy, from, until: from + length, gaps: spans, id: 'me' });
      expect(text).not.toMatch(/NaN|Infinity|undefined/);
      expect(all.filter((xml) => Number(xml.attributes['width'] ?? 0) < 0 || Number(xml.attributes['x'] ?? 0) < 0)).toEqual([]);
    }), { numRuns: 300 });
  });

  it.each([
    { options: { width: 319 }, message: 'Expected `width` to be a whole number of px, 320 or more, received 319.' },
    { options: { width: 840.5 }, message: 'Expected `width` to be a whole number of px, 320 or more, received 840.5.' },
    { options: { title: 5 }, message: 'Expected `title` to be a string, received 5.' },
    { options: { theme: 'sepia' }, message: 'Expected `theme` to be auto, light or dark, received "sepia".' },
    { options: { id: '1st' }, message: 'Expected `id` to be a letter, then letters, digits, - and _, received "1st".' },
    { options: { id: 7 }, message: 'Expected `id` to be a letter, then letters, digits, - and _, received 7.' },
    { options: null, message: 'Expected `options` to be an object, received null.' },
  ])('refuses what breaks its type: $message', ({ options, message }) => {
    expect(thrownBy(() => renderTimelineSvg(timeline([], defaultPolicy, { from: 0, until: 1 }), options as never))).toBe(`TypeError: ${message}`);
  });

  it.each([undefined, {}, { users: [] }, { users: [], statuses: [] }])('refuses %j for a timeline', (value) => {
    expect(thrownBy(() => renderTimelineSvg(value as never))).toMatch(/^TypeError: Expected `timeline` to be what `timeline` answers, received /);
  });
});
