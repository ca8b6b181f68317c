import { windowsOverTime } from './overTime';
import { type Scope, whereInRange } from './scope';
import { TABLE_LIMIT } from './traffic';

/** One series per metric and segment, one point per hour of predictions. Restrict metrics by `where`. */
export const performanceOverTime = (scope: Scope, where: readonly string[] = []): string =>
  windowsOverTime({
    view: 'v_performance',
    value: 'value',
    by: ['model', 'version', 'segment', 'metric'],
    scope,
    where: ['value IS NOT NULL', ...where],
  });

/** A metric of all traffic with its interval of 95%, by model and version. */
export const performanceInterval = (scope: Scope, where: readonly string[] = []): string =>
  `SELECT time AS at, tenant, environment, model, version, metric, low, value, high
FROM v_performance
${whereInRange(scope, "segment = ''", 'value IS NOT NULL', ...where)}
ORDER BY at, tenant, environment, model, version, metric`;

const ofLabels = (scope: Scope, column: 'label_coverage' | 'label_lag_s'): string =>
  `SELECT time AS at, tenant, environment, model, version, max(${column}) AS value
FROM v_performance
${whereInRange(scope, "segment = ''", `${column} IS NOT NULL`)}
GROUP BY at, tenant, environment, model, version
ORDER BY at, tenant, environment, model, version`;

/** How many of the predictions have a label, 0 to 1. */
export const labelCoverage = (scope: Scope): string => ofLabels(scope, 'label_coverage');

/** Seconds from a prediction to its label. */
export const labelLag = (scope: Scope): string => ofLabels(scope, 'label_lag_s');

/** The newest hour of each metric of all traffic. */
export const performanceTable = (scope: Scope): string =>
  `SELECT time, environment, model, version, metric, value, low, high, toFloat64(n) AS n,
  toFloat64(labelled_n) AS labelled_n, label_coverage, expected, p_value, status, reason
FROM v_performance
${whereInRange(scope, "segment = ''")}
ORDER BY time DESC
LIMIT 1 BY tenant, environment, model, version, metric
LIMIT ${TABLE_LIMIT}`;

/** The newest hour of each metric in each segment, beside the segment that it is compared with. */
export const fairnessTable = (scope: Scope): string =>
  `SELECT time, environment, model, version, metric, segment, reference_segment, value, low, high,
  toFloat64(n) AS n, toFloat64(labelled_n) AS labelled_n, status, reason
FROM v_performance
${whereInRange(scope, "segment != ''")}
ORDER BY time DESC
LIMIT 1 BY tenant, environment, model, version, metric, segment
LIMIT ${TABLE_LIMIT}`;

/** One series per evaluator: the mean score that judges gave per point. */
export const evaluationScores = (scope: Scope): string =>
  `SELECT $__timeInterval(time) AS at, model, name, avg(score) AS value
FROM v_evaluations
${whereInRange(scope, 'score IS NOT NULL')}
GROUP BY at, model, name
ORDER BY at, model, name`;

/** The mean score that people gave, by model. */
export const feedbackScores = (scope: Scope): string =>
  `SELECT $__timeInterval(time) AS at, model, avg(score) AS value
FROM v_feedback
${whereInRange(scope, 'score IS NOT NULL')}
GROUP BY at, model
ORDER BY at, model`;
