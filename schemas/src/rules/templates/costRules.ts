import { inRuleRange, ruleConditions } from '../ruleRows';
import type { RuleTemplate } from '../ruleTemplate';
import { ERROR_KEEPS_LAST, NO_ROWS_IS_CALM } from '../states';
import { MODEL, tell, tellText } from '../tell';

const SCOPE = ['tenant', 'environment', 'model', 'version'] as const;

const COMMON = {
  identity: ['tenant', 'environment', 'model'],
  scope: SCOPE,
  noData: NO_ROWS_IS_CALM,
  error: ERROR_KEEPS_LAST,
  link: 'model-cost',
} as const satisfies Partial<RuleTemplate>;

/** Amounts of different currencies are never added: the highest one stands for the model. */
export const costPerHour: RuleTemplate = {
  ...COMMON,
  id: 'cost-per-hour',
  title: 'Cost per hour',
  description:
    'A model that costs more within an hour than was set; a loop that calls it, usually.',
  parameters: [
    {
      key: 'amount',
      title: 'More than',
      unit: 'currency of its prices an hour',
      default: 50,
      min: 0.01,
      max: 1e7,
    },
  ],
  rangeSeconds: () => 3600,
  rows: ({ scope }) => `SELECT
  tenant, environment, model,
  max(spent) AS measured,
  argMax(at_most, spent) AS high,
  argMax(called, spent) AS requests,
  argMax(share, spent) AS coverage,
  argMax(currency, spent) AS paid_in
FROM (
  SELECT tenant, environment, model, currency, toFloat64(sum(cost)) AS spent, toFloat64(sum(cost_high)) AS at_most,
    sum(requests) AS called, 100 * sum(priced_requests) / sum(priced_requests + unpriced_requests) AS share
  FROM v_traffic ${inRuleRange(scope, SCOPE, "currency != ''")}
  GROUP BY tenant, environment, model, currency
)
GROUP BY tenant, environment, model`,
  threshold: ({ amount = 50 }) => ({ type: 'gt', value: amount }),
  everySeconds: 60,
  for: '5m',
  keepFiringFor: '15m',
  evidence: [
    { refId: 'H', column: 'high', texts: ['paid_in'] },
    { refId: 'N', column: 'requests' },
    { refId: 'L', column: 'coverage' },
  ],
  urgency: 'page',
  summary: `${MODEL} costs ${tell('A', '', '', '%.2f')}${tellText('H', 'paid_in', ' ')} an hour`,
  details: `${tell('H', 'at most ', '', '%.2f')}${tell('N', ', ', ' calls', '%.0f')}${tell('L', ', priced ', '%', '%.0f')}`,
  firstStep:
    'Which service and route? Look for a retry loop or a prompt that grew; then for the price itself.',
};

const FORECAST_SCOPE = ['tenant', 'environment', 'model'] as const;

export const costForecast: RuleTemplate = {
  ...COMMON,
  id: 'cost-forecast',
  title: 'Cost of the month',
  description:
    'A model that will have cost more than its budget when the month ends, if it goes on like this.',
  scope: FORECAST_SCOPE,
  parameters: [
    {
      key: 'budget',
      title: 'Budget of a model',
      unit: 'currency of its prices a month',
      default: 5000,
      min: 0.01,
      max: 1e9,
    },
  ],
  // The rows of a month stand at its start.
  rangeSeconds: () => 32 * 86_400,
  rows: ({ scope }) => `SELECT
  tenant, environment, model,
  max(forecast_sum) AS measured,
  argMax(tuple(low_sum), ifNull(forecast_sum, 0)).1 AS low,
  argMax(tuple(high_sum), ifNull(forecast_sum, 0)).1 AS high,
  argMax(spent, ifNull(forecast_sum, 0)) AS actual,
  argMax(currency, ifNull(forecast_sum, 0)) AS paid_in
FROM (
  SELECT tenant, environment, model, currency, sum(forecast) AS forecast_sum, sum(low) AS low_sum, sum(high) AS high_sum,
    toFloat64(sum(actual)) AS spent
  FROM v_cost_forecast WHERE ${['$__timeFilter(time)', ...ruleConditions(scope, FORECAST_SCOPE)].join(' AND ')}
  GROUP BY tenant, environment, model, currency
)
GROUP BY tenant, environment, model`,
  threshold: ({ budget = 5000 }) => ({ type: 'gt', value: budget }),
  everySeconds: 1800,
  // Two evaluations in a row, so that one odd hour tells nothing.
  for: '1h',
  keepFiringFor: '0s',
  evidence: [
    { refId: 'S', column: 'actual', texts: ['paid_in'] },
    { refId: 'L', column: 'low' },
    { refId: 'H', column: 'high' },
  ],
  urgency: 'office-hours',
  summary: `${MODEL} will cost ${tell('A', '', '', '%.0f')}${tellText('S', 'paid_in', ' ')} this month`,
  details: `${tell('S', 'so far ', '', '%.0f')}${tell('L', '; by the end between ', '', '%.0f')}${tell('H', ' and ', '', '%.0f')}`,
  firstStep:
    'Compare with last month by team and token bucket; raise the budget or move traffic to a smaller model.',
};

export const costCoverage: RuleTemplate = {
  ...COMMON,
  id: 'cost-coverage',
  title: 'Cost coverage',
  description: 'A model of whose calls many have no price, so that its cost says too little.',
  parameters: [
    { key: 'hours', title: 'Over the last', unit: 'hours', default: 6, min: 1, max: 168 },
    { key: 'share', title: 'Priced calls below', unit: '%', default: 95, min: 1, max: 100 },
    {
      key: 'requests',
      title: 'Fewest calls to judge by',
      unit: 'calls',
      default: 100,
      min: 1,
      max: 1e6,
    },
  ],
  rangeSeconds: ({ hours = 6 }) => hours * 3600,
  rows: ({ values: { requests: fewest = 100 }, scope }) => `SELECT
  tenant, environment, model,
  if(priced + not_priced >= ${fewest}, 100 * priced / (priced + not_priced), NULL) AS measured,
  not_priced,
  priced + not_priced AS calls
FROM (
  SELECT tenant, environment, model, sum(priced_requests) AS priced, sum(unpriced_requests) AS not_priced
  FROM v_traffic ${inRuleRange(scope, SCOPE)}
  GROUP BY tenant, environment, model
  HAVING priced + not_priced > 0
)`,
  threshold: ({ share = 95 }) => ({ type: 'lt', value: share }),
  everySeconds: 300,
  for: '30m',
  keepFiringFor: '0s',
  evidence: [
    { refId: 'F', column: 'not_priced' },
    { refId: 'N', column: 'calls' },
  ],
  urgency: 'office-hours',
  summary: `${MODEL}: ${tell('A', 'only ', '% of calls have a price', '%.1f')}`,
  details: `${tell('F', '', ' without a price', '%.0f')}${tell('N', ' of ', ' calls', '%.0f')}`,
  firstStep: 'Add the model to prices.overrideFile, then plumbline reprice.',
};
