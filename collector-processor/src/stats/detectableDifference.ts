import type { DetectionGoal } from './detectableShift';
import { normalQuantile } from './normalQuantile';

/**
 * The smallest difference between two sets of `m` and `n` independent rows that a two-sided test sees with the wanted
 * power: (z(1 − α/2) + z(power)) √(1/m + 1/n), in standard deviations for means, in 2 arcsin √p for shares (J. Cohen,
 * Statistical Power Analysis for the Behavioral Sciences, 1988, §2 and §6). Infinite when one side is empty.
 *
 * The Anderson-Darling test needs some 5% more rows than the best test of a mean; nobody should rely on less.
 */
export const detectableDifference = (
  { alpha, power }: DetectionGoal,
  m: number,
  n: number,
): number =>
  m > 0 && n > 0
    ? (normalQuantile(1 - alpha / 2) + normalQuantile(power)) * Math.sqrt(1.05 * (1 / m + 1 / n))
    : Infinity;
