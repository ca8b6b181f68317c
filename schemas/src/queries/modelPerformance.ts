import { type Scope, whereInRange } from './scope';
import { quoteText } from './text';
import { TABLE_LIMIT } from './traffic';

const NEWEST = `toUnixTimestamp64Milli(time) AS time_ms, version, metric, segment, reference_segment, value, low, high,
  toFloat64(n) AS rows, toFloat64(labelled_n) AS labelled_rows, label_coverage, label_lag_s, status, reason`;

/** The newest hour of each metric of all traffic. */
export const newestMetricsSql = (scope: Scope): string => `SELECT ${NEWEST}
FROM v_performance
${whereInRange(scope, "segment = ''")}
ORDER BY time DESC, metric
LIMIT 1 BY tenant, environment, model, version, metric
LIMIT ${TABLE_LIMIT}`;

/** A metric over time by version, in one segment ('' is all traffic), with its interval of 95%, coverage and lag of labels. */
export const metricOverTimeSql = (scope: Scope, metric: string, segment = ''): string => `SELECT
  time AS at, version, value, low, high, label_coverage, label_lag_s, status
FROM v_performance
${whereInRange({ ...scope, segment: [segment] }, `metric = ${quoteText(metric)}`)}
ORDER BY at, version`;

/** The newest hour of one metric in each segment, all traffic included, that is not a difference between two of them. */
export const metricBySegmentSql = (scope: Scope, metric: string): string => `SELECT ${NEWEST}
FROM v_performance
${whereInRange(scope, `metric = ${quoteText(metric)}`, "reference_segment = ''")}
ORDER BY time DESC, segment
LIMIT 1 BY tenant, environment, model, version, segment
LIMIT ${TABLE_LIMIT}`;

/** The newest hour of each difference between a segment and the one it is compared with. */
export const segmentGapsSql = (scope: Scope): string => `SELECT ${NEWEST}
FROM v_performance
${whereInRange(scope, "reference_segment != ''")}
ORDER BY time DESC, metric, segment
LIMIT 1 BY tenant, environment, model, version, metric, segment
LIMIT ${TABLE_LIMIT}`;
