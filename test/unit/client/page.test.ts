import { describe, expect, it } from 'vitest';
import { freshPage, pageAfter } from '../../../src/client/page.js';
import type { Page } from '../../../src/client/page.js';
import { frozen, thrownBy } from '../said.js';

describe('pageAfter', () => {
  const page: Page = frozen({ isVisible: false, isFrozen: true, isUp: true, end: 'closed', ownReport: 'busy', touchedAt: 5 });

  it.each([
    [{ type: 'interaction', at: 7 }, { ...page, isFrozen: false, end: undefined, touchedAt: 9 }],
    [{ type: 'visible', at: 7 }, { ...page, isFrozen: false, end: undefined, isVisible: true }],
    [{ type: 'resumed', at: 7 }, { ...page, isFrozen: false, end: undefined }],
    [{ type: 'hidden', at: 7 }, page],
    [{ type: 'frozen', at: 7 }, page],
    [{ type: 'up', at: 7 }, page],
    [{ type: 'down', at: 7 }, { ...page, isUp: false }],
    [{ type: 'closed', at: 7 }, page],
    [{ type: 'closed', cause: 'left', at: 7 }, { ...page, end: 'left' }],
    [{ type: 'report', report: 'none', at: 7 }, { ...page, ownReport: undefined }],
    [{ type: 'report', report: 'calm', at: 7 }, { ...page, ownReport: 'calm' }],
  ] as const)('of a page that is all it can be: %j', (event, after) => {
    expect(pageAfter(page, event, 9)).toEqual(after);
    expect(pageAfter(pageAfter(page, event, 9), event, 9)).toEqual(after); // told twice
  });

  it('keeps a sign-out', () => {
    const left: Page = { ...freshPage, end: 'left' };
    for (const type of ['interaction', 'visible', 'resumed', 'closed'] as const) expect(pageAfter(left, { type, at: 0 }, 0).end).toBe('left');
  });

  it('knows all events', () => {
    expect(thrownBy(() => pageAfter(freshPage, { type: 'zzz', at: 0 } as never, 0))).toMatch(/^TypeError: Expected nothing else/);
  });
});
