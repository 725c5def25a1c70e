import { defaultPolicy } from 'presence-model';
import type { Signal } from 'presence-model';
import { story } from 'presence-model/testing';
import { describe, expect, it } from 'vitest';
import { of, seen } from '../../src/fast-check/laws/flapping.js';

const told = story(defaultPolicy);

describe('flapping', () => {
  it('twenty resets in eight seconds, each back after 37 to 89 ms, are seen by nobody', () => {
    const storm: Signal[] = [{ ...of, type: 'connected', at: 0 }];
    for (let i = 1; i <= 20; i++) {
      storm.push({ ...of, type: 'disconnected', at: i * 400 });
      storm.push({ ...of, type: 'connected', at: i * 400 + 37 + ((i * 13) % 53) });
    }
    expect(seen(defaultPolicy, storm, 10_000)).toEqual([{ at: 0, from: 'offline', to: 'active' }]);
  });

  it('a beat every 30 s against a 15 s threshold flaps by construction: that is a policy to change, not a damper to add', () => {
    told`
      time           | 0s     | 15s                 | 30s    | 45s  | 1m
      > ada/tab ~30s | +      |                     |        |      |
      = ada          | active | idle (tab: silence) | active | idle | active
    `;
  });

  it('a beat one ms before the threshold holds it', () => {
    told`
      time      | 0s     | 15s-1ms | 15s
      > ada/tab | +      | o       |
      = ada     | active |         |
    `;
  });

  it('a beat at the threshold comes first', () => {
    told`
      time      | 0s     | 15s | 15001ms
      > ada/tab | +      | o   |
      = ada     | active |     |
    `;
  });

  it('a beat one ms after the threshold is seen', () => {
    told`
      time      | 0s     | 15s  | 15001ms
      > ada/tab | +      |      | o
      = ada     | active | idle | active
    `;
  });
});
