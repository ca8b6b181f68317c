import { type Scope, scopeConditions, whereInRange } from './scope';
import { quoteText } from './text';

/** Predictions that a list shows. */
export const PREDICTIONS_LIMIT = 50;
/** Features of which the importance is told. */
const FEATURES = 20;

/** Models of which predictions can be explained: those that are no language models. */
export const explainableModels = (scope: Scope): string =>
  `SELECT DISTINCT model FROM v_models
WHERE ${[...scopeConditions(scope), "model != ''", "model_type NOT IN ('llm', 'embedding')"].join(' AND ')}
ORDER BY model`;

export type PredictionOrder = 'newest' | 'highest' | 'lowest';

/** The output of a prediction as a number; NULL where it has only a label. */
const OUTPUT = 'coalesce(prediction_value, score)';
const ORDERS: Readonly<Record<PredictionOrder, string>> = {
  newest: 'time DESC',
  highest: 'output DESC NULLS LAST, time DESC',
  lowest: 'output ASC NULLS LAST, time DESC',
};

/** Predictions of the range to choose one of; times are epoch milliseconds. */
export const predictionList = (scope: Scope, order: PredictionOrder): string => `SELECT
  inference_id, toUnixTimestamp64Milli(time) AS time_ms, model, version, service, status, prediction_label,
  ${OUTPUT} AS output, length(violations) AS violation_count
FROM v_inferences
${whereInRange(scope, "operation = 'predict'")}
ORDER BY ${ORDERS[order]}
LIMIT ${PREDICTIONS_LIMIT}`;

/** Mean absolute contribution of each feature, of the attributions that services sent. */
export const sentImportance = (scope: Scope): string => `SELECT
  feature, avg(abs(contribution)) AS importance, avg(contribution) AS mean, count() AS n
FROM v_explanations
ARRAY JOIN mapKeys(attributions) AS feature, mapValues(attributions) AS contribution
${whereInRange(scope, 'isFinite(contribution)')}
GROUP BY feature
ORDER BY importance DESC
LIMIT ${FEATURES}`;

/** The contributions to one prediction as its service sent them, the largest first. */
export const sentContributions = (inferenceId: string): string => `SELECT
  toString(feature) AS feature, contribution, base_value
FROM (
  SELECT attributions, base_value FROM v_explanations
  WHERE inference_id = ${quoteText(inferenceId)} AND notEmpty(attributions)
  ORDER BY received_at DESC
  LIMIT 1
)
ARRAY JOIN mapKeys(attributions) AS feature, mapValues(attributions) AS contribution
WHERE isFinite(contribution)
ORDER BY abs(contribution) DESC`;
