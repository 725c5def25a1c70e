import { describe, expect, it } from 'vitest';
import { defaultPolicy, definePolicy } from 'presence-model';
import type { Signal } from 'presence-model';
import { renderTimeline, timeline } from 'presence-model/testing';
import { claimed, thrownBy } from '../said.js';

const connected = (at: number, sessionId = 'tab', userId = 'ada'): Signal => ({ type: 'connected', userId, sessionId, at });
const ended = (at: number, cause: string): Signal => ({ type: 'disconnected', userId: 'ada', sessionId: 'tab', at, cause });
const text = (...lines: readonly string[]): string => lines.join('\n');

describe('renderTimeline', () => {
  it('prints a column for each instant at which a status changes, with its reason', () => {
    expect(renderTimeline(timeline([connected(0), ended(10_000, 'closed')], defaultPolicy, { from: 0, until: 60_000 }))).toBe(text(
      'time      | 0s     | 15s',
      '= ada     | active | offline (tab: closed)',
      '= ada/tab | active | offline (closed)',
    ));
  });

  it('counts instants from the beginning, and leaves blank what does not change', () => {
    const signals = [connected(1_000), connected(2_500, 'phone'), claimed(4_000, { id: 'q', show: 'away' })];
    expect(renderTimeline(timeline(signals, defaultPolicy, { from: 1_000, until: 10_000 }))).toBe(text(
      'time        | 0s     | 1s500ms | 3s',
      '= ada       | active |         | away (claim q)',
      '= ada/phone |        | active  |',
      '= ada/tab   | active |         |',
    ));
  });

  it('prints no new reason of the same status', () => {
    const policy = definePolicy({ statuses: ['in', 'out'], silence: { out: 10 }, reports: { none: 'in' }, departures: { dropped: { out: 10 } } });
    const signals = [connected(0), { ...ended(5, 'dropped'), at: 5 }, connected(50, 'phone'), { ...ended(60, 'dropped'), sessionId: 'phone' } as Signal];
    expect(renderTimeline(timeline(signals, policy, { from: 0, until: 100 }))).toBe(text(
      'time        | 0s | 10ms               | 50ms | 60ms',
      '= ada       | in | out (tab: silence) | in   | out (phone: silence)',
      '= ada/phone |    |                    | in   | out (silence)',
      '= ada/tab   | in | out (silence)      |      |',
    ));
  });

  it('names reports and thresholds by their clock', () => {
    const signals: readonly Signal[] = [{ ...connected(0), report: 'background' } as Signal];
    expect(renderTimeline(timeline(signals, defaultPolicy, { from: 0, until: 200_000 }))).toBe(text(
      'time      | 0s                     | 3m',
      '= ada     | away (tab: background) | stale (tab: silence)',
      '= ada/tab | away (background)      | stale (silence)',
    ));
  });

  it('goes on below where a line would be too long', () => {
    expect(renderTimeline(timeline([connected(0)], defaultPolicy, { from: 0, until: 300_000 }), { width: 62 })).toBe(text(
      'time      | 0s     | 15s                 | 1m',
      '= ada     | active | idle (tab: silence) | away (tab: silence)',
      '= ada/tab | active | idle (silence)      | away (silence)',
      '',
      'time      | 3m                   | 4m',
      '= ada     | stale (tab: silence) | offline (tab: silence)',
      '= ada/tab | stale (silence)      | offline (silence)',
    ));
  });

  it('prints a table for each user and quotes ids that could be taken for its own signs', () => {
    const signals = [connected(0, 'a b', 'x|y'), connected(0, 'tab-1', 'bob@home')];
    expect(renderTimeline(timeline(signals, defaultPolicy, { from: 0, until: 10 }))).toBe(text(
      'time             | 0s',
      '= bob@home       | active',
      '= bob@home/tab-1 | active',
      '',
      'time               | 0s',
      '= "x\\u007cy"       | active',
      '= "x\\u007cy"/"a b" | active',
    ));
  });

  it('is what a story expects, whatever ids and words there are', () => {
    const policy = definePolicy({
      statuses: ['on the phone', 'here', 'gone'],
      silence: { gone: 10 },
      reports: { none: 'here', never: 'gone', 'at `${lunch}`': 'gone' },
      departures: { dropped: {} },
    });
    const signals: readonly Signal[] = [
      { type: 'connected', userId: '日本', sessionId: 'é', at: 0 },
      { type: 'heartbeat', userId: '日本', sessionId: 'é', at: 5, report: 'never' },
      { type: 'heartbeat', userId: '日本', sessionId: 'é', at: 6, report: 'none' },
      { type: 'heartbeat', userId: '日本', sessionId: 'é', at: 7, report: 'at `${lunch}`' },
      { type: 'claimed', userId: '日本', at: 8, claim: { id: 'q 1', show: 'on the phone', whileAtLeast: 'gone' } },
    ];
    expect(renderTimeline(timeline(signals, policy, { from: 0, until: 10 }), { width: 130 })).toBe(text(
      'time   | 0s   | 5ms               | 6ms  | 7ms                                      | 8ms',
      '= 日本   | here | gone (é: "never") | here | gone (é: "at \\u0060\\u0024{lunch}\\u0060") | "on the phone" (claim "q 1")',
      '= 日本/é | here | gone ("never")    | here | gone ("at \\u0060\\u0024{lunch}\\u0060")    |',
    ));
  });

  it('counts instants from another zero where it is told one', () => {
    expect(renderTimeline(timeline([connected(0)], defaultPolicy, { from: 0, until: 10 }), { origin: -5 }).split('\n')[0]).toBe('time      | 5ms');
    expect(renderTimeline(timeline([connected(9)], defaultPolicy, { from: 0, until: 10 }), { origin: 90_000 }).split('\n')[0]).toBe('time      | -1m30s  | -1m29s991ms');
  });

  it('prints one column at least, however narrow it must be', () => {
    expect(renderTimeline(timeline([connected(0)], defaultPolicy, { from: 0, until: 20_000 }), { width: 1 })).toBe(text(
      'time      | 0s', '= ada     | active', '= ada/tab | active', '',
      'time      | 15s', '= ada     | idle (tab: silence)', '= ada/tab | idle (silence)',
    ));
  });

  it.each([
    { options: { width: 0 }, message: 'Expected `width` to be a whole number of characters, 1 or more, received 0.' },
    { options: { width: 80.5 }, message: 'Expected `width` to be a whole number of characters, 1 or more, received 80.5.' },
    { options: { origin: 0.5 }, message: 'Expected `origin` to be whole milliseconds, received 0.5. Floor it where you read your clock.' },
  ])('refuses what breaks its type: $message', ({ options, message }) => {
    expect(thrownBy(() => renderTimeline(timeline([], defaultPolicy, { from: 0, until: 10 }), options))).toBe(`TypeError: ${message}`);
  });

  it('prints nothing of nobody', () => {
    expect(renderTimeline(timeline([], defaultPolicy, { from: 0, until: 10 }))).toBe('');
  });
});
