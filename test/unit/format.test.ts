import { describe, expect, it } from 'vitest';
import { defaultPolicy, definePolicy, formatPolicy } from 'presence-model';
import { sent } from './said.js';

describe('formatPolicy', () => {
  it('prints the table of the default', () => {
    expect(formatPolicy(defaultPolicy)).toBe([
      '                     idle     away     stale    offline',
      'silence              15 s     1 min    3 min    4 min',
      'inactivity           1 min    5 min    –        –',
      'departure dropped    –        –        15 s     –',
      'departure closed     –        –        –        5 s',
      'departure left       –        –        –        0',
      '',
      'report               none active   active active   idle idle   background away',
    ].join('\n'));
  });

  it('prints rows that stand while a report does, and outward words', () => {
    const text = formatPolicy(definePolicy({
      untouched: { idle: 30_000 },
      whileReported: { background: { silence: { offline: 3_600_000 }, departures: { closed: { offline: 0 } } } },
      shownAs: { stale: 'away' },
    }));
    const cellsOf = (name: string): readonly string[] | undefined => text.split('\n').find((line) => line.startsWith(name))?.split(/ {2,}/).filter((cell) => cell !== '');
    expect(cellsOf('untouched')).toEqual(['untouched', '30 s', '–', '–', '–']);
    expect(cellsOf('  while background: silence')).toEqual(['while background: silence', '–', '–', '–', '1 h']);
    expect(cellsOf('  while background: departure closed')).toEqual(['while background: departure closed', '–', '–', '–', '0']);
    expect(cellsOf('shown')).toEqual(['shown', 'stale as away']);
  });

  it('leaves out rows that say nothing', () => {
    const text = formatPolicy(definePolicy({ statuses: ['in', 'out'], silence: {}, reports: { none: 'in' }, departures: { dropped: { out: 1 } } }));
    expect(text.split('\n').map((line) => line.split(/ {2,}/)[0])).toEqual(['', 'departure dropped', '', 'report']);
  });

  it('prints a policy that was sent as JSON', () => {
    expect(formatPolicy(sent(defaultPolicy))).toBe(formatPolicy(defaultPolicy));
  });
});
