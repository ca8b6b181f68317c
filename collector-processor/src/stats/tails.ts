import { incompleteBeta } from './incompleteBeta';
import { incompleteGamma } from './incompleteGamma';

/** Both sides of a distribution at a point; the small one has full relative precision. */
export interface Tails {
  readonly lower: number;
  readonly upper: number;
}

/** P(F > f) of an F distribution with `d1` and `d2` degrees of freedom (DLMF 8.17(i); Abramowitz and Stegun 26.6.2). */
export function fTail(f: number, d1: number, d2: number): number {
  if (!(f > 0)) return 1;
  const scaled = d1 * f;
  return incompleteBeta(d2 / (d2 + scaled), scaled / (d2 + scaled), d2 / 2, d1 / 2).lower;
}

/** P(X > x) of a chi-square distribution (Abramowitz and Stegun 26.4.19). */
export const chiSquareTail = (x: number, degreesOfFreedom: number): number =>
  incompleteGamma(degreesOfFreedom / 2, x / 2).upper;

/** P(|T| > |t|) of Student's distribution (Abramowitz and Stegun 26.7.1). */
export function studentTail(t: number, degreesOfFreedom: number): number {
  const square = t * t;
  const total = degreesOfFreedom + square;
  return incompleteBeta(degreesOfFreedom / total, square / total, degreesOfFreedom / 2, 0.5).lower;
}

/** P(Z > z) of the standard normal distribution (DLMF 7.11.2). */
export function normalTail(z: number): number {
  const { lower, upper } = incompleteGamma(0.5, (z * z) / 2);
  return z > 0 ? upper / 2 : 0.5 + lower / 2;
}
