import { defaultPolicy } from 'presence-model';
import { story } from 'presence-model/testing';
import { describe, it } from 'vitest';

const told = story(defaultPolicy);

describe('the grace of a dropped transport', () => {
  it('hides a return one ms before 15 s', () => {
    told`
      time           | 0s     | 20s        | 35s-1ms | 40s
      > ada/tab ~10s | +      | o -dropped | +       |
      = ada          | active |            |         |
    `;
  });

  it('hides a return at 15 s: the return comes first', () => {
    told`
      time           | 0s     | 20s        | 35s | 40s
      > ada/tab ~10s | +      | o -dropped | +   |
      = ada          | active |            |     |
    `;
  });

  it('shows a return one ms after 15 s', () => {
    told`
      time           | 0s     | 20s        | 35s   | 35001ms | 40s
      > ada/tab ~10s | +      | o -dropped |       | +       |
      = ada          | active |            | stale | active  |
    `;
  });

  it('ends in silence where nobody returns', () => {
    told`
      time           | 0s     | 20s        | 35s                  | 4m20s
      > ada/tab ~10s | +      | o -dropped |                      |
      = ada          | active |            | stale (tab: dropped) | offline (tab: silence)
    `;
  });

  it('can be ended by life, which reopens a session that nobody numbers', () => {
    told`
      time                 | 0s     | 1s       | 2s | 16s500ms
      > ada/tab unnumbered | +      | -dropped | o  |
      = ada                | active |          |    |
    `;
  });
});

describe('the grace of a closed page', () => {
  it('hides a return one ms before 5 s: a refresh', () => {
    told`
      time           | 0s     | 20s       | 25s-1ms | 30s
      > ada/tab ~10s | +      | o -closed | +       |
      = ada          | active |           |         |
    `;
  });

  it('hides a return at 5 s', () => {
    told`
      time           | 0s     | 20s       | 25s | 30s
      > ada/tab ~10s | +      | o -closed | +   |
      = ada          | active |           |     |
    `;
  });

  it('shows a return one ms after 5 s', () => {
    told`
      time           | 0s     | 20s       | 25s     | 25001ms | 30s
      > ada/tab ~10s | +      | o -closed |         | +       |
      = ada          | active |           | offline | active  |
    `;
  });

  it('ends where the page stays closed', () => {
    told`
      time           | 0s     | 20s       | 25s     | 30s
      > ada/tab ~10s | +      | o -closed |         |
      = ada          | active |           | offline |
    `;
  });
});

describe('a sign-out', () => {
  it('has no grace', () => {
    told`
      time           | 0s     | 20s     | 30s
      > ada/tab ~10s | +      | o -left |
      = ada          | active | offline |
    `;
  });

  it('is seen, and so is a sign-in one ms later', () => {
    told`
      time           | 0s     | 20s     | 20001ms | 30s
      > ada/tab ~10s | +      | o -left | +       |
      = ada          | active | offline | active  |
    `;
  });

  it('is not undone by life of the same connection', () => {
    told`
      time                 | 0s     | 1s      | 2s | 16s500ms
      > ada/tab unnumbered | +      | -left   | o  |
      = ada                | active | offline |    |
    `;
  });
});
