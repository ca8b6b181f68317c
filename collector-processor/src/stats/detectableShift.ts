import { bisect } from './bisect';
import type { HotellingReference } from './hotelling';
import { cholesky, solveCholesky } from './matrix';
import { noncentralFTail } from './noncentralF';
import { fTail } from './tails';

/** How sure is meant by "would have been seen". */
export interface DetectionGoal {
  /** Level of the test. */
  readonly alpha: number;
  /** Chance to be seen. */
  readonly power: number;
}

const LARGEST_NONCENTRALITY = 1e6;

/** The f with P(F > f) = `alpha`. */
const criticalF = (alpha: number, d1: number, d2: number): number =>
  bisect((f) => -fTail(f, d1, d2), -alpha, 0, 1e9);

/** The noncentrality that an F test with these degrees of freedom sees with the wanted power: costly, and worth keeping. */
export function detectableNoncentrality(
  { alpha, power }: DetectionGoal,
  d1: number,
  d2: number,
): number {
  const critical = criticalF(alpha, d1, d2);
  const seen = (lambda: number): number => noncentralFTail(critical, d1, d2, lambda);
  return bisect(seen, power, 0, LARGEST_NONCENTRALITY);
}

/**
 * The smallest shift of the mean, in reference standard deviations, that the T² test of a window of `n` rows sees with
 * the wanted power: the noncentrality of a shift δ is (a δ)² Σ⁻¹₁₁ / (1 + leverage), where `a` (`locationPerSd`) is what
 * a shift of one standard deviation adds to the location score: its correlation with the value.
 *
 * Infinite when the test cannot see any. `noncentrality` may remember what it found.
 */
export function detectableShift(
  reference: HotellingReference,
  window: { readonly n: number; readonly regressors: readonly number[] },
  locationPerSd: number,
  goal: DetectionGoal,
  noncentrality = detectableNoncentrality,
): number {
  const covariance = reference.covarianceOf(window);
  const lower = cholesky(covariance);
  if (lower === undefined || !(locationPerSd > 0)) return Infinity;
  const d1 = covariance.length;
  const d2 = reference.fit.degreesOfFreedom - d1 + 1;
  const lambda = noncentrality(goal, d1, d2);
  const first = covariance.map((_, j) => (j === 0 ? 1 : 0));
  const precision = solveCholesky(lower, first)[0]!;
  const inflation = 1 + reference.fit.leverage(window.regressors);
  return Math.sqrt((lambda * inflation) / precision) / locationPerSd;
}
