// npm run oracle: the library against the naive oracle on a million histories, half of them under generated policies.
//   ORACLE_SEED=42 ORACLE_RUNS=100000 npm run oracle

import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { defaultPolicy } from 'presence-model';
import { advancesAsTheOracle, derivesAsTheOracle, settlesAsTheOracle } from './against-oracle.js';
import { tracksAsTheOracle } from './against-tracker.js';
import { policies } from './arbitraries.js';

const seed = Number(process.env['ORACLE_SEED'] ?? randomInt(2 ** 31));
const runs = Number(process.env['ORACLE_RUNS'] ?? 1_000_000);
const historiesPerPolicy = 100;
console.log(`> ${String(runs)} histories against the oracle: ORACLE_SEED=${String(seed)} ORACLE_RUNS=${String(runs)} npm run oracle`);

let done = 0;
for (let round = 0; done < runs; round++) {
  const roundSeed = (seed + round) | 0;
  const [generated = defaultPolicy, other = defaultPolicy] = fc.sample(policies(fc), { seed: roundSeed, numRuns: 2 });
  const policy = round % 2 === 0 ? defaultPolicy : generated;
  const properties = [advancesAsTheOracle(fc, policy, other), derivesAsTheOracle(fc, policy), settlesAsTheOracle(fc, policy), tracksAsTheOracle(fc, policy, other)];
  const property = properties[Math.floor(round / 2) % properties.length];
  if (property === undefined) continue;
  const details = fc.check(property, { seed: roundSeed, numRuns: historiesPerPolicy });
  if (details.failed) {
    console.log(`Differs under the policy ${JSON.stringify(policy)} (seed ${String(roundSeed)}):`);
    console.log(fc.defaultReportMessage(details));
    process.exitCode = 1;
    break;
  }
  done += historiesPerPolicy;
  if (round % 500 === 499) console.log(`  ${String(done)}`);
}
console.log(`${String(done)} histories agree`);
