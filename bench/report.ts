// The table of what derives, and where it was measured.

import { cpus } from 'node:os';
import type { Measured } from './measure.js';

export function machine(seed: number, command: string): string {
  const [{ model } = { model: 'unknown' }, ...others] = cpus();
  return `${model.trim()} (${others.length + 1} cores), Node ${process.versions.node}, ${process.platform} ${process.arch}, \`${command}\`, seed ${seed}`;
}

export function tableOf(measured: readonly Measured[]): string {
  const rows = measured.map(({ name, ns, bytes, floorNs, floorBytes, ratio, floorIs }) =>
    [name, rounded(ns), String(bytes), rounded(floorNs), String(floorBytes), `${ratio.toFixed(1)} ×`, floorIs]);
  const head = ['call', 'ns', 'bytes', 'floor ns', 'floor bytes', 'ratio', 'the floor is'];
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
  const isNumber = (i: number): boolean => i > 0 && i < head.length - 1;
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => (isNumber(i) ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!))).join(' | ')} |`;
  const rule = `| ${widths.map((width, i) => (isNumber(i) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

function rounded(ns: number): string {
  const text = ns < 10 ? ns.toFixed(1) : ns < 1_000 ? ns.toFixed(0) : String(Math.round(ns / 10) * 10);
  return text.replace(/\B(?=(\d{3})+$)/g, ' ');
}
