import { overTime, windowsOverTime } from './overTime';
import { type Scope, whereInRange } from './scope';
import { TABLE_LIMIT } from './traffic';

/** Numbers that tell how far a feature is from its baseline. */
export type DriftMeasure = 'score' | 'psi' | 'js' | 'ks' | 'wasserstein' | 'detectable_effect';

/** One series per feature (and what it belongs to), one point per window. */
export const driftOverTime = (scope: Scope, measure: DriftMeasure): string =>
  windowsOverTime({
    view: 'v_drift',
    value: measure,
    by: ['model', 'version', 'segment', 'feature'],
    scope,
    where: [`${measure} IS NOT NULL`],
  });

/** The effect of the feature that is furthest off, by model and version. */
export const modelDriftOverTime = (scope: Scope): string =>
  windowsOverTime({
    view: 'v_drift_models',
    value: 'abs(top_score)',
    by: ['model', 'version'],
    scope,
    where: ['top_score IS NOT NULL'],
  });

/** Features that drift, by model. */
export const driftedFeatures = (scope: Scope): string =>
  overTime({
    view: 'v_drift_models',
    value: 'toFloat64(max(features_drifted))',
    by: ['model', 'version'],
    scope,
  });

/** One row: the newest state of the models in the range. */
export const driftTotals = (scope: Scope): string =>
  `SELECT
  toFloat64(countIf(newest = 'drift')) AS drifting,
  toFloat64(countIf(newest = 'insufficient_data')) AS undecided,
  toFloat64(sum(pages)) AS pages
FROM (
  SELECT model, version, argMax(status, time) AS newest, sum(page) AS pages
  FROM v_drift_models
  ${whereInRange(scope)}
  GROUP BY tenant, environment, model, version
)`;

/** The newest window of each model in the range, with the evidence. */
export const driftModels = (scope: Scope): string =>
  `SELECT time, environment, model, version, status, toFloat64(features) AS features,
  toFloat64(features_drifted) AS features_drifted, toFloat64(features_insufficient) AS features_insufficient,
  top_feature, top_score, q_value, direction, baseline, toFloat64(page) AS page
FROM v_drift_models
${whereInRange(scope)}
ORDER BY page DESC, abs(top_score) DESC NULLS LAST, time DESC
LIMIT 1 BY tenant, environment, model, version
LIMIT ${TABLE_LIMIT}`;

/** The newest window of each feature in the range, the furthest off first, with the evidence. */
export const driftFeatures = (scope: Scope): string =>
  `SELECT * FROM (
  SELECT time, environment, model, version, segment, feature, feature_type, status, score, p_value, q_value,
    toFloat64(n) AS n, toFloat64(reference_n) AS reference_n, detectable_effect, direction, psi, js, ks,
    baseline, rule, toFloat64(page) AS page
  FROM v_drift
  ${whereInRange(scope)}
  ORDER BY time DESC
  LIMIT 1 BY tenant, environment, model, version, segment, feature
)
ORDER BY page DESC, abs(score) DESC NULLS LAST
LIMIT ${TABLE_LIMIT}`;

/** Marks of hours in which a model paged. */
export const driftPages = (scope: Scope): string =>
  `SELECT time, concat('Drift of ', model, ' ', version, ': ', top_feature, ' ', direction) AS text, 'drift' AS tags
FROM v_drift_models
${whereInRange(scope, 'page = 1')}
ORDER BY time`;
