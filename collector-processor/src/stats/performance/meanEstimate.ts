import type { Estimate } from './estimate';
import { unknownEstimate } from './estimate';
import { studentQuantile } from './studentQuantile';

/** Sums of `n` values: of them and of their squares. */
export interface Sums {
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
}

/**
 * The mean with Student's interval, cut to what is possible. Fewer than two values, or values that do not differ, tell
 * nothing of their spread: the interval is then all that is possible, between `least` and `most`.
 */
export function meanEstimate(
  { n, sum, squares }: Sums,
  [least, most]: readonly [number, number] = [-Infinity, Infinity],
  confidence = 0.95,
): Estimate {
  if (!(n > 0) || !Number.isFinite(sum)) return unknownEstimate(n);
  const value = sum / n;
  const variance = Math.max(0, (squares - sum * value) / (n - 1));
  if (!(n > 1) || !Number.isFinite(variance)) return { value, low: least, high: most, n };
  const half = studentQuantile(confidence, n - 1) * Math.sqrt(variance / n);
  return { value, low: Math.max(least, value - half), high: Math.min(most, value + half), n };
}
