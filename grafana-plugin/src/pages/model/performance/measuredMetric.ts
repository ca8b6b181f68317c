import { numberOf, type Row, textOf } from '../../../queries/rowsOf';
import { t } from '../../../shared/t';

/** A metric of one hour, version and segment. */
export interface MeasuredMetric {
  readonly timeMs: number | null;
  readonly version: string;
  readonly metric: string;
  readonly segment: string;
  readonly referenceSegment: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly rows: number | null;
  readonly labelled: number | null;
  readonly coverage: number | null;
  readonly lagS: number | null;
  readonly status: string;
  readonly reason: string;
}

export const measuredMetricOf = (row: Row): MeasuredMetric => ({
  timeMs: numberOf(row, 'time_ms'),
  version: textOf(row, 'version'),
  metric: textOf(row, 'metric'),
  segment: textOf(row, 'segment'),
  referenceSegment: textOf(row, 'reference_segment'),
  value: numberOf(row, 'value'),
  low: numberOf(row, 'low'),
  high: numberOf(row, 'high'),
  rows: numberOf(row, 'rows'),
  labelled: numberOf(row, 'labelled_rows'),
  coverage: numberOf(row, 'label_coverage'),
  lagS: numberOf(row, 'label_lag_s'),
  status: textOf(row, 'status'),
  reason: textOf(row, 'reason'),
});

/** Names of metrics that are more than an abbreviation everyone uses; others are shown as they are called. */
export const metricText = (metric: string): string => {
  const words: Readonly<Record<string, () => string>> = {
    accuracy: () => t('performance.name.accuracy', 'Accuracy'),
    precision: () => t('performance.name.precision', 'Precision'),
    recall: () => t('performance.name.recall', 'Recall'),
    f1: () => t('performance.name.f1', 'F1'),
    mcc: () => t('performance.name.mcc', 'Matthews correlation'),
    roc_auc: () => t('performance.name.auc', 'Area under the ROC curve'),
    log_loss: () => t('performance.name.logLoss', 'Log loss'),
    brier: () => t('performance.name.brier', 'Brier score'),
    calibration_error: () => t('performance.name.calibrationError', 'Calibration error'),
    calibration_slope: () => t('performance.name.calibrationSlope', 'Calibration slope'),
    label_coverage: () => t('performance.name.coverage', 'Share of predictions with a label'),
    demographic_parity_difference: () =>
      t('performance.name.parity', 'Difference of positive predictions'),
    disparate_impact_ratio: () => t('performance.name.impact', 'Ratio of positive predictions'),
    equal_opportunity_difference: () => t('performance.name.opportunity', 'Difference of recall'),
  };
  return words[metric]?.() ?? metric;
};

const NO_DIFFERENCE: Readonly<Record<string, number>> = {
  demographic_parity_difference: 0,
  equal_opportunity_difference: 0,
  disparate_impact_ratio: 1,
};

/** Whether the interval of a difference between groups leaves out "no difference"; undefined where that is not known. */
export const isRealGap = ({ metric, low, high }: MeasuredMetric): boolean | undefined => {
  const none = NO_DIFFERENCE[metric];
  if (none === undefined || low === null || high === null) return undefined;
  return low > none || high < none;
};
