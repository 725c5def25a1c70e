import { defaultPolicy } from 'presence-model';
import { story } from 'presence-model/testing';
import { describe, it } from 'vitest';

const told = story(defaultPolicy);

describe('multi-tab', () => {
  it('signing out in one tab while another lives changes nothing', () => {
    told`
      time           | 0s     | 5s    | 30s
      > ada/one ~10s | +      |       |
      > ada/two      | +      | -left |
      = ada          | active |       |
    `;
  });

  it('signing out in one tab while the other is in grace: the user is there until that grace ends', () => {
    told`
      time      | 0s     | 9s         | 10s   | 24s                  | 30s
      > ada/one | +      | o -dropped |       |                      |
      > ada/two | +      |            | -left |                      |
      = ada     | active |            |       | stale (one: dropped) |
    `;
  });

  it('signing out in the last tab is seen at once', () => {
    told`
      time      | 0s     | 1s      | 7s      | 30s
      > ada/one | +      | -closed |         |
      > ada/two | +      |         | -left   |
      = ada     | active |         | offline |
    `;
  });

  it('a refresh of the only tab is seen by nobody', () => {
    told`
      time           | 0s     | 10s       | 10s60ms | 30s
      > ada/one ~10s | +      | o -closed | +       |
      = ada          | active |           |         |
    `;
  });

  it('a bot that beats does not keep its user present', () => {
    told`
      time           | 0s           | 1s                     | 30s
      > ada/bot ~10s | +!uncounted  |                        |
      > ada/one      | +            | -left                  |
      = ada          | active       | offline                |
    `;
  });
});
