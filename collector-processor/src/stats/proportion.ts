import { normalQuantile } from './normalQuantile';
import { normalTail } from './tails';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Wilson's score interval of a share (E. B. Wilson, JASA 22, 1927): between 0 and 1, and of use for small counts and
 * for none at all. NaN when `n` is 0.
 */
export function wilsonInterval(count: number, n: number, confidence = 0.95): Interval {
  const z = normalQuantile(0.5 + confidence / 2);
  const share = count / n;
  const centre = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half =
    (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/**
 * P-value, two-sided, of two shares being equal: the pooled z test, whose square is Pearson's chi-square. NaN when one
 * side is empty or the pooled share is 0 or 1.
 */
export function equalProportions(countA: number, a: number, countB: number, b: number): number {
  const pooled = (countA + countB) / (a + b);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / a + 1 / b));
  return error > 0 ? 2 * normalTail(Math.abs(countA / a - countB / b) / error) : NaN;
}
