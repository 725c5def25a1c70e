// Two pages that speak for one session: a duplicated tab whose copy kept the id. Each has a socket, and so a handle, of its own.

import { createTracker, defaultPolicy } from 'presence-model';
import type { Beat, Change, Connection, DefaultNames, Tracker } from 'presence-model';
import { createBeacon } from 'presence-model/client';
import type { Beacon, PageEvent } from 'presence-model/client';
import { describe, expect, it } from 'vitest';

class Tab {
  readonly beacon: Beacon<DefaultNames> = createBeacon({ policy: defaultPolicy, sessionId: 'tab', epoch: 1, at: 0 });
  private readonly tracker: Tracker<DefaultNames>;
  private connection: Connection<DefaultNames> | undefined;

  constructor(tracker: Tracker<DefaultNames>) {
    this.tracker = tracker;
  }

  tell(event: PageEvent<DefaultNames>): readonly string[] {
    return this.hear(this.beacon.tell(event), event.at);
  }

  advanceTo(now: number): readonly string[] {
    return this.hear(this.beacon.advanceTo(now), now);
  }

  private hear(beats: readonly Beat<DefaultNames>[], now: number): readonly string[] {
    return seen(beats.flatMap((beat) => {
      if (beat.type !== 'connected') return this.connection?.beat(beat, now) ?? [];
      const { report = 'none' } = beat;
      const opened = this.tracker.open({ userId: 'ada', sessionId: beat.sessionId, report }, now);
      this.connection = opened.connection;
      return opened.changes;
    }));
  }
}

const seen = (changes: readonly Change<DefaultNames>[]): readonly string[] => changes.flatMap(({ shown }) => shown?.status ?? []);

/** The original, and from 10 s on its copy in front of it. */
function duplicated(): { readonly tracker: Tracker<DefaultNames>; readonly original: Tab; readonly copy: Tab } {
  const tracker = createTracker();
  const [original, copy] = [new Tab(tracker), new Tab(tracker)];
  original.tell({ type: 'up', at: 0 });
  original.advanceTo(7_000);
  original.tell({ type: 'hidden', at: 10_000 });
  expect(copy.tell({ type: 'up', at: 10_100 })).toEqual(['active']);
  return { tracker, original, copy };
}

describe('a duplicated tab that kept the session id', () => {
  it('flickers, as the last report stands for both', () => {
    const { tracker, original, copy } = duplicated();
    expect(original.advanceTo(17_000)).toEqual(['away']);
    expect(copy.advanceTo(17_100)).toEqual(['active']);
    expect(tracker.user('ada').sessions).toHaveLength(1);
  });

  it('ends with its copy only where its user signed out', () => {
    const { tracker, original, copy } = duplicated();
    copy.tell({ type: 'closed', at: 12_000 });
    expect(original.tell({ type: 'visible', at: 12_100 })).toEqual([]); // it takes the place of the copy
    expect(seen(tracker.advanceTo(18_000))).toEqual([]);
    expect(tracker.status('ada')).toBe('active');

    const other = duplicated();
    expect(other.copy.tell({ type: 'closed', cause: 'left', at: 12_000 })).toEqual(['offline']);
    expect(other.original.tell({ type: 'visible', at: 12_100 })).toEqual([]);
    expect(other.tracker.status('ada')).toBe('offline');
  });

  it('outlives the original', () => {
    const { tracker, original, copy } = duplicated();
    original.tell({ type: 'closed', at: 12_000 }); // the late end of a connection that was superseded
    expect(seen(tracker.advanceTo(17_000))).toEqual([]);
    expect(copy.advanceTo(17_100)).toEqual([]);
    expect(tracker.status('ada')).toBe('active');
  });
});

describe('two tabs, each with a session of its own', () => {
  it('are as present as the better one, and closing one takes nothing from the other', () => {
    const tracker = createTracker();
    const first = createBeacon({ policy: defaultPolicy, sessionId: 'first', epoch: 1, at: 0 });
    const second = createBeacon({ policy: defaultPolicy, sessionId: 'second', epoch: 1, at: 0 });
    const open = (beacon: Beacon<DefaultNames>, sessionId: string, at: number): Connection<DefaultNames> => {
      const { report = 'none' } = beacon.tell({ type: 'up', at })[0]!;
      return tracker.open({ userId: 'ada', sessionId, report }, at).connection;
    };
    const hear = (connection: Connection<DefaultNames>, beats: readonly Beat<DefaultNames>[], at: number): readonly string[] =>
      seen(beats.flatMap((beat) => connection.beat(beat, at)));
    const one = open(first, 'first', 0);
    const other = open(second, 'second', 1_000);
    expect(hear(one, first.tell({ type: 'hidden', at: 2_000 }), 2_000)).toEqual([]);
    expect(hear(other, second.tell({ type: 'closed', at: 3_000 }), 3_000)).toEqual([]);
    expect(seen(tracker.advanceTo(7_999))).toEqual([]);
    expect(seen(tracker.advanceTo(8_000))).toEqual(['away']); // what is left is hidden
  });
});
