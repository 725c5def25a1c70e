/**
 * For teams that use fast-check: the laws of the model against your own policy, and random signals, histories and policies.
 *
 * @packageDocumentation
 */
export type { CheckOptions, Law } from './law.js';
export { laws } from './laws.js';
export { policies } from './policies.js';
export type { FastCheck } from './property-tester.js';
export { histories, signals } from './signals.js';
