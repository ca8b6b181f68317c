import { windowsOverTime } from './overTime';
import { type Scope, whereInRange } from './scope';
import { TABLE_LIMIT } from './traffic';

/** A metric, or the variable of a dashboard that holds some. */
export type MetricChoice = readonly string[] | { readonly variable: string };

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
  `SELECT time AS at, model, version, metric, low, value, high
FROM v_performance
${whereInRange(scope, "segment = ''", 'value IS NOT NULL', ...where)}
ORDER BY at, model, version, metric`;

/** How many of the predictions have a label, 0 to 1. */
export const labelCoverage = (scope: Scope): string =>
  `SELECT time AS at, model, version, max(label_coverage) AS value
FROM v_performance
${whereInRange(scope, "segment = ''", 'label_coverage IS NOT NULL')}
GROUP BY at, model, version
ORDER BY at, model, version`;

/** Seconds from a prediction to its label. */
export const labelLag = (scope: Scope): string =>
  `SELECT time AS at, model, version, max(label_lag_s) AS value
FROM v_performance
${whereInRange(scope, "segment = ''", 'label_lag_s IS NOT NULL')}
GROUP BY at, model, version
ORDER BY at, model, version`;

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
