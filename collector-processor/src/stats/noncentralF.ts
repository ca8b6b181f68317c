import { incompleteBeta } from './incompleteBeta';
import { logGamma } from './logGamma';

const NEGLIGIBLE = 1e-14;

/**
 * P(F > f) of a noncentral F distribution: the Poisson mixture of incomplete beta functions (Johnson, Kotz and
 * Balakrishnan, Continuous Univariate Distributions 2, section 30.2), summed outwards from its largest weight.
 */
export function noncentralFTail(f: number, d1: number, d2: number, lambda: number): number {
  if (!(f > 0)) return 1;
  const x = (d1 * f) / (d1 * f + d2);
  const rest = d2 / (d1 * f + d2);
  const half = lambda / 2;
  const weight = (j: number): number =>
    half === 0 ? Number(j === 0) : Math.exp(-half + j * Math.log(half) - logGamma(j + 1));
  const part = (j: number): number => weight(j) * incompleteBeta(x, rest, d1 / 2 + j, d2 / 2).upper;
  const start = Math.floor(half);
  let tail = 0;
  for (let j = start; j >= 0 && weight(j) > NEGLIGIBLE; j--) tail += part(j);
  for (let j = start + 1; weight(j) > NEGLIGIBLE; j++) tail += part(j);
  return Math.min(1, tail);
}
