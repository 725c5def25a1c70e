// Runs the same stories and laws in five test runners on the packed package: all pass, and a wrong story fails readably.
// Needs `npm run build` before it. The last line reads "N passed, N failed".

import { execSync, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const runners = {
  'vitest': ['npx', 'vitest', 'run', '--config', 'vitest.config.mjs'],
  'node:test': ['node', '--test', 'node.test.mjs'],
  'bun': ['npx', 'bun', 'test', './bun.test.mjs'],
  'jest': ['npx', 'jest', '--rootDir', '.', '--testMatch', '**/jest.test.cjs'],
  'mocha': ['npx', 'mocha', '--timeout', '60000', 'mocha.test.cjs'],
};
const readable = ['Story differs at 14s: expected ada to be idle, was active.', '▲ first difference', '= ada expected | active | idle'];

let passed = 0;
let failed = 0;
function hold(what, holds, output) {
  if (holds) passed++;
  else failed++;
  console.log(`${holds ? 'passed' : 'FAILED'}  ${what}`);
  if (!holds) console.log(output.slice(-3_000));
}

function run([command, ...args], wrong) {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', WITH_A_WRONG_STORY: wrong ? '1' : '0' };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: here, env, encoding: 'utf8' });
  return { status, output: `${stdout}${stderr}` };
}

// As users get it: packed and unpacked, not linked.
const packed = execSync('npm pack --silent --pack-destination test/integration/runners', { cwd: `${here}/../../..`, encoding: 'utf8' }).trim();
execSync(`npm install --silent --no-save --no-package-lock ./${packed}`, { cwd: here });
rmSync(`${here}/${packed}`);

for (const [name, command] of Object.entries(runners)) {
  const right = run(command, false);
  hold(`${name}: stories and laws`, right.status === 0, right.output);
  const wrong = run(command, true);
  hold(`${name}: a wrong story fails and reads well`, wrong.status !== 0 && readable.every((line) => wrong.output.includes(line)), wrong.output);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
