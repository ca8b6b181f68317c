import { normalQuantile } from '../normalQuantile';
import { type Estimate, unknownEstimate } from './estimate';
import { meanEstimate } from './meanEstimate';

/** Sums over `n` rows, with e = prediction − truth, and t = truth − a centre near the mean, so that powers stay exact. */
export interface RegressionSums {
  readonly n: number;
  readonly error: number;
  readonly absolute: number;
  readonly error2: number;
  readonly error4: number;
  readonly truth: number;
  readonly truth2: number;
  readonly truth3: number;
  readonly truth4: number;
  /** Σ e² t and Σ e² t². */
  readonly error2Truth: number;
  readonly error2Truth2: number;
}

/** Mean absolute error, with Student's interval. */
export const meanAbsoluteError = ({ n, absolute, error2 }: RegressionSums): Estimate =>
  meanEstimate({ n, sum: absolute, squares: error2 }, [0, Infinity]);

/** Mean of prediction − truth, with Student's interval. */
export const bias = ({ n, error, error2 }: RegressionSums): Estimate =>
  meanEstimate({ n, sum: error, squares: error2 });

/** Root of the mean squared error; its interval is the root of Student's of the squares. */
export function rootMeanSquaredError({ n, error2, error4 }: RegressionSums): Estimate {
  const { value, low, high } = meanEstimate({ n, sum: error2, squares: error4 }, [0, Infinity]);
  return { value: Math.sqrt(value), low: Math.sqrt(low), high: Math.sqrt(high), n };
}

/**
 * R² = 1 − Σ e² / Σ d², with d = truth − mean truth. Interval by the delta method for a ratio of two means: the variance
 * of e² − (1 − R²) d², over n times the squared mean of d². Unknown when the truth does not vary.
 */
export function rSquared(sums: RegressionSums, confidence = 0.95): Estimate {
  const { n, error2, error4, truth, truth2, truth3, truth4 } = sums;
  const mean = truth / n;
  const spread = truth2 - truth * mean;
  if (!(n > 1) || !(spread > 1e-14 * truth2)) return unknownEstimate(n);
  const ratio = error2 / spread;
  if (!Number.isFinite(ratio)) return unknownEstimate(n);
  // Σ e² d² and Σ d⁴ from the sums around the centre.
  const crossed = sums.error2Truth2 - 2 * mean * sums.error2Truth + mean * mean * error2;
  const fourth =
    truth4 - 4 * mean * truth3 + 6 * mean ** 2 * truth2 - 4 * mean ** 3 * truth + n * mean ** 4;
  const variance = (error4 - 2 * ratio * crossed + ratio * ratio * fourth) / n;
  const deviation = Math.sqrt(Math.max(0, variance) / n) / (spread / n);
  const half = normalQuantile(0.5 + confidence / 2) * deviation;
  const value = 1 - ratio;
  return Number.isFinite(half)
    ? { value, low: value - half, high: Math.min(1, value + half), n }
    : { value, low: -Infinity, high: 1, n };
}
