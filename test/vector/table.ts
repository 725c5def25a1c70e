// The table of outcomes, as docs/outcomes.md shows it. It is made from what the runner is held to, case by case.

import { adapters } from './adapters/index.js';
import type { Adapter } from './adapter.js';
import { casesOf } from './case.js';
import type { VectorCase } from './case.js';
import { outcomes } from './outcomes.js';
import type { Outcome } from './outcomes.js';

/** What is written of a case; `undefined`: it passes. */
export const outcomeOf = (file: string, { name }: VectorCase): Outcome | undefined => {
  const ofFile = outcomes[file] ?? {};
  return Object.hasOwn(ofFile, name) ? ofFile[name] : undefined;
};

const kinds = ['passes', 'diverges', 'out of scope'] as const;
type Kind = (typeof kinds)[number];

function kindOf(outcome: Outcome | undefined): Kind {
  return outcome === undefined ? 'passes' : 'why' in outcome ? 'diverges' : 'out of scope';
}

/** How many cases of a system there are of each kind. */
export function countsOf({ file }: Adapter): Readonly<Record<Kind, number>> {
  const counts = { passes: 0, diverges: 0, 'out of scope': 0 };
  for (const vector of casesOf(file)) counts[kindOf(outcomeOf(file, vector))] += 1;
  return counts;
}

/** Systems and counts. */
export function countsTable(): string {
  const rows = adapters.map((adapter) => {
    const counts = countsOf(adapter);
    return [`[${adapter.system}](#${anchorOf(adapter.system)})`, kinds.reduce((sum, kind) => sum + counts[kind], 0), ...kinds.map((kind) => counts[kind])];
  });
  const totals = [1, 2, 3, 4].map((column) => rows.reduce((sum, row) => sum + Number(row[column]), 0));
  return [
    `| system | cases | ${kinds.join(' | ')} |`,
    '|---|--:|--:|--:|--:|',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    `| **all** | **${totals.join('** | **')}** |`,
  ].join('\n');
}

/** Every case of every system. */
export function casesTable(): string {
  return adapters.map((adapter) => {
    const rows = casesOf(adapter.file).map((vector) => `| ${cell(vector.name)} | ${told(outcomeOf(adapter.file, vector))} |`);
    const beside = Object.entries(adapter.beside ?? {}).map(([field, is]) => `- \`${field}\`: ${is}.`);
    const notRead = beside.length === 0 ? [] : ['Fields that are no presence rule and are not read:', '', ...beside, ''];
    return [`### ${adapter.system}`, '', `Cases: \`test/vector/cases/${adapter.file}.json\`.`, '', ...notRead, '| case | outcome |', '|---|---|', ...rows].join('\n');
  }).join('\n\n');
}

function told(outcome: Outcome | undefined): string {
  if (outcome === undefined) return 'passes';
  if ('why' in outcome) {
    return `**diverges**: ${cell(outcome.why)} ${cell(outcome.evidence)} (${outcome.differences.map((difference) => `\`${difference.replaceAll('|', '\\|')}\``).join(' · ')})`;
  }
  return `*out of scope* (${outcome.untranslated}): ${cell(outcome.is)}`;
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('_', '\\_').replaceAll('<', '&lt;');

const anchorOf = (heading: string): string => heading.toLowerCase().replace(/[^\p{L}\p{N} -]/gu, '').trim().replace(/ /g, '-');
