import { createRandom } from './random';
import { chiSquareTail } from './tails';

export interface ChiSquareResult {
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly p: number;
  /** Whether p comes from resampling, because counts are too small for the chi-square distribution. */
  readonly resampled: boolean;
}

/** Below this expected count the chi-square distribution is not to be trusted (W. G. Cochran, Biometrics 10, 1954). */
const LEAST_EXPECTED = 5;
const RESAMPLES = 9_999;
/** Rows of the smaller side up to which resampling is affordable; with more, rare categories are few of many. */
const MOST_RESAMPLED_ROWS = 5_000;

/**
 * Whether two sets of counts over the same categories come from the same shares: Pearson's chi-square of homogeneity;
 * with small expected counts its exact conditional distribution, by drawing the smaller side out of both without
 * replacement (A. Agresti, Statistical Science 7, 1992). p is NaN when one side is empty or only one category occurs.
 */
export function chiSquareTest(
  reference: readonly number[],
  current: readonly number[],
  seed: number,
): ChiSquareResult {
  const pairs = reference
    .map((count, k) => [count, current[k]!] as const)
    .filter(([a, b]) => a + b > 0);
  const m = pairs.reduce((sum, [a]) => sum + a, 0);
  const n = pairs.reduce((sum, [, b]) => sum + b, 0);
  const degreesOfFreedom = pairs.length - 1;
  if (m === 0 || n === 0 || degreesOfFreedom < 1) {
    return { statistic: 0, degreesOfFreedom, p: NaN, resampled: false };
  }
  const totals = pairs.map(([a, b]) => a + b);
  const [smaller, size] = m <= n ? [pairs.map(([a]) => a), m] : [pairs.map(([, b]) => b), n];
  const distance = (counts: readonly number[]): number => statisticOf(counts, size, totals, m + n);
  const statistic = distance(smaller);
  const leastExpected = (Math.min(...totals) * size) / (m + n);
  if (leastExpected >= LEAST_EXPECTED || size > MOST_RESAMPLED_ROWS) {
    const p = chiSquareTail(statistic, degreesOfFreedom);
    return { statistic, degreesOfFreedom, p, resampled: false };
  }
  const random = createRandom(seed);
  let asFar = 1;
  for (let i = 0; i < RESAMPLES; i++) {
    if (distance(draw(totals, size, m + n, random.uniform)) >= statistic * (1 - 1e-12)) asFar++;
  }
  return { statistic, degreesOfFreedom, p: asFar / (RESAMPLES + 1), resampled: true };
}

/** Pearson's statistic of a two-row table, from one of its rows and the column totals. */
function statisticOf(
  counts: readonly number[],
  size: number,
  totals: readonly number[],
  all: number,
): number {
  let sum = 0;
  for (let k = 0; k < totals.length; k++) {
    const expected = (totals[k]! * size) / all;
    const other = totals[k]! - expected;
    // The other row misses by as much, the other way.
    sum += (counts[k]! - expected) ** 2 * (1 / expected + 1 / other);
  }
  return sum;
}

/** Counts of `size` rows drawn without replacement. */
function draw(
  totals: readonly number[],
  size: number,
  all: number,
  uniform: () => number,
): number[] {
  const left = [...totals];
  const drawn = totals.map(() => 0);
  for (let i = 0; i < size; i++) {
    let at = uniform() * (all - i);
    let k = 0;
    while (k < left.length - 1 && at >= left[k]!) at -= left[k++]!;
    left[k]!--;
    drawn[k]!++;
  }
  return drawn;
}
