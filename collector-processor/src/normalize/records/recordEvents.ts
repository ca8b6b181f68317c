import type { RecordKind } from '../../core/mlRecord';

/** Events, on spans and as log records, that tell a record about a prediction. */
export const RECORD_EVENTS: ReadonlyMap<string, RecordKind> = new Map<string, RecordKind>([
  ['ml.label', 'label'],
  ['ml.feedback', 'feedback'],
  ['ml.explanation', 'explanation'],
  ['gen_ai.evaluation.result', 'evaluation'],
  // The name since OTel 1.33, and the one before.
  ['feature_flag.evaluation', 'flag'],
  ['feature_flag', 'flag'],
]);
