// A session as its clocks read it, without an object for each time that it is judged.

import type { Facts } from '../evidence.js';
import { absent } from './session-field.js';
import * as field from './session-field.js';
import * as state from './session-state.js';
import * as said from './said-field.js';
import type { Sessions } from './sessions.js';

/** Used again for the next session. */
type Viewed = { -readonly [K in keyof Facts]: Facts[K] };

export class SessionView {
  private readonly sessions: Sessions;
  private readonly viewed: Viewed = {
    sessionId: undefined, firstSeenAt: 0, seenAt: 0, quietForMs: undefined, activeAt: undefined, report: undefined,
    setAsideAt: undefined, epoch: undefined, departures: undefined, uncounted: undefined,
  };
  private readonly viewedReport = { word: '', at: 0, since: 0 };
  /** By the number of the cause. */
  private readonly viewedEnds: Record<string, number>[] = [];

  constructor(sessions: Sessions) {
    this.sessions = sessions;
  }

  /**
   * What the clocks of a session read, with instants as ms after its beginning: answers shift with what is
   * asked, and small numbers need no box. Valid until the next call. Not of spilled sessions.
   */
  of(slot: number): Facts {
    const { sessions, viewed, viewedReport, viewedEnds } = this;
    const bits = sessions.records.get(slot, field.state);
    viewed.seenAt = sessions.records.get(slot, field.seenAt);
    viewed.firstSeenAt = sessions.firstSeenOf(slot);
    const activeAt = sessions.records.get(slot, field.activeAt);
    viewed.activeAt = activeAt === absent ? undefined : activeAt;
    viewed.quietForMs = viewed.setAsideAt = viewed.report = viewed.departures = undefined;
    if ((bits & state.hasSaid) === 0) return viewed;
    const setAsideAt = sessions.said.get(slot, said.setAsideAt);
    viewed.setAsideAt = setAsideAt === absent ? undefined : setAsideAt;
    viewed.quietForMs = sessions.said.get(slot, said.quietForMs);
    if ((bits & state.word) !== 0) {
      viewedReport.word = sessions.words.wordOf((bits & state.word) >>> state.wordShift);
      viewedReport.at = sessions.reportAtOf(slot);
      viewedReport.since = sessions.said.get(slot, said.reportSince);
      viewed.report = viewedReport;
    }
    if ((bits & state.cause) !== 0) {
      const number = (bits & state.cause) >>> state.causeShift;
      const cause = sessions.causes.wordOf(number);
      const ends = (viewedEnds[number] ??= {});
      ends[cause] = sessions.said.get(slot, said.departedAt);
      viewed.departures = ends;
    }
    return viewed;
  }
}
