/**
 * For teams that unit-test their presence policy.
 *
 * @packageDocumentation
 */
export { criticalInstants } from './critical-instants.js';
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
