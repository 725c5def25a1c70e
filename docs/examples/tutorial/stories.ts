// What the tutorial's users see go wrong, as stories. Each holds on this library, and differs under the rules as they were.
import { story } from 'presence-model/testing';
import type { Story } from 'presence-model/testing';
import type { Rules } from './rules.js';

/** A second tab is opened and closed. */
export function secondTab({ policy, sessionOf }: Rules): Story {
  return story(policy)`
    time                            | 0s     | 1m | 2m      | 5m
    > ada/${sessionOf('tab1')} ~30s | +      |    |         |
    = ada                           | online |    |         |

    time                            | 0s     | 1m | 2m      | 5m
    > ada/${sessionOf('tab2')}      |        | +  | -closed |
  `;
}

/** The line is lost, and the client is back two seconds later; then the page is loaded anew. */
export function reconnect({ policy, sessionOf }: Rules): Story {
  return story(policy)`
    time                            | 0s     | 1m       | 1m2s | 2m      | 2m1s | 5m
    > ada/${sessionOf('tab')} ~30s  | +      | -dropped | +    | -closed | +    |
    = ada                           | online |          |      |         |      |
  `;
}

/** A change of networks: the new socket is there before the old one is given up. */
export function lateEnd({ policy, sessionOf, endOfFirst }: Rules): Story {
  return story(policy)`
    time                            | 0s     | 1m | 1m6s          | 3m
    > ada/${sessionOf('tab')} ~30s  | +      | +  | ${endOfFirst} |
    = ada                           | online |    |               |
  `;
}

/** She watches a game, and her laptop runs out of power: nobody says goodbye. */
export function stuck({ policy, sessionOf }: Rules): Story {
  return story(policy)`
    time                            | 0s            | 10s                                                       | 1m10s | 2m15s   | 1d
    > ada/${sessionOf('tab')} ~30s  | +             |                                                           | x     |         |
    > ada                           |               | game: show watching_game detail 42 on ${sessionOf('tab')} |       |         |
    = ada                           | online        | watching_game (claim game)                                |       | offline |
  `;
}
