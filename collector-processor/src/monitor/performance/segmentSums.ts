import type { TimeRange } from '../timeText';
import { KEY, segmentRows } from './toldRows';

export type ModelKind = '' | 'binary' | 'multiclass' | 'regression';

/** A model's hour. */
export interface HourKey {
  readonly tenant: string;
  readonly environment: string;
  readonly model: string;
  readonly version: string;
  /** Start of the hour, Unix milliseconds. */
  readonly hourMs: number;
}

/** What the predictions and labels of one segment of a model's hour add up to. A sum that is not finite is null. */
export interface SegmentSums extends HourKey {
  readonly segment: string;
  readonly kind: ModelKind;
  /** Newest `written_at` (Unix milliseconds) and number of the rows that the hour was computed from. */
  readonly newest: number;
  readonly read: number;
  /** Predictions that count, those with a label, and those of them whose label and prediction can be compared. */
  readonly n: number;
  readonly labelled: number;
  readonly usable: number;
  /** Median time from prediction to label, seconds; null without labels. */
  readonly lag: number | null;
  /** Predictions that say yes or no, and those that say yes. */
  readonly flagged: number;
  readonly positive: number;
  /** Pairs of true and predicted class, as JSON, with their rows. */
  readonly cells: Readonly<Record<string, number>>;
  /** By score: keys, rows that are positive (of several classes: predicted rightly), rows, sums of scores. */
  readonly scores: readonly [number[], number[], number[], number[]];
  readonly isProbability: number;
  /** Rows with a loss, sums of log loss and Brier score and of their squares. */
  readonly losses: readonly (number | null)[];
  /** In the order of `RegressionSums`, without `n`. */
  readonly regression: readonly (number | null)[];
}

const ACTUAL = 'probabilities[actual_text]';
const SMALLEST = '2.220446049250313e-16';
const E = 'e';
const T = 't';
const POWERS = [E, `abs(${E})`, `pow(${E}, 2)`, `pow(${E}, 4)`, T, `pow(${T}, 2)`, `pow(${T}, 3)`, `pow(${T}, 4)`, `pow(${E}, 2) * ${T}`, `pow(${E}, 2) * pow(${T}, 2)`]; // prettier-ignore
const losses = ['log_loss', 'pow(log_loss, 2)', 'brier', 'pow(brier, 2)'];
const sumsIf = (values: readonly string[], condition: string): string =>
  values.map((value) => `sumIf(ifNull(${value}, 0), ${condition})`).join(', ');

/**
 * Query of `SegmentSums`. Log loss is bounded as in scikit-learn, by the precision of doubles; for several classes it and
 * the Brier score are those of the told probabilities.
 */
export const segmentSums = (range: TimeRange, windows: string | undefined): string => `
SELECT tenant, environment, model, version, toUnixTimestamp64Milli(hour) AS hourMs, segment, any(model_kind) AS kind,
  any(newest) AS newest, any(read) AS read,
  countIf(counted) AS n, countIf(is_labelled) AS labelled, countIf(is_usable) AS usable,
  if(countIf(is_labelled) > 0, quantileExactIf(0.5)(lag_s, is_labelled), NULL) AS lag,
  countIf(counted AND isNotNull(predicted_flag)) AS flagged, countIf(counted AND predicted_flag = 1) AS positive,
  sumMapIf(map(toJSONString([compared_actual, compared_predicted]), 1), is_usable AND model_kind != 'regression') AS cells,
  sumMapIf([ifNull(score_key, 0)], [toUInt64(is_right)], [toUInt64(1)], [ifNull(usable_score, 0)], has_score) AS scores,
  any(is_probability) AS isProbability,
  [toFloat64(countIf(has_loss)), ${sumsIf(losses, 'has_loss')}] AS losses,
  [${sumsIf(POWERS, "is_usable AND model_kind = 'regression'")}] AS regression
FROM (
  SELECT *,
    -log(greatest(if(is_binary, if(is_right, usable_score, 1 - usable_score), ${ACTUAL}), ${SMALLEST})) AS log_loss,
    if(is_binary, pow(usable_score - is_right, 2), arraySum(p -> p * p, mapValues(probabilities)) - 2 * ${ACTUAL} + 1) AS brier,
    is_usable AND model_kind != 'regression' AND isNotNull(usable_score) AS has_score,
    is_usable AND if(is_binary, isNotNull(usable_score) AND is_probability, model_kind = 'multiclass' AND notEmpty(probabilities)) AS has_loss
  FROM (
    SELECT *,
      model_kind = 'binary' AS is_binary,
      is_labelled AND ifNull(multiIf(model_kind = 'regression', isNotNull(actual_number) AND isNotNull(predicted_number),
        model_kind = 'binary', isNotNull(actual_flag) AND isNotNull(predicted_flag), actual_class != '' AND predicted_class != ''), 0) AS is_usable,
      if(model_kind = 'binary', toString(ifNull(actual_flag, 0)), actual_class) AS compared_actual,
      if(model_kind = 'binary', toString(ifNull(predicted_flag, 0)), predicted_class) AS compared_predicted,
      if(model_kind = 'binary', ifNull(actual_flag, 0) = 1, actual_class = predicted_class) AS is_right,
      predicted_number - actual_number AS ${E},
      actual_number - centre AS ${T}
    FROM (${segmentRows(range, windows)})
  )
)
GROUP BY ${KEY}, segment`;
