// The policy's own words reach the reader: an editor shows 'active' | 'idle' | …, never `string` or a tangle of generics.

import { describe, expect, it } from 'vitest';
import { hoversOf } from '../support/hover.js';

describe('a hover', () => {
  it('shows the words of the policy', () => {
    expect(hoversOf('test/type/hovers.ts').join('\n')).toMatchInlineSnapshot(`
      "const rule: "active" | "idle" | "away" | "stale" | "offline"
      const status: "active" | "idle" | "away" | "stale" | "offline"
      const told: ("active" | "idle" | "away" | "stale" | "offline" | undefined)[]
      (property) Showing<DefaultNames>.show: "active" | "idle" | "away" | "stale" | "offline"
      (property) report?: "active" | "idle" | "none" | "background"
      const chat: Policy<{
          readonly status: "busy" | "here" | "gone";
          readonly report: "none" | "dnd";
          readonly cause: "dropped" | "kicked";
      }>
      const statuses: readonly ("busy" | "here" | "gone")[]
      const cause: "dropped" | "kicked" | undefined
      const presence: UserPresence<{
          readonly status: "busy" | "here" | "gone";
          readonly report: "none" | "dnd";
          readonly cause: "dropped" | "kicked";
      }>
      const changes: readonly Change<{
          readonly status: "busy" | "here" | "gone";
          readonly report: "none" | "dnd";
          readonly cause: "dropped" | "kicked";
      }>[]
      const parsed: Parsed<Signal<{
          readonly status: "busy" | "here" | "gone";
          readonly report: "none" | "dnd";
          readonly cause: "dropped" | "kicked";
      }>>"
    `);
  });
});
