/**
 * For teams that unit-test their presence policy.
 *
 * @packageDocumentation
 */
export { criticalInstants } from './critical-instants.js';
export { comparePolicies } from './compare.js';
export type { Difference } from './compare.js';
export { sumDifferences } from './compare-sum.js';
export type { DifferenceSum, PairSum, Sum } from './compare-sum.js';
export type { Mover } from './partings.js';
export { measureQuality } from './quality.js';
export type { QualityOptions } from './quality.js';
export type { Estimate } from './quality-estimate.js';
export type { Detection, Detector, Quality } from './quality-score.js';
export type { Network, Storms, Throttled, Transport } from './network.js';
export { checkPolicy } from './check-policy.js';
export type { Finding, FindingCode, Severity, Witness } from './check/finding.js';
export { detectionBounds } from './detection-bounds.js';
export type { Bound, Bounds, DetectionBounds } from './detection-bounds.js';
export type { Environment } from './environment.js';
export { renderTimeline } from './render.js';
export type { RenderOptions } from './render.js';
export { renderStory } from './render-story.js';
export { story } from './story.js';
export type { Story } from './story.js';
export { renderTimelineSvg } from './svg.js';
export type { SvgOptions } from './svg.js';
export type { Theme } from './svg-style.js';
export { timeline } from './timeline.js';
export type { Alarm, ClaimLane, ClaimSpan, DepartedSpan, Range, Segment, SessionLane, Timeline, UserLane } from './timeline.js';
export type { Span } from './replay.js';
