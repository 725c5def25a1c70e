// How laws read answers, for the tests of this project.

export { bottomOf, derivedRank, evidenceOf, frozen, nobody, rankOf, timeless, timelessSession } from '../../src/fast-check/reading.js';
