// Whatever is said can be written as a story, and what a story prints can be pasted back; of random signals, policies and ids.

import { deepStrictEqual, ok } from 'node:assert';
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { definePolicy, deriveUser, observe } from 'presence-model';
import type { Gap, Policy, PolicyInput, Signal, UserEvidence } from 'presence-model';
import { renderStory, renderTimeline, story, timeline } from 'presence-model/testing';
import type { Timeline } from 'presence-model/testing';
import { describe, it } from 'vitest';
import { facts, gaps, hostileIds, heard, instants, policies } from '../../support/arbitraries.js';
import { thrownBy } from '../said.js';

/** Ids and words that a table could take for its own signs. */
const odd: readonly string[] = [...hostileIds, 'host', 'clear', 'claim', 'a b', 'x|y', 'a/b', '"', '\\', '`${1}`', 'q: off', '~10s', '(', 'é', 'naïve', '日本', '🙂', 'a@b', '-', 'o', '5s', '\n'];

/** The same policy with words that a table could take for its own signs. */
function oddly(policy: Policy): Policy {
  const words = new Map([
    ['top', 'on the phone'], ['second', 'x|y'], ['third', '5s'], ['fourth', 'a@b'], ['gone', '(`${off}`)'],
    ['closed', 'silence'], ['busy', 'never'], ['quiet', '"'],
  ]);
  const word = (key: string): string => words.get(key) ?? key;
  const renamed = (value: unknown): unknown => {
    if (typeof value === 'string') return word(value);
    if (Array.isArray(value)) return value.map(renamed);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [word(key), renamed(part)]));
  };
  return definePolicy(renamed(policy) as PolicyInput);
}

const anyPolicy: Arbitrary<Policy> = fc.tuple(policies(fc), fc.boolean()).map(([policy, isOdd]) => (isOdd ? oddly(policy) : policy));
const anyId = fc.constantFrom('ada', 'tab', ...odd);

interface Case {
  readonly policy: Policy;
  readonly signals: readonly Signal[];
  readonly range: { readonly from: number; readonly until: number; readonly gaps: readonly Gap[] };
  readonly width: number;
}

const idLists = fc.array(anyId, { minLength: 1, maxLength: 3 });

/** Signals of a few users, before, within and after a range. Of some cases every connection has a number, of others only some. */
const cases: Arbitrary<Case> = fc.tuple(anyPolicy, idLists, idLists, fc.boolean()).chain(([policy, users, ids, isNumbered]) => {
  const signal = fc.tuple(heard(fc, policy), instants(fc, policy), fc.constantFrom(...users), fc.constantFrom(...ids)).map(([said, at, userId, id]): Signal => {
    const signal = { at, ...said, userId } as Signal;
    if ('sessionId' in signal) return { ...(isNumbered ? { epoch: at % 3 } : {}), ...signal, sessionId: id };
    if (signal.type === 'claimed') return { ...signal, claim: { ...signal.claim, id } };
    return signal.type === 'unclaimed' ? { ...signal, claimId: id } : signal;
  });
  const range = fc.tuple(fc.integer({ min: -3, max: 8 }), fc.integer({ min: 1, max: 60 }), gaps(fc, policy))
    .map(([from, length, spans]) => ({ from, until: from + length, gaps: spans }));
  return fc.record({ policy: fc.constant(policy), signals: fc.array(signal, { minLength: 1, maxLength: 12 }), range, width: fc.constantFrom(30, 60, 110, 1_000) });
});

/** In an order that says no more than time and rows do: those of one instant and row stay as they are. */
function inOrder(signals: readonly Signal[]): readonly Signal[] {
  const rowOf = (signal: Signal): string => JSON.stringify([signal.userId, 'sessionId' in signal ? signal.sessionId : null]);
  return [...signals].sort((a, b) => a.at - b.at || (rowOf(a) < rowOf(b) ? -1 : rowOf(a) > rowOf(b) ? 1 : 0));
}

/** What a timeline says, in whatever order its signals of one instant were listed. */
function spansOf({ from, until, users }: Timeline): unknown {
  return { from, until, users: users.map((user) => ({ ...user, signals: inOrder(user.signals) })) };
}

/** The rows of a story that say something. */
function saidIn(text: string): string {
  return text.split('\n').filter((line) => !line.startsWith('=')).join('\n');
}

const tableOf = (text: string): readonly (readonly string[])[] => text.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
const textOf = (table: readonly (readonly string[])[]): string => table.map((row) => row.join(' | ')).join('\n');
const quoted = (word: string): string => JSON.stringify(word).replaceAll('|', '\\u007c');
const statusTextOf = (cell: string): string => /^(?:"(?:[^"\\]|\\.)*"|\S+)/.exec(cell)?.[0] ?? '';
const statusOf = (cell: string): unknown => (cell.startsWith('"') ? JSON.parse(statusTextOf(cell)) : statusTextOf(cell));

/** The same table with one cell replaced. */
function withCell(table: readonly (readonly string[])[], row: number, column: number, cell: string): readonly (readonly string[])[] {
  return table.map((cells, i) => (i === row ? cells.map((text, j) => (j === column ? cell : text)) : cells));
}

describe('a story', () => {
  it('can tell every signal, and tells it again as it was', () => {
    fc.assert(fc.property(cases, ({ policy, signals, range, width }) => {
      const text = renderStory(signals, policy, range, { width });
      const told = story(policy)`${text}`;
      deepStrictEqual(inOrder(told.signals), inOrder(signals));
      deepStrictEqual(spansOf(told.timeline), spansOf(timeline(signals, policy, range)));
    }));
  });

  it('may be told from another zero', () => {
    fc.assert(fc.property(cases, fc.constantFrom(-7, 3, 1_700_000_000_000), ({ policy, signals: mixed, range }, origin) => {
      // Where connections are not numbered, a number is an instant: a few numbers among them would not move along.
      const signals = mixed.map((signal): Signal => ('epoch' in signal ? { ...signal, epoch: undefined } as never : signal));
      const told = story(policy)`${renderStory(signals, policy, range, { origin })}`;
      deepStrictEqual(told.timeline.users.flatMap(({ segments }) => segments.map(({ from, status }) => [from + origin, status])),
        timeline(signals, policy, range).users.flatMap(({ segments }) => segments.map(({ from, status }) => [from, status])));
    }));
  });

  it('printed with its columns in line is the same story', () => {
    fc.assert(fc.property(cases, ({ policy, signals, range, width }) => {
      const told = story(policy)`${renderStory(signals, policy, range, { width })}`;
      const again = story(policy)`${String(told)}`;
      deepStrictEqual([again.signals, again.timeline, String(again)], [told.signals, told.timeline, String(told)]);
    }));
  });

  it('passes with its timeline pasted under it, and fails with any one cell of that changed', () => {
    fc.assert(fc.property(cases, fc.nat(), fc.nat(), fc.nat(), ({ policy, signals, range, width }, anyRow, anyColumn, anyStatus) => {
      const said = saidIn(renderStory(signals, policy, range));
      const tell = (...pasted: readonly string[]): unknown => story(policy)`${[said, ...pasted].join('\n\n')}`;
      tell(renderTimeline(timeline(signals, policy, range), { width, origin: 0 }));

      const tables = renderTimeline(timeline(signals, policy, range), { width: 10_000, origin: 0 }).split('\n\n').filter((text) => text !== '').map(tableOf);
      tables.forEach((table, user) => {
        const row = 1 + (anyRow % (table.length - 1));
        const column = 1 + (anyColumn % (table[row]!.length - 1));
        const cell = table[row]![column]!;
        const before = statusOf(table[row]!.slice(1, column + 1).filter((text) => text !== '').at(-1) ?? '');
        const others = policy.statuses.filter((status) => status !== before);
        const changed = (text: string): string => thrownBy(() => tell(...tables.map((one, i) => textOf(i === user ? withCell(table, row, column, text) : one))));
        const differs = (text: string): boolean => text.startsWith('StoryError: Story differs at ');
        ok(differs(changed(quoted(others[anyStatus % others.length]!))));
        if (cell === '') return;
        const isFirst = column === 1 && row === 1;
        ok(isFirst ? changed('').startsWith('TypeError: Expected `cell` to be one of ') : differs(changed('')));
        ok(differs(changed(`${statusTextOf(cell)} (${row === 1 ? 'claim no-such-claim' : cell.endsWith('(untouched)') ? 'silence' : 'untouched'})`)));
      });
    }));
  });

  it('expects what the model says of every millisecond', () => {
    const remembering = policies(fc).map((policy) => definePolicy({ ...policy, keepSessionMs: 1_000, keepLastSeenMs: 10_000 } as PolicyInput));
    const told = remembering.chain((policy) => fc.tuple(fc.constant(policy), fc.array(facts(fc, policy), { minLength: 1, maxLength: 8 }), gaps(fc, policy)));
    fc.assert(fc.property(told, fc.nat(), ([policy, said, spans], anyStep) => {
      const range = { from: 0, until: 70, gaps: spans };
      const rows = new Map<string, (readonly [at: number, status: string])[]>();
      for (let at = range.from; at < range.until; at++) {
        const nobody: UserEvidence = { userId: 'ada', sessions: [], claims: [] };
        const { status, sessions } = deriveUser(said.filter((fact) => fact.at <= at).reduce(observe, nobody), policy, at, spans);
        for (const [name, is] of [['ada', status], ...sessions.map((session) => [`ada/${quoted(session.sessionId)}`, session.status])] as const) {
          const steps = rows.get(name) ?? [];
          if (steps.at(-1)?.[1] !== is) steps.push([at, is]);
          rows.set(name, steps);
        }
      }
      const expectations = (shift: (at: number, name: string) => number): string =>
        [...rows].map(([name, steps]) => `time | ${steps.map(([at]) => `${shift(at, name)}ms`).join(' | ')}\n= ${name} | ${steps.map(([, status]) => status).join(' | ')}`).join('\n\n');
      const signals = saidIn(renderStory(said, policy, range));
      story(policy)`${signals}
${expectations((at) => at)}`;
      const crossings = [...rows].flatMap(([name, steps]) => steps.slice(1).map(([at]) => ({ name, at })));
      const moved = crossings[anyStep % crossings.length];
      if (moved === undefined) return;
      const isMoved = (at: number, name: string): boolean => name === moved.name && at === moved.at;
      // One ms later, unless the next one stands there already.
      if (rows.get(moved.name)!.some(([at]) => at === moved.at + 1) || moved.at + 1 >= range.until) return;
      ok(thrownBy(() => story(policy)`${signals}
${expectations((at, name) => (isMoved(at, name) ? at + 1 : at))}`).startsWith('StoryError: Story differs at '));
    }));
  });

  it('pasted into a program is the same text', () => {
    fc.assert(fc.property(cases, ({ policy, signals, range }) => {
      const text = renderStory(signals, policy, range);
      // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- pasting into a program is what it is for
      const pasted: unknown = new Function('raw', `return raw\`${text}\`;`)((strings: TemplateStringsArray) => strings.raw);
      deepStrictEqual(pasted, [text]);
    }));
  });
});
