// Claims: a bar while one is held; empty and dashed while it does nothing.

import type { ClaimLane } from './lanes.js';
import { pointedAt } from './svg-row.js';
import type { Canvas, Row } from './svg-row.js';
import { element, escaped, named, widthOf } from './svg-text.js';
import { claimEffect } from './svg-words.js';

const height = 16;

/** The row of one claim. */
export function claimOf({ claimId, segments }: ClaimLane, { scale: { x, called } }: Canvas): Row {
  const draw = (top: number): readonly string[] => segments.flatMap(({ from, until, claim, inForce }) => {
    const left = x(from);
    const width = Math.max(x(until) - left - 1, 1);
    const effect = claimEffect(claim);
    const told = pointedAt(`claim ${named(claimId)} ${effect}, ${called(from)} to ${called(until)}${inForce ? '' : ', not in force'}`);
    const bar = element('rect', { class: inForce ? 'claim' : 'dormant', x: left + 0.5, y: top + 0.5, width, height: height - 1, rx: 7 }, told);
    const word = widthOf(effect, 11) + 16 <= width ? [element('text', { class: 'small', x: left + 9, y: top + 12 }, escaped(effect))] : [];
    return [bar, ...word];
  });
  return { height: height + 2, name: { text: `claim ${named(claimId)}`, kind: 'muted' }, draw };
}
