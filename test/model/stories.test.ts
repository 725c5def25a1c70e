// What users of presence complain about in the field, as stories. A title says what is so here; the complaint was that it is not
// so elsewhere, and in brackets stands where it was read.

import { defaultPolicy, definePolicy } from 'presence-model';
import { story } from 'presence-model/testing';
import { describe, it } from 'vitest';

const told = story(defaultPolicy);
const withDnd = definePolicy({ ...defaultPolicy, statuses: ['dnd', ...defaultPolicy.statuses] });

/** A chat: three words, a call that outlives silence, hidden tabs that beat once a minute. */
const chat = definePolicy({
  statuses: ['busy', 'online', 'away', 'offline'],
  silence: { away: 30_000, offline: 90_000 },
  inactivity: { away: 300_000 },
  reports: { none: 'online', call: 'busy', hidden: 'online' },
  departures: { dropped: { away: 10_000 }, closed: { offline: 3_000 }, left: { offline: 0 } },
  whileReported: {
    call: { silence: { offline: 3_600_000 }, inactivity: {}, departures: { dropped: { offline: 60_000 } } },
    hidden: { silence: { away: 130_000, offline: 600_000 }, inactivity: { away: 60_000 } },
  },
});

describe('connections', () => {
  it('come back from a refresh, and the late end of the old socket harms nobody (klangk#246, gutenberg#75883)', () => {
    told`
      time              | 0s     | 10s     | 12s | 14s        | 1m
      > ada/laptop ~10s | +      | -closed | +   | -dropped#1 |
      = ada             | active |         |     |            |
    `;
  });

  it('that take too long to come back are seen, once', () => {
    told`
      time              | 0s     | 10s     | 15s              | 16s    | 1m
      > ada/laptop ~10s | +      | -closed |                  | +      |
      = ada             | active |         | offline          | active |
      = ada/laptop      | active |         | offline (closed) | active |
    `;
  });

  it('may break as often as they like within their grace (firezone#4202)', () => {
    told`
      time             | 0s     | 10s | 12s | 14s | 26s | 28s | 40s | 42s | 50s
      > ada/phone ~10s | +      | -   | +   | -   | +   | -   | +   | -   | +
      = ada            | active |     |     |     |     |     |     |     |
    `;
  });

  it('that are back by a beat alone are back, where the host does not number them', () => {
    told`
      time                      | 0s     | 10s     | 14s | 40s
      > ada/tab ~10s unnumbered | +      | -closed | o   |
      = ada                     | active |         |     |
    `;
    told`
      time           | 0s     | 10s     | 14s | 15s                   | 40s
      > ada/tab ~10s | +      | -closed | o   |                       |
      = ada          | active |         |     | offline (tab: closed) |
    `;
  });

  it('told as ended long ago do not end today’s (Rocket.Chat#11549)', () => {
    told`
      time              | 0s     | 1m | 1m2s | 5m      | 6m
      > ada/laptop ~10s | +      | -  | +    | -left#1 |
      = ada             | active |    |      |         |
    `;
  });
});

describe('sessions', () => {
  it('of one user do not fight: signing out on the phone leaves the laptop where it is (sharkord#189)', () => {
    told`
      time              | 0s     | 5s     | 20s            | 1m
      > ada/laptop ~10s | +      |        |                |
      > ada/phone ~10s  |        | +      | -left          |
      = ada             | active |        |                |
      = ada/laptop      | active |        |                |
      = ada/phone       |        | active | offline (left) |
    `;
  });

  it('take over from each other: two tabs close, the phone in the pocket keeps its user away', () => {
    told`
      time            | 0s                       | 10s    | 20s     | 1m | 1m30s   | 1m35s                    | 2m
      > ada/tab1 ~10s |                          | +      | -closed |    |         |                          |
      > ada/tab2 ~10s |                          |        | +       |    | -closed |                          |
      > ada/phone ~1m | +background              |        |         |    |         |                          |
      = ada           | away (phone: background) | active |         |    |         | away (phone: background) |
    `;
  });

  it('in their grace are not cut short by a goodbye of another (radar#117)', () => {
    told`
      time         | 0s     | 10s | 12s            | 25s-1ms | 25s                     | 1m
      > ada/laptop | +      | o - |                |         |                         |
      > ada/phone  | +      |     | -left          |         |                         |
      = ada        | active |     |                |         | stale (laptop: dropped) |
      = ada/phone  | active |     | offline (left) |         |                         |
    `;
  });

  it('of a bot or a background sync neither wake nor keep anybody (fluffychat#332)', () => {
    told`
      time            | 0s          | 10s    | 20s     | 5m
      > ada/sync ~10s | +!uncounted |        |         |
      > ada/phone     |             | +      | -left   |
      = ada           | offline     | active | offline |
      = ada/sync      | active      |        |         |
    `;
  });
});

describe('silence', () => {
  it('after a crash says what it cannot know, step by step', () => {
    told`
      time           | 0s     | 20s | 25s                 | 1m10s               | 3m10s                | 4m10s
      > ada/tab ~10s | +      | x   |                     |                     |                      |
      = ada          | active |     | idle (tab: silence) | away (tab: silence) | stale (tab: silence) | offline (tab: silence)
    `;
  });

  it('of a closed lid ends when it is opened, and opening it is no work (rocket.chat#41585, firebase-js-sdk#7653)', () => {
    told`
      time              | 0s     | 30s | 40s | 45s  | 1m30s | 3m30s | 4m30s   | 1h     | 1h1m
      > ada/laptop ~10s | +      |     | x   |      |       |       |         | +      |
      = ada             | active |     |     | idle | away  | stale | offline | active |
    `;
    // They had worked at 30 s, so they are as idle as before, until they touch it.
    told`
      time              | 0s     | 30s | 40s | 45s  | 1m30s | 3m30s | 4m30s   | 10m                       | 11m    | 12m
      > ada/laptop ~10s | +      | *   | x   |      |       |       |         | +                         | *      |
      = ada             | active |     |     | idle | away  | stale | offline | away (laptop: inactivity) | active | idle
    `;
  });

  it('that was promised is none: a phone woken by push is there all the time (Rocket.Chat.iOS#1660)', () => {
    told`
      time        | 0s                       | 30m   | 1h3m                   | 1h4m
      > ada/phone | +background~30m          | o~30m |                        |
      = ada       | away (phone: background) |       | stale (phone: silence) | offline (phone: silence)
    `;
  });

  it('of a throttled tab needs a row of its own (bento#522, stream-chat-js#698)', () => {
    told`
      time      | 0s     | 15s  | 1m     | 1m15s | 2m     | 2m10s
      > ada/tab | +      |      | o      |       | o      |
      = ada     | active | idle | active | idle  | active |
    `;
    // One beat in a minute, and one of them lost.
    story(chat)`
      time      | 0s     | 10s      | 1m10s | 2m10s | 3m10s | 4m
      > ada/tab | +      | o:hidden | o     |       | o     |
      = ada     | online |          |       |       |       |
    `;
  });

  it('of the observer is nobody’s: a restarted server has heard nothing, and nobody has left (SAGE-3/next#175)', () => {
    told`
      time              | 0s     | 10s | 5m30s | 5m35s | 6m
      > host            |        | gap | back  |       |
      > ada/laptop ~10s | +      |     |       |       |
      > bob/laptop      | +      |     |       |       |
      = ada             | active |     |       |       |
      = bob             | active |     |       | idle  |
    `;
  });
});

describe('reports', () => {
  it('of being idle mean: I am still here (zulip#13519)', () => {
    told`
      time           | 0s     | 1m     | 2m     | 10m
      > ada/tab ~10s | +      | o:idle | o:idle | o:idle
      = ada          | active | idle   |        |
    `;
  });

  it('that come late do not send anybody away who is back (Rocket.Chat#42162)', () => {
    told`
      time           | 0s     | 20s              | 30s    | 40s        | 1m
      > ada/tab ~10s | +      |                  | *      | o:idle@20s |
      = ada          | active | idle (tab: idle) | active |            |
    `;
  });

  it('of work by a clock that is ahead count from when they were heard (Cotal#1230, Ziit#24)', () => {
    told`
      time           | 0s     | 1m                     | 2m
      > ada/tab ~10s | +*1h   |                        |
      = ada          | active | idle (tab: inactivity) |
    `;
  });

  it('of a call stay with the device that is in it (Synapse’s busy)', () => {
    story(chat)`
      time              | 0s     | 10s    | 20m    | 20m30s | 20m40s                 | 21m
      > ada/phone ~10s  | +      | o:call | -left  |        |                        |
      > ada/laptop ~20s | +      |        |        | -      |                        |
      = ada             | online | busy   | online |        | away (laptop: dropped) |
      = ada/laptop      | online |        |        |        | away (dropped)         |
    `;
  });

  it('of a call outlive a tunnel', () => {
    story(chat)`
      time             | 0s    | 1m | 1m50s | 10m
      > ada/phone ~10s | +call | -  | +     |
      = ada            | busy  |    |       |
    `;
  });
});

describe('claims', () => {
  it('end at their instant, and what is beneath shows (mattermost: timed do not disturb)', () => {
    story(withDnd)`
      time              | 0s     | 5s             | 1m30s | 2m5s
      > ada/laptop ~10s | +      | *              |       |
      > ada             |        | q: show dnd 2m |       |
      = ada             | active | dnd (claim q)  |       | idle
    `;
  });

  it('do not leave anybody online who disconnected meanwhile (mattermost: the status before)', () => {
    story(withDnd)`
      time              | 0s     | 5s             | 30s     | 10m
      > ada/laptop ~10s | +      |                | -left   |
      > ada             |        | q: show dnd 5m |         |
      = ada             | active | dnd            | offline |
    `;
  });

  it('that must last over night say so', () => {
    story(withDnd)`
      time              | 0s     | 5s                 | 30s   | 8h | 9h     | 10h
      > ada/laptop ~10s | +      |                    | -left | +  |        |
      > ada             |        | q: show dnd sticky |       |    | q: off |
      = ada             | active | dnd                |       |    | active |
    `;
  });

  it('that hide are not uncovered by any other (converse.js#620, Haven#206)', () => {
    told`
      time              | 0s     | 5s                | 10s                       | 15s           | 1m               | 2m
      > ada/laptop ~10s | +      |                   |                           |               |                  |
      > ada             |        | h: cap offline    | q: show active priority 9 | r: raise idle | h: off           |
      = ada             | active | offline (claim h) |                           |               | active (claim q) |
    `;
  });

  it('give way to a more important one and come back when it ends (Rocket.Chat: one stash is not enough)', () => {
    story(withDnd)`
      time              | 0s     | 1m                   | 2m                               | 3m                           | 5m                   | 10m                | 20m    | 30m
      > ada/laptop ~10s | +      |                      |                                  |                              |                      |                    |        |
      > ada             |        | lunch: show away 19m | meeting: show idle 8m priority 1 | call: show dnd 2m priority 2 |                      |                    |        |
      = ada             | active | away (claim lunch)   | idle (claim meeting)             | dnd (claim call)             | idle (claim meeting) | away (claim lunch) | active |
    `;
  });

  it('of another device end with it', () => {
    story(withDnd)`
      time              | 0s     | 10s                     | 30s    | 1m
      > ada/laptop ~10s | +      |                         |        |
      > ada/phone ~10s  | +      |                         | -left  |
      > ada             |        | call: show dnd on phone |        |
      = ada             | active | dnd (claim call)        | active |
    `;
  });

  it('that only say something change nothing', () => {
    told`
      time              | 0s     | 10s                                                            | 30s   | 1m
      > ada/laptop ~10s | +      |                                                                |       |
      > ada             |        | game: detail {"name":"chess"} 20s; mood: detail "fine" private | clear |
      = ada             | active |                                                                |       |
    `;
  });

  it('that doubt may shine through say from where on', () => {
    story(withDnd)`
      time              | 0s     | 10s                    | 20s | 1m10s | 3m10s | 4m10s
      > ada/laptop ~10s | +      |                        | x   |       |       |
      > ada             |        | q: show dnd while idle |     |       |       |
      = ada             | active | dnd (claim q)          |     | away  | stale | offline
    `;
  });
});

describe('policies', () => {
  it('of three words keep their rungs beneath', () => {
    story(definePolicy({ shownAs: { idle: 'active', stale: 'away' } }))`
      time      | 0s     | 15s  | 1m   | 3m    | 4m
      > ada/tab | +      |      |      |       |
      = ada     | active |      | away |       | offline
      = ada/tab | active | idle | away | stale | offline
    `;
  });

  it('may be a lease: there until it runs out', () => {
    const lease = definePolicy({ statuses: ['here', 'gone'], silence: { gone: 1 }, reports: { none: 'here' }, departures: { dropped: {} } });
    story(lease)`
      time      | 0s        | 20s       | 40s | 50s-1ms | 50s
      > ada/tab | +~29999ms | o~29999ms |     |         |
      = ada     | here      |           |     |         | gone (tab: silence)
    `;
  });

  it('may doubt a device that nobody ever touched', () => {
    story(definePolicy({ untouched: { away: 30_000 } }))`
      time          | 0s     | 20s | 30s                  | 1m
      > ada/tv ~10s | +      |     |                      |
      > bob/tv ~10s | +      | *   |                      |
      = ada         | active |     | away (tv: untouched) |
      = bob         | active |     |                      |
    `;
  });

  it('may be all of transport: nothing but its end is an end', () => {
    const sockets = definePolicy({ statuses: ['here', 'gone'], silence: {}, reports: { none: 'here' }, departures: { dropped: { gone: 0 } } });
    story(sockets)`
      time      | 0s   | 30d                 | 31d  | 32d
      > ada/tab | +    | -                   | +    |
      = ada     | here | gone (tab: dropped) | here |
    `;
  });
});
