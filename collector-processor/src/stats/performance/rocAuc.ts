import { normalQuantile } from '../normalQuantile';
import { wilsonInterval } from '../proportion';
import { type Estimate, unknownEstimate } from './estimate';
import { byScore, type ScoreGroup } from './scoreGroup';

export interface Auc extends Estimate {
  /** Standard error; 0 when the classes do not overlap. */
  readonly error: number;
}

/**
 * Area under the ROC curve: the chance that a positive has a higher score than a negative, ties counting half. With its
 * standard error after E. R. DeLong et al. (Biometrics 44, 1988): each row's placement among the rows of the other class.
 * Groups with one score each give both exactly; bins of a histogram to within the ties that they make. The interval is
 * taken on the logit scale, where it stays between 0 and 1; classes that do not overlap have no such error: then it is
 * Wilson's of as many shares as the smaller class has rows. Unknown when a class has no rows.
 */
export function rocAuc(groups: readonly ScoreGroup[], confidence = 0.95): Auc {
  const sorted = byScore(groups);
  let [positives, negatives] = [0, 0];
  for (const group of sorted) {
    positives += group.positives;
    negatives += group.negatives;
  }
  const n = positives + negatives;
  if (positives === 0 || negatives === 0) return { ...unknownEstimate(n), error: NaN };

  let [below, pairs] = [0, 0];
  for (const group of sorted) {
    pairs += group.positives * (below + group.negatives / 2);
    below += group.negatives;
  }
  const value = pairs / (positives * negatives);
  let [negativesBelow, positivesBelow, ofPositives, ofNegatives] = [0, 0, 0, 0];
  for (const group of sorted) {
    const above = (negativesBelow + group.negatives / 2) / negatives;
    const under = (positives - positivesBelow - group.positives / 2) / positives;
    ofPositives += group.positives * (above - value) ** 2;
    ofNegatives += group.negatives * (under - value) ** 2;
    negativesBelow += group.negatives;
    positivesBelow += group.positives;
  }
  const part = (sum: number, size: number): number => (size > 1 ? sum / (size - 1) / size : 0);
  const error = Math.sqrt(part(ofPositives, positives) + part(ofNegatives, negatives));
  return {
    value,
    n,
    error,
    ...intervalOf(value, error, Math.min(positives, negatives), confidence),
  };
}

function intervalOf(
  value: number,
  error: number,
  smaller: number,
  confidence: number,
): { low: number; high: number } {
  const odds = value / (1 - value);
  if (!(error > 0) || !(odds > 0) || !Number.isFinite(odds)) {
    return wilsonInterval(value * smaller, smaller, confidence);
  }
  const half = (normalQuantile(0.5 + confidence / 2) * error) / (value * (1 - value));
  const share = (logit: number): number => 1 / (1 + Math.exp(-logit));
  return { low: share(Math.log(odds) - half), high: share(Math.log(odds) + half) };
}
