import { overTime, share } from './overTime';
import { type Scope, scopeConditions, whereInRange } from './scope';
import { TABLE_LIMIT, type TrafficDimension } from './traffic';

/**
 * Told for some calls only, so that a sum over none of them is unknown, not 0; amounts of different currencies never add up.
 * Columns are qualified by `told`, because a name that a sum is given would take the place of the column.
 */
const COST = 'toFloat64(sum(told.cost))';

/** Money per point of the chart, by `by` and currency. */
export const cost = (scope: Scope, by: readonly TrafficDimension[]): string =>
  overTime({
    view: 'v_traffic AS told',
    value: COST,
    by: [...by, 'currency'],
    scope,
    where: ['told.cost IS NOT NULL'],
  });

/** Money per point of the chart by token bucket and currency; of hours, so a point is at least an hour. */
export const costByBucket = (scope: Scope): string =>
  overTime({
    view: 'v_costs AS told',
    value: COST,
    by: ['bucket', 'currency'],
    scope,
    where: ['told.cost IS NOT NULL'],
  });

/** What calls cost with what is uncertain about them: the lowest and the highest that it can be. */
export const costBounds = (scope: Scope): string =>
  `SELECT $__timeInterval(time) AS at, currency,
  toFloat64(sum(told.cost_low)) AS low, ${COST} AS cost, toFloat64(sum(told.cost_high)) AS high
FROM v_traffic AS told
${whereInRange(scope, 'told.cost_high IS NOT NULL')}
GROUP BY at, currency
ORDER BY at, currency`;

/** Tokens per point of the chart by token bucket. */
export const tokensByBucket = (scope: Scope): string =>
  overTime({
    view: 'v_costs AS told',
    value: 'sum(told.tokens)',
    by: ['bucket'],
    scope,
    where: ['told.tokens IS NOT NULL'],
  });

/** Tokens in and out per point of the chart. */
export const tokens = (scope: Scope): string =>
  `SELECT $__timeInterval(time) AS at, sum(told.input_tokens) AS input, sum(told.output_tokens) AS output
FROM v_traffic AS told
${whereInRange(scope, '(told.input_tokens IS NOT NULL OR told.output_tokens IS NOT NULL)')}
GROUP BY at
ORDER BY at`;

const COVERAGE = share(
  'sum(told.priced_requests)',
  'sum(told.priced_requests + told.unpriced_requests)',
);
const PRICEABLE = 'told.priced_requests + told.unpriced_requests > 0';

/** Calls whose whole price is known as a share of those that should have one, 0 to 1. */
export const costCoverage = (scope: Scope, by: readonly TrafficDimension[]): string =>
  overTime({ view: 'v_traffic AS told', value: COVERAGE, by, scope, where: [PRICEABLE] });

/** One row per currency: money, its bounds, money per thousand calls. */
export const costTotals = (scope: Scope): string =>
  `SELECT currency, ${COST} AS cost,
  toFloat64(sum(told.cost_low)) AS cost_low, toFloat64(sum(told.cost_high)) AS cost_high,
  ${share('sum(told.cost) * 1000', 'sum(told.priced_requests)')} AS cost_per_1000
FROM v_traffic AS told
${whereInRange(scope, 'told.cost_high IS NOT NULL')}
GROUP BY currency
ORDER BY cost DESC NULLS LAST`;

/** One row: coverage, calls without a price, tokens. */
export const usageTotals = (scope: Scope): string =>
  `SELECT ${COVERAGE} AS coverage, sum(told.unpriced_requests) AS unpriced_requests,
  sum(told.input_tokens) AS input_tokens, sum(told.output_tokens) AS output_tokens
FROM v_traffic AS told
${whereInRange(scope)}`;

/** One row per combination of `by` and currency, the dearest first. */
export const costTable = (scope: Scope, by: readonly TrafficDimension[]): string =>
  `SELECT
  ${by.join(', ')}, currency, ${COST} AS cost,
  toFloat64(sum(told.cost_low)) AS cost_low, toFloat64(sum(told.cost_high)) AS cost_high,
  sum(told.input_tokens) AS input_tokens, sum(told.output_tokens) AS output_tokens,
  sum(told.requests) AS requests, ${COVERAGE} AS coverage
FROM v_traffic AS told
${whereInRange(scope, `(${PRICEABLE} OR told.input_tokens IS NOT NULL OR told.output_tokens IS NOT NULL)`)}
GROUP BY ${by.join(', ')}, currency
ORDER BY cost DESC NULLS LAST, requests DESC
LIMIT ${TABLE_LIMIT}`;

/** One row per model and token bucket: tokens, money, the price that was paid. */
export const bucketTable = (scope: Scope): string =>
  `SELECT
  provider, model, bucket, currency, sum(told.tokens) AS tokens, ${COST} AS cost,
  sum(told.unpriced_tokens) AS unpriced_tokens, avg(told.price_per_million) AS price_per_million,
  max(told.price_version) AS price_version
FROM v_costs AS told
${whereInRange(scope)}
GROUP BY provider, model, bucket, currency
ORDER BY cost DESC NULLS LAST, tokens DESC NULLS LAST
LIMIT ${TABLE_LIMIT}`;

/** What nobody has a price for: where to add one. */
export const unpriced = (scope: Scope): string =>
  `SELECT provider, model, version, service, sum(told.unpriced_requests) AS unpriced_requests,
  sum(told.input_tokens) AS input_tokens, sum(told.output_tokens) AS output_tokens
FROM v_traffic AS told
${whereInRange(scope, 'told.unpriced_requests > 0')}
GROUP BY provider, model, version, service
ORDER BY unpriced_requests DESC
LIMIT ${TABLE_LIMIT}`;

/** The running month by model and team, whatever range is shown: what was spent, and what the month comes to. */
export const costForecast = (scope: Scope): string => {
  // A new version goes on where the old one ended, so that forecasts have none.
  const { version, ...identity } = scope;
  return `SELECT environment, model, team, currency, toFloat64(actual) AS actual, forecast, low, high
FROM v_cost_forecast
WHERE ${['1', ...scopeConditions(identity)].join(' AND ')}
ORDER BY forecast DESC NULLS LAST
LIMIT ${TABLE_LIMIT}`;
};
