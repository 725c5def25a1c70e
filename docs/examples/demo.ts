// npm run demo [-- FILE]: presence live, or a recording of real browsers, or a file of signals.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { playFile } from './play-file.js';

const usage = `Usage: npm run demo -- [FILE]

FILE   a recording (docs/examples/recordings/*.events.jsonl) or signals, as JSON lines.
       Without it: a server and its clients, live, for half a minute.`;

const args = process.argv.slice(2);
process.stdout.on('error', () => process.exit(0)); // a reader such as `head` has seen enough
if (args.includes('--help') || args.includes('-h')) {
  console.log(usage);
} else if (args.length > 1 || args[0]?.startsWith('-') === true) {
  console.error(`Expected one file, received ${args.join(' ')}\n\n${usage}`);
  process.exitCode = 2;
} else if (args[0] === undefined) {
  const { runLive } = await import('./live/live.js'); // Socket.IO is loaded only where it is needed
  process.exitCode = (await runLive()) ? 0 : 1;
} else {
  const text = read(args[0]);
  if (text === undefined) process.exitCode = 2;
  else playFile(basename(args[0]), text);
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    const reasons = new Map([
      ['ENOENT', 'there is no such file'],
      ['EISDIR', 'it is a directory'],
      ['EACCES', 'permission denied'],
    ]);
    console.error(`Cannot read ${file}: ${reasons.get(code) ?? code}.`);
    return undefined;
  }
}
