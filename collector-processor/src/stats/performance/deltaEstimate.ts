import { normalQuantile } from '../normalQuantile';
import { type Confusion, marginsOf } from './confusion';
import { type Estimate, unknownEstimate } from './estimate';

/** A function of the shares of a confusion matrix, with its derivative by the share of each cell. */
export interface SmoothMetric {
  value(counts: Confusion): number;
  slope(shares: Confusion): (actual: number, predicted: number) => number;
  readonly range: readonly [number, number];
}

/** Rows that are added before the interval is taken, spread over all cells: without them a perfect score has none. */
const PSEUDO_ROWS = 2;

/**
 * A metric of a confusion matrix with its interval by the delta method: cells are multinomial, so the variance is
 * (Σ p g² − (Σ p g)²) / n with p the shares and g the derivatives (A. Agresti, Categorical Data Analysis, 3rd ed., 16.1).
 * As in Agresti and Coull's interval of a share, it is taken around a matrix with a few rows more; it holds the value.
 */
export function deltaEstimate(
  metric: SmoothMetric,
  counts: Confusion,
  confidence = 0.95,
): Estimate {
  const { n } = marginsOf(counts);
  if (n === 0) return unknownEstimate(0);
  const value = metric.value(counts);
  const each = PSEUDO_ROWS / counts.length ** 2;
  const total = n + PSEUDO_ROWS;
  const shares = counts.map((row) => row.map((count) => (count + each) / total));
  const slope = metric.slope(shares);
  let mean = 0;
  let squares = 0;
  shares.forEach((row, i) => {
    row.forEach((share, j) => {
      const g = slope(i, j);
      mean += share * g;
      squares += share * g * g;
    });
  });
  const error = Math.sqrt(Math.max(0, squares - mean * mean) / total);
  const half = normalQuantile(0.5 + confidence / 2) * error;
  const centre = metric.value(shares);
  const [least, most] = metric.range;
  return {
    value,
    low: Math.max(least, Math.min(value, centre - half)),
    high: Math.min(most, Math.max(value, centre + half)),
    n,
  };
}
