// A picture is rows under one another, over one axis of time.

import type { Scale } from './svg-scale.js';
import { element, escaped } from './svg-text.js';

/** What every row knows of its picture. */
export interface Canvas {
  /** The picture's name, with which its ids begin. */
  readonly id: string;
  readonly scale: Scale;
  /** The statuses, best first. */
  readonly statuses: readonly string[];
}

/** One row: how high it is, what stands before it, and its shapes once it is known where it stands. */
export interface Row {
  readonly height: number;
  readonly name?: { readonly text: string; readonly kind: 'user' | 'session' | 'muted' };
  readonly draw: (top: number) => readonly string[];
}

/** What is said where somebody points at a shape. */
export function pointedAt(text: string): string {
  return element('title', {}, escaped(text));
}
