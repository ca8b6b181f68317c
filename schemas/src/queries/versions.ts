import { share, typicalMinute } from './overTime';
import { type Scope, scopeConditions, whereInRange } from './scope';

/** Versions that are set side by side, the newest; one more is asked for, so that the page can say that there are more. */
export const VERSIONS_LIMIT = 8;

const KEY = 'tenant, environment, version';

/** All versions of what a scope names: side by side is no use with one. */
const allVersions = (scope: Scope): Scope =>
  Object.fromEntries(Object.entries(scope).filter(([column]) => column !== 'version'));

/** What is known of each version whatever range is shown, that which was seen last first. Times are epoch milliseconds. */
export const versionStates = (scope: Scope): string =>
  `SELECT ${KEY}, stage, owner, team, provider, status, drift_status, quality_status, performance_status,
  toUnixTimestamp64Milli(first_seen) AS first_seen_ms, toUnixTimestamp64Milli(last_seen) AS last_seen_ms
FROM v_models
WHERE ${['1', ...scopeConditions(allVersions(scope))].join(' AND ')}
ORDER BY last_seen DESC, ${KEY}
LIMIT ${VERSIONS_LIMIT + 1}`;

/**
 * Traffic, latency and cost of each version in the range. A cost over several currencies is no number: NULL, as in `v_models`.
 */
export const versionTraffic = (scope: Scope): string => {
  const priced = 'told.cost IS NOT NULL';
  const single = (value: string) => `if(uniqExactIf(told.currency, ${priced}) > 1, NULL, ${value})`;
  return `SELECT ${KEY},
  sum(told.requests) AS requests, ${share('sum(told.errors)', 'sum(told.requests)')} AS error_rate,
  ${typicalMinute('latency_p50_ms')} AS latency_p50_ms, ${typicalMinute('latency_p95_ms')} AS latency_p95_ms,
  ${typicalMinute('latency_p99_ms')} AS latency_p99_ms,
  ${single('toFloat64(sum(told.cost))')} AS cost,
  ${single(share('sum(told.cost) * 1000', `sumIf(told.priced_requests, ${priced})`))} AS cost_per_1000,
  anyIf(told.currency, ${priced}) AS currency,
  ${share('sum(told.priced_requests)', 'sum(told.priced_requests + told.unpriced_requests)')} AS coverage,
  sum(told.input_tokens) AS input_tokens, sum(told.output_tokens) AS output_tokens
FROM v_traffic AS told
${whereInRange(allVersions(scope))}
GROUP BY ${KEY}`;
};

/** The newest finding about drift of each version in the range. */
export const versionDrift = (scope: Scope): string =>
  `SELECT ${KEY}, toFloat64(argMax(told.features, time)) AS features,
  toFloat64(argMax(told.features_drifted, time)) AS features_drifted, argMax(told.top_feature, time) AS top_feature,
  argMax(tuple(told.top_score), time).1 AS top_score
FROM v_drift_models AS told
${whereInRange(allVersions(scope))}
GROUP BY ${KEY}`;

/** Rows that broke a check as a share of those that were looked at, by version, 0 to 1. */
export const versionQuality = (scope: Scope): string =>
  `SELECT ${KEY}, ${share('sum(told.violations)', 'sum(told.n)')} AS violation_rate
FROM v_quality AS told
${whereInRange(allVersions(scope))}
GROUP BY ${KEY}`;

/** The newest value of each metric of each version in the range, over all of its traffic, with its interval. */
export const versionPerformance = (scope: Scope): string =>
  `SELECT ${KEY}, metric, argMax(tuple(told.value), time).1 AS value, argMax(tuple(told.low), time).1 AS low,
  argMax(tuple(told.high), time).1 AS high, argMax(told.status, time) AS status
FROM v_performance AS told
${whereInRange(allVersions(scope), "segment = ''")}
GROUP BY ${KEY}, metric
ORDER BY metric`;
