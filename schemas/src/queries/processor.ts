import { quoteTexts } from './text';
import { type Scope, whereInRange } from './scope';

/** What a counter of the processor grew by since the minute before; a fall is a restart. One row per metric, instance, minute. */
const growth = (view: string, metrics: readonly string[], scope: Scope, by: string): string =>
  `SELECT time, ${by}, value,
    lagInFrame(toNullable(value)) OVER (PARTITION BY ${by}, instance ORDER BY time ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS before,
    if(before IS NULL, NULL, if(value < before, value, value - before)) AS grown
  FROM ${view}
  ${whereInRange(scope, `metric IN (${quoteTexts(metrics)})`)}`;

/** Per second, by metric, all instances together. */
export const counterRates = (scope: Scope, metrics: readonly string[]): string =>
  `SELECT $__timeInterval(time) AS at, metric, sum(grown) / $__interval_s AS value
FROM (
  ${growth('v_processor', metrics, scope, 'metric')}
)
WHERE grown IS NOT NULL
GROUP BY at, metric
ORDER BY at, metric`;

/** How much counters with a reason grew per point, by metric and reason. */
export const reasonCounts = (scope: Scope, metrics: readonly string[]): string =>
  `SELECT $__timeInterval(time) AS at, metric, reason, sum(grown) AS value
FROM (
  ${growth('v_processor_reasons', metrics, scope, 'metric, reason')}
)
WHERE grown IS NOT NULL
GROUP BY at, metric, reason
ORDER BY at, metric, reason`;

/** A gauge as it stood, by metric and instance; its highest of the point. */
export const gauges = (scope: Scope, metrics: readonly string[]): string =>
  `SELECT $__timeInterval(time) AS at, metric, instance, max(value) AS value
FROM v_processor
${whereInRange(scope, `metric IN (${quoteTexts(metrics)})`)}
GROUP BY at, metric, instance
ORDER BY at, metric, instance`;

/** The mean of a histogram in the range of a point, in its own unit. */
export const histogramMeans = (scope: Scope, histograms: readonly string[]): string =>
  `SELECT $__timeInterval(time) AS at, replaceRegexpOne(metric, '_(count|sum)$', '') AS histogram,
  sumIf(grown, endsWith(metric, '_sum')) / nullIf(sumIf(grown, endsWith(metric, '_count')), 0) AS value
FROM (
  ${growth(
    'v_processor',
    histograms.flatMap((name) => [`${name}_count`, `${name}_sum`]),
    scope,
    'metric',
  )}
)
WHERE grown IS NOT NULL
GROUP BY at, histogram
ORDER BY at, histogram`;

/** One row: instances that told of themselves, and how long ago the newest did, in seconds. */
export const processorTotals = (scope: Scope): string =>
  `SELECT toFloat64(uniqExact(instance)) AS instances, toFloat64(dateDiff('second', max(time), now())) AS silent_s
FROM v_processor
${whereInRange(scope)}`;
