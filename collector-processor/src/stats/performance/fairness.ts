import { normalQuantile } from '../normalQuantile';
import { wilsonInterval } from '../proportion';
import { type Estimate, unknownEstimate } from './estimate';

/** `count` of the `n` rows of a group: predicted positive, or found among the positive. */
export interface GroupShare {
  readonly count: number;
  readonly n: number;
}

/** A gap of a group with fewer rows is not told: it says more about single people than about the model. */
export const SMALLEST_GROUP = 30;

const isSmall = (group: GroupShare, reference: GroupShare): boolean =>
  Math.min(group.n, reference.n) < SMALLEST_GROUP;

/**
 * Difference of the shares of a group and a reference group: of predicted positives it is the demographic parity
 * difference, of true positive rates the equal opportunity difference. Interval: R. G. Newcombe's hybrid of two Wilson
 * intervals (Stat. Med. 17, 1998, method 10). Unknown when a group has fewer than 30 rows.
 */
export function shareDifference(
  group: GroupShare,
  reference: GroupShare,
  confidence = 0.95,
): Estimate {
  if (isSmall(group, reference)) return unknownEstimate(group.n);
  const [a, b] = [group.count / group.n, reference.count / reference.n];
  const ofA = wilsonInterval(group.count, group.n, confidence);
  const ofB = wilsonInterval(reference.count, reference.n, confidence);
  return {
    value: a - b,
    low: a - b - Math.hypot(a - ofA.low, ofB.high - b),
    high: a - b + Math.hypot(ofA.high - a, b - ofB.low),
    n: group.n,
  };
}

/**
 * Ratio of the shares of predicted positives, the disparate impact ratio (below 0.8 fails the four-fifths rule). Interval
 * on the log scale (D. Katz et al., Biometrics 34, 1978), around half a row more in each count (S. D. Walter, Biometrika
 * 62, 1975), so that none is not without one. Unknown when a group has fewer than 30 rows or the reference none.
 */
export function shareRatio(group: GroupShare, reference: GroupShare, confidence = 0.95): Estimate {
  if (isSmall(group, reference) || reference.count === 0) return unknownEstimate(group.n);
  const value = group.count / group.n / (reference.count / reference.n);
  const [a, n, b, m] = [group.count + 0.5, group.n + 0.5, reference.count + 0.5, reference.n + 0.5];
  const error = Math.sqrt(Math.max(0, 1 / a - 1 / n + 1 / b - 1 / m));
  const half = normalQuantile(0.5 + confidence / 2) * error;
  const centre = Math.log(a / n / (b / m));
  return {
    value,
    low: Math.min(value, Math.exp(centre - half)),
    high: Math.max(value, Math.exp(centre + half)),
    n: group.n,
  };
}
