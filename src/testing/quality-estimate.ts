// What a sample says of the whole: an estimate between two bounds, at a confidence of 95 %.
// Rule: every interval is of a known kind, says something where nothing was seen, and needs no more than a square root.

/** An estimate with its 95 % confidence interval: of many runs with other seeds, 95 in 100 intervals hold the true value. */
export interface Estimate {
  /** The best guess. */
  readonly estimate: number;
  /** The lower bound. */
  readonly low: number;
  /** The upper bound. */
  readonly high: number;
}

/** The 97.5 % point of the normal distribution. */
const z = 1.959963984540054;

/**
 * How much of something befalls a unit of exposure, where it comes in independent portions (a Poisson process of them): one
 * weight for each portion seen. The bounds are those of Fay and Feuer (1997), who allow for one more portion, as heavy as any
 * may be (`heaviest`); the quantiles of the gamma distribution are Wilson and Hilferty's (1931). Where all weigh the same, that
 * is Byar's interval of a count (Breslow and Day 1987), within a few hundredths of the exact one.
 */
export function rateOf(weights: readonly number[], exposure: number, heaviest: number): Estimate {
  const sum = weights.reduce((a, b) => a + b, 0);
  const squares = weights.reduce((a, b) => a + b * b, 0);
  const low = weights.length === 0 ? 0 : gammaPoint(sum, squares, -z);
  return rounded(sum / exposure, low / exposure, gammaPoint(sum + heaviest, squares + heaviest * heaviest, z) / exposure);
}

/** The point of the gamma distribution with this mean and variance that lies as far out as `away` of the normal distribution. */
function gammaPoint(mean: number, variance: number, away: number): number {
  const shape = (mean * mean) / variance;
  return mean * cube(1 - 1 / (9 * shape) + away / (3 * Math.sqrt(shape)));
}

/** `**` is not the same to the last bit in every engine. */
function cube(value: number): number {
  return value * value * value;
}

/**
 * The mean of independent values, none below 0, by Student's t. Absent: fewer than two say nothing of how they scatter. Few
 * values, and values that are nearly all alike, hide the rare one that is greater: the upper bound has room for as many of them
 * as may have gone unseen (Wilson), each greater than the mean by `unseen`.
 */
export function meanOf(values: readonly number[], unseen = 0): Estimate | undefined {
  const count = values.length;
  if (count < 2) return undefined;
  const mean = values.reduce((a, b) => a + b, 0) / count;
  const variance = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (count - 1);
  const margin = student(count - 1) * Math.sqrt(variance / count);
  return rounded(mean, Math.max(0, mean - margin), mean + Math.max(margin, shareOf(0, count).high * unseen));
}

/** Fisher's expansion of Student's t by 1/ν at the 97.5 % point (Abramowitz and Stegun 26.7.5): the terms from ν⁻¹ to ν⁻⁴. */
const expansion = [2.3722710, 2.8224986, 2.5558496, 1.5895341];

/** The 97.5 % point of Student's t, right to a thousandth. */
export function student(freedom: number): number {
  if (freedom < 3) return freedom === 1 ? 12.706205 : 4.302653;
  return expansion.reduceRight((sum, term) => (sum + term) / freedom, 0) + z;
}

/** The share of a population, by Wilson's score (1927). */
export function shareOf(hits: number, count: number): Estimate {
  const share = hits / count;
  const scale = 1 + (z * z) / count;
  const middle = share + (z * z) / (2 * count);
  const margin = z * Math.sqrt((share * (1 - share)) / count + (z * z) / (4 * count * count));
  return rounded(share, (middle - margin) / scale, (middle + margin) / scale);
}

/**
 * What this share of a population does not exceed: bounds are order statistics (Conover 1999), whatever the distribution.
 * Where too few were seen for an upper bound, it is the greatest. `sorted` is not empty.
 */
export function quantileOf(sorted: readonly number[], share: number): Estimate {
  const count = sorted.length;
  const ranked = (rank: number): number => sorted[Math.min(Math.max(Math.ceil(rank), 1), count) - 1] as number;
  const margin = z * Math.sqrt(count * share * (1 - share));
  return rounded(ranked(count * share), ranked(count * share - margin), ranked(count * share + margin + 1));
}

/** What is left of 1. */
export function oneMinus({ estimate, low, high }: Estimate): Estimate {
  return rounded(1 - estimate, 1 - high, 1 - low);
}

/** Six digits: more than any sample has to say, and the same in every engine. */
function rounded(estimate: number, low: number, high: number): Estimate {
  const digits = (value: number): number => Number(value.toPrecision(6));
  return { estimate: digits(estimate), low: digits(Math.min(low, estimate)), high: digits(Math.max(high, estimate)) };
}
