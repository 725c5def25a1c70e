// What a page is, as far as it was told: levels, no edges.
// Rule 1: each event says how it is from now on. Told twice it changes nothing; one that was missed is made good by the next.
// Rule 2: what is touched, shown or resumed is neither frozen nor closed. Only a sign-out is for good.

import { complaint } from '../complaint.js';
import { isWholeOrAbsent } from '../check.js';
import { isRecord, owns } from '../plain.js';
import type { Policy } from '../policy.js';
import { unreachable } from '../signal.js';
import type { Names } from '../signal.js';
import { assertInstant } from '../time.js';
import type { Timestamp } from '../time.js';
import { assertReport } from './plan.js';

/** When it happened, on the page's own clock. */
export interface OnPage {
  /** When, in whole ms on the page's clock, whose origin does not matter. An earlier one than before counts as that. */
  readonly at: Timestamp;
}

/** The human did something, or how much of the page is left changed. */
export interface PageTurn extends OnPage {
  /**
   * `interaction`: the human did something. `visible`, `hidden`: the page may or may not be seen. `frozen`, `resumed`: nothing
   * runs in it any more, and again. `down`: the transport is lost, or known to be useless (`offline`).
   */
  readonly type: 'interaction' | 'visible' | 'hidden' | 'frozen' | 'resumed' | 'down';
}

/** A transport opened. Its first message is what the beacon answers. */
export interface PageUp extends OnPage {
  /** There is a transport. */
  readonly type: 'up';
  /** The number of this connection, where pages count together. Default, and at least: one more than the last. */
  readonly epoch?: number;
}

/** The page is hidden for good (`pagehide`), or its user signs out. A page that is back from the browser's cache revokes it. */
export interface PageClosed<N extends Names = Names> extends OnPage {
  /** These are its last words. */
  readonly type: 'closed';
  /** Why, a key of the policy's `departures`. `left`, a sign-out, is never revoked. Default `closed`, where the policy has it. */
  readonly cause?: N['cause'];
}

/** The app says something of itself, such as that it is in a call. */
export interface PageReport<N extends Names = Names> extends OnPage {
  /** The app's own word. */
  readonly type: 'report';
  /** A key of the policy's `reports`. It stands whatever the page looks like, until `none` takes it back. */
  readonly report: N['report'];
}

/** Something that happened on a page, with its instant. */
export type PageEvent<N extends Names = Names> = PageTurn | PageUp | PageClosed<N> | PageReport<N>;

/** What a page is. */
export interface Page {
  readonly isVisible: boolean;
  readonly isFrozen: boolean;
  readonly isUp: boolean;
  /** Why it is closed. Absent: it is not. */
  readonly end: string | undefined;
  /** The app's own word. */
  readonly ownReport: string | undefined;
  /** The last interaction. */
  readonly touchedAt: Timestamp | undefined;
}

/** A page of which nothing was told yet. */
export const freshPage: Page = {
  isVisible: true, isFrozen: false, isUp: false, end: undefined, ownReport: undefined, touchedAt: undefined,
};

/** The page after an event that was checked, which is heard of at `now`. */
export function pageAfter(page: Page, event: PageEvent, now: Timestamp): Page {
  switch (event.type) {
    case 'interaction':
      return { ...alive(page), touchedAt: now };
    case 'visible':
      return { ...alive(page), isVisible: true };
    case 'hidden':
      return { ...page, isVisible: false };
    case 'frozen':
      return { ...page, isFrozen: true };
    case 'resumed':
      return alive(page);
    case 'up':
      return { ...page, isUp: true };
    case 'down':
      return { ...page, isUp: false };
    case 'closed':
      return page.end === signedOut ? page : { ...page, end: event.cause ?? 'closed' };
    case 'report':
      return { ...page, ownReport: event.report === 'none' ? undefined : event.report };
    default:
      return unreachable(event);
  }
}

const signedOut = 'left';

function alive(page: Page): Page {
  return { ...page, isFrozen: false, end: page.end === signedOut ? signedOut : undefined };
}

const types: readonly PageEvent['type'][] = [
  'interaction', 'visible', 'hidden', 'frozen', 'resumed', 'closed', 'up', 'down', 'report',
];

/** Throws `TypeError`, naming the field, unless it is an event of a page. */
export function checkPageEvent(event: unknown, policy: Policy): void {
  if (!isRecord(event)) throw new TypeError(complaint('event', 'an event of a page (an object)', event));
  const { type, at, epoch, cause, report } = event;
  if (!types.includes(type as PageEvent['type'])) throw new TypeError(complaint('type', `one of ${types.join(', ')}`, type));
  assertInstant('at', at);
  if (type === 'up' && !isWholeOrAbsent(epoch)) throw new TypeError(complaint('epoch', 'a whole number', epoch));
  if (type === 'report') assertReport('report', report, policy);
  if (type === 'closed' && cause !== undefined && !(typeof cause === 'string' && owns(policy.departures, cause))) {
    throw new TypeError(complaint('cause', `one of ${Object.keys(policy.departures).join(', ')}`, cause));
  }
}
