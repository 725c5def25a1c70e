import { describe, expect, it } from 'vitest';
import { unreachable } from '../../src/signal.js';
import { thrownBy } from './said.js';

describe('unreachable', () => {
  it('says what came where nothing should', () => {
    expect(thrownBy(() => unreachable({ type: 'ping' } as never))).toBe('TypeError: Expected nothing else, received {"type":"ping"}.');
  });
});
