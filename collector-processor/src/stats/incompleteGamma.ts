import { continuedFraction } from './continuedFraction';
import { logGamma } from './logGamma';
import type { Tails } from './tails';

/**
 * The regularised incomplete gamma functions P(a, x) and Q(a, x) (DLMF 8.2, https://dlmf.nist.gov/8.2), for a > 0 and
 * x ≥ 0: the series 8.11.4 below the mean, the continued fraction 8.9.2 above it.
 */
export function incompleteGamma(a: number, x: number): Tails {
  if (!(x > 0)) return { lower: 0, upper: 1 };
  if (x === Infinity) return { lower: 1, upper: 0 };
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let k = 1; term > sum * 1e-17; k++) sum += term *= x / (a + k);
    return { lower: front * sum, upper: 1 - front * sum };
  }
  const fraction = continuedFraction(x + 1 - a, (k) => [-k * (k - a), x + 2 * k + 1 - a]);
  return { lower: 1 - front / fraction, upper: front / fraction };
}
