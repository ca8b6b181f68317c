import { overTime, share, typicalMinute } from './overTime';
import { type Scope, whereInRange } from './scope';

/** What traffic, latency and cost can be told apart by. */
export type TrafficDimension =
  | 'tenant'
  | 'environment'
  | 'model'
  | 'version'
  | 'service'
  | 'team'
  | 'route'
  | 'provider'
  | 'usage_source';

export type LatencyQuantile = 'p50' | 'p95' | 'p99';

/** Rows that a table of a dashboard has at most. */
export const TABLE_LIMIT = 200;

/** Requests per second. */
export const requestRate = (scope: Scope, by: readonly TrafficDimension[]): string =>
  overTime({ view: 'v_traffic', value: 'sum(requests) / $__interval_s', by, scope });

/** Failed requests as a share of all, 0 to 1. */
export const errorRate = (scope: Scope, by: readonly TrafficDimension[]): string =>
  overTime({ view: 'v_traffic', value: share('sum(errors)', 'sum(requests)'), by, scope });

/** Milliseconds: the mean of the minutes' quantiles, weighted by requests. */
export const latency = (
  scope: Scope,
  by: readonly TrafficDimension[],
  quantile: LatencyQuantile,
): string =>
  overTime({ view: 'v_traffic', value: typicalMinute(`latency_${quantile}_ms`), by, scope });

/** The three quantiles of latency as series of one chart. */
export const latencyQuantiles = (scope: Scope): string =>
  `SELECT $__timeInterval(time) AS at,
  ${typicalMinute('latency_p50_ms')} AS p50,
  ${typicalMinute('latency_p95_ms')} AS p95,
  ${typicalMinute('latency_p99_ms')} AS p99
FROM v_traffic
${whereInRange(scope)}
GROUP BY at
ORDER BY at`;

/** One row: requests, errors as a share, latency, and how many models and services told of them. */
export const trafficTotals = (scope: Scope): string =>
  `SELECT
  sum(requests) AS requests,
  ${share('sum(errors)', 'sum(requests)')} AS error_rate,
  ${typicalMinute('latency_p95_ms')} AS latency_p95_ms,
  toFloat64(uniqExact(model)) AS models,
  toFloat64(uniqExact(service)) AS services
FROM v_traffic
${whereInRange(scope)}`;

/** One row per combination of `by`, the busiest first. */
export const trafficTable = (scope: Scope, by: readonly TrafficDimension[]): string =>
  `SELECT
  ${by.join(', ')},
  sum(requests) AS requests,
  ${share('sum(errors)', 'sum(requests)')} AS error_rate,
  ${typicalMinute('latency_p50_ms')} AS latency_p50_ms,
  ${typicalMinute('latency_p95_ms')} AS latency_p95_ms,
  ${typicalMinute('latency_p99_ms')} AS latency_p99_ms
FROM v_traffic
${whereInRange(scope)}
GROUP BY ${by.join(', ')}
ORDER BY requests DESC
LIMIT ${TABLE_LIMIT}`;
