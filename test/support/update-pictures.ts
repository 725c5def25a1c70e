// npm run pictures: draws every scenario of the documents into docs/pictures.

import { mkdirSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { renderTimelineSvg, timeline } from '../../src/testing/index.js';
import { scenarios } from '../../docs/examples/scenarios.js';
import type { Scenario } from '../../docs/examples/scenarios.js';
import { absolute } from './files.js';

/** Where the picture of a scenario is kept. */
export const pathOf = ({ name }: Scenario): string => `docs/pictures/${name}.svg`;

/** What it shows today. */
export const drawn = ({ name, title, signals, policy, range }: Scenario): string => `${renderTimelineSvg(timeline(signals, policy, range), { title, id: `picture-${name}` })}\n`;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  mkdirSync(absolute('docs/pictures'), { recursive: true });
  for (const scenario of scenarios) writeFileSync(absolute(pathOf(scenario)), drawn(scenario));
  console.log(`Drawn: ${scenarios.map(pathOf).join(', ')}.`);
}
