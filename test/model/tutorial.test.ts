// The tutorial's bugs as stories: they hold on this library, and fail under the rules as they were.

import { describe, expect, it } from 'vitest';
import { asItWas, onThisLibrary } from '../../docs/examples/tutorial/rules.js';
import { lateEnd, reconnect, secondTab, stuck } from '../../docs/examples/tutorial/stories.js';

describe.each([
  ['a second tab is closed', secondTab, 'Story differs at 2m: expected ada to be online, was offline.'],
  ['a connection drops and returns', reconnect, 'Story differs at 1m: expected ada to be online, was offline.'],
  ['an old connection ends late', lateEnd, 'Story differs at 1m6s: expected ada to be online, was offline.'],
  ['a laptop runs out of power', stuck, 'Story differs at 2m15s: expected ada to be offline, was watching_game.'],
] as const)('%s', (_title, told, difference) => {
  it('and nobody is misled on this library', () => {
    told(onThisLibrary);
  });

  it('and everybody was, as it was', () => {
    expect(() => told(asItWas)).toThrow(difference);
  });
});
