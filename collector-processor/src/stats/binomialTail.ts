import { incompleteBeta } from './incompleteBeta';

/** P(K ≥ count) for K ~ Binomial(n, share): I_share(count, n − count + 1) (DLMF 8.17.5). */
export function binomialTail(count: number, n: number, share: number): number {
  if (count <= 0) return 1;
  if (share <= 0) return 0;
  return incompleteBeta(share, 1 - share, count, n - count + 1).lower;
}

/**
 * P(K ≥ count), K being how many of `n` new rows are beyond the smallest or largest of `m` earlier ones, when all are
 * alike: each end runs on with probability r = n / (m + n), so K is negative binomial with two successes, and
 * P(K ≥ k) = r^k (1 + k (1 − r)) (in the limit of many rows; exact runs are a little shorter).
 */
export function beyondRange(count: number, n: number, m: number): number {
  if (count <= 0) return 1;
  const r = n / (m + n);
  return Math.min(1, r ** count * (1 + count * (1 - r)));
}
