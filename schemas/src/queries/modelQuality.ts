import { type Scope, whereInRange } from './scope';
import { quoteText } from './text';
import { TABLE_LIMIT } from './traffic';

/** Example rows of one violation. */
export const EXAMPLES_LIMIT = 20;

/** What rows broke, by kind and feature, the most frequent first; a kind has no feature where it is of the row as a whole. */
export const violationKindsSql = (scope: Scope): string => `SELECT
  violation, splitByChar(':', violation)[1] AS kind, substring(violation, length(kind) + 2) AS broken_feature,
  toFloat64(count()) AS rows, toFloat64(sum(sample_weight)) AS weighted_rows,
  toUnixTimestamp64Milli(max(time)) AS newest_ms
FROM v_inferences
ARRAY JOIN violations AS violation
${whereInRange(scope)}
GROUP BY violation
ORDER BY rows DESC, violation
LIMIT ${TABLE_LIMIT}`;

/** The newest rows that broke one thing, with their traces. */
export const violationExamplesSql = (scope: Scope, violation: string): string => `SELECT
  toUnixTimestamp64Milli(time) AS time_ms, version, service, route, status, latency_ms, trace_id, span_id, inference_id,
  arrayStringConcat(violations, ', ') AS all_violations
FROM v_inferences
${whereInRange(scope, `has(violations, ${quoteText(violation)})`)}
ORDER BY time DESC
LIMIT ${EXAMPLES_LIMIT}`;

/** One check of one feature over the range, window by window, with its interval and what was expected. */
export const checkOverTimeSql = (scope: Scope, check: string): string => `SELECT
  time AS at, version, rate, rate_low, rate_high, expected, toFloat64(violations) AS broken, toFloat64(n) AS rows,
  toFloat64(page) AS paged
FROM v_quality
${whereInRange(scope, `check = ${quoteText(check)}`)}
ORDER BY at, version`;
