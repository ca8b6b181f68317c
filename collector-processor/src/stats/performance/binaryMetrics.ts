import type { Estimate } from './estimate';
import { shareEstimate } from './share';

/** Rows by truth and prediction. */
export interface BinaryCounts {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly tn: number;
}

/** Share of the predicted positives that are positive; unknown when none was predicted. */
export const precision = ({ tp, fp }: BinaryCounts, confidence = 0.95): Estimate =>
  shareEstimate(tp, tp + fp, confidence);

/** Share of the positives that were found; unknown when there are none. */
export const recall = ({ tp, fn }: BinaryCounts, confidence = 0.95): Estimate =>
  shareEstimate(tp, tp + fn, confidence);

/**
 * F1 = 2 TP / (2 TP + FP + FN). It rises with the share J of hits among all that is positive or was predicted so:
 * F1 = 2 J / (1 + J), so its interval is Wilson's of J, mapped the same way. Unknown when there is no such row.
 */
export function f1Score({ tp, fp, fn }: BinaryCounts, confidence = 0.95): Estimate {
  const { low, high, n } = shareEstimate(tp, tp + fp + fn, confidence);
  const ofShare = (share: number): number => (2 * share) / (1 + share);
  return { value: (2 * tp) / (2 * tp + fp + fn), low: ofShare(low), high: ofShare(high), n };
}
