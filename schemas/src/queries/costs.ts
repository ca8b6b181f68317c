import { overTime, share } from './overTime';
import { type Scope, scopeConditions, whereInRange } from './scope';
import { TABLE_LIMIT, type TrafficDimension } from './traffic';

/** Told for some calls only, so that a sum over none of them is unknown, not 0; amounts of different currencies never add up. */
const COST = 'toFloat64(sum(cost))';

/** Money per point of the chart, by `by` and currency. */
export const cost = (scope: Scope, by: readonly TrafficDimension[]): string =>
  overTime({
    view: 'v_traffic',
    value: COST,
    by: [...by, 'currency'],
    scope,
    where: ['cost IS NOT NULL'],
  });

/** Money per point of the chart by token bucket and currency; of hours, so a point is at least an hour. */
export const costByBucket = (scope: Scope): string =>
  overTime({
    view: 'v_costs',
    value: COST,
    by: ['bucket', 'currency'],
    scope,
    where: ['cost IS NOT NULL'],
  });

/** What calls cost with what is uncertain about them: the lowest and the highest that it can be. */
export const costBounds = (scope: Scope): string =>
  `SELECT $__timeInterval(time) AS at, currency,
  toFloat64(sum(cost_low)) AS low, ${COST} AS cost, toFloat64(sum(cost_high)) AS high
FROM v_traffic
${whereInRange(scope, 'cost_high IS NOT NULL')}
GROUP BY at, currency
ORDER BY at, currency`;

/** Tokens per point of the chart by token bucket. */
export const tokensByBucket = (scope: Scope): string =>
  overTime({
    view: 'v_costs',
    value: 'sum(tokens)',
    by: ['bucket'],
    scope,
    where: ['tokens IS NOT NULL'],
  });

/** Tokens in and out per point of the chart. */
export const tokens = (scope: Scope): string =>
  `SELECT $__timeInterval(time) AS at, sum(input_tokens) AS input, sum(output_tokens) AS output
FROM v_traffic
${whereInRange(scope, '(input_tokens IS NOT NULL OR output_tokens IS NOT NULL)')}
GROUP BY at
ORDER BY at`;

const COVERAGE = share('sum(priced_requests)', 'sum(priced_requests + unpriced_requests)');
const PRICEABLE = 'priced_requests + unpriced_requests > 0';

/** Calls whose whole price is known as a share of those that should have one, 0 to 1. */
export const costCoverage = (scope: Scope, by: readonly TrafficDimension[]): string =>
  overTime({ view: 'v_traffic', value: COVERAGE, by, scope, where: [PRICEABLE] });

/** One row per currency: money, its bounds, money per thousand calls. */
export const costTotals = (scope: Scope): string =>
  `SELECT currency, ${COST} AS cost,
  toFloat64(sum(cost_low)) AS cost_low, toFloat64(sum(cost_high)) AS cost_high,
  ${share('sum(cost) * 1000', 'sum(priced_requests)')} AS cost_per_1000
FROM v_traffic
${whereInRange(scope, 'cost_high IS NOT NULL')}
GROUP BY currency
ORDER BY cost DESC NULLS LAST`;

/** One row: coverage, calls without a price, tokens. */
export const usageTotals = (scope: Scope): string =>
  `SELECT ${COVERAGE} AS coverage, sum(unpriced_requests) AS unpriced_requests,
  sum(input_tokens) AS input_tokens, sum(output_tokens) AS output_tokens
FROM v_traffic
${whereInRange(scope)}`;

/** One row per combination of `by` and currency, the dearest first. */
export const costTable = (scope: Scope, by: readonly TrafficDimension[]): string =>
  `SELECT
  ${by.join(', ')}, currency, ${COST} AS cost,
  toFloat64(sum(cost_low)) AS cost_low, toFloat64(sum(cost_high)) AS cost_high,
  sum(input_tokens) AS input_tokens, sum(output_tokens) AS output_tokens,
  sum(requests) AS requests, ${COVERAGE} AS coverage
FROM v_traffic
${whereInRange(scope, `(${PRICEABLE} OR input_tokens IS NOT NULL OR output_tokens IS NOT NULL)`)}
GROUP BY ${by.join(', ')}, currency
ORDER BY cost DESC NULLS LAST, requests DESC
LIMIT ${TABLE_LIMIT}`;

/** One row per model and token bucket: tokens, money, the price that was paid. */
export const bucketTable = (scope: Scope): string =>
  `SELECT
  provider, model, bucket, currency, sum(tokens) AS tokens, ${COST} AS cost,
  sum(unpriced_tokens) AS unpriced_tokens, avg(price_per_million) AS price_per_million,
  max(price_version) AS price_version
FROM v_costs
${whereInRange(scope)}
GROUP BY provider, model, bucket, currency
ORDER BY cost DESC NULLS LAST, tokens DESC NULLS LAST
LIMIT ${TABLE_LIMIT}`;

/** What nobody has a price for: where to add one. */
export const unpriced = (scope: Scope): string =>
  `SELECT provider, model, version, service, sum(unpriced_requests) AS unpriced_requests,
  sum(input_tokens) AS input_tokens, sum(output_tokens) AS output_tokens
FROM v_traffic
${whereInRange(scope, 'unpriced_requests > 0')}
GROUP BY provider, model, version, service
ORDER BY unpriced_requests DESC
LIMIT ${TABLE_LIMIT}`;

/** The running month by model and team, whatever range is shown: what was spent, and what the month comes to. */
export const costForecast = (scope: Scope): string =>
  `SELECT model, team, currency, toFloat64(actual) AS actual, toFloat64(forecast) AS forecast,
  toFloat64(low) AS low, toFloat64(high) AS high
FROM v_cost_forecast
WHERE ${['time >= toStartOfMonth(now())', ...scopeConditions(scope)].join(' AND ')}
ORDER BY forecast DESC NULLS LAST
LIMIT ${TABLE_LIMIT}`;
