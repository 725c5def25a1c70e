/**
 * What the other end should send, and when: for browsers and apps, still without a DOM, a clock or a timer.
 *
 * @packageDocumentation
 */
export { createBeacon } from './beacon.js';
export type { Beacon } from './beacon.js';
export type { OnPage, PageClosed, PageEvent, PageReport, PageTurn, PageUp } from './page.js';
export { heartbeatPlan } from './plan.js';
export type { HeartbeatPlan, PlanOptions } from './plan.js';
export type { BeaconOptions, PageReports } from './speaker.js';
