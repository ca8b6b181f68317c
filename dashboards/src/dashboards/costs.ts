import {
  bucketTable,
  cost,
  costBounds,
  costByBucket,
  costCoverage,
  costForecast,
  costTable,
  costTotals,
  tokensByBucket,
  unpriced,
  usageTotals,
} from '@plumbline/schemas/queries';
import type { DashboardSpec } from '../parts/dashboard';
import { MODELS } from '../parts/scopes';
import { stat } from '../parts/stat';
import { table } from '../parts/table';
import { timeSeries } from '../parts/timeSeries';

const MONEY = { unit: 'short', stacked: true, min: 0 } as const;

const costBy = (name: 'provider' | 'model' | 'service' | 'team') =>
  timeSeries({
    title: `Cost by ${name}`,
    sql: cost(MODELS, [name]),
    by: [name, 'currency'],
    ...MONEY,
  });

export const COSTS: DashboardSpec = {
  uid: 'plumbline-costs',
  title: 'Plumbline LLM usage and cost',
  description: 'What models cost whom, how much of it is known, and what the month comes to.',
  from: 'now-24h',
  variables: ['environment', 'model', 'version'],
  annotated: true,
  panels: [
    stat({
      title: 'Cost',
      description: 'By currency, only of calls whose price is known.',
      sql: costTotals(MODELS),
      width: 12,
      rows: true,
      fields: {
        cost: ['Cost', 'short'],
        cost_low: ['At least', 'short'],
        cost_high: ['At most', 'short'],
        cost_per_1000: ['Per 1,000 calls', 'short'],
      },
    }),
    stat({
      title: 'Usage',
      sql: usageTotals(MODELS),
      width: 12,
      fields: {
        coverage: ['Calls with a known price', 'percentunit'],
        unpriced_requests: ['Calls without', 'short'],
        input_tokens: ['Tokens in', 'short'],
        output_tokens: ['Tokens out', 'short'],
      },
    }),
    costBy('provider'),
    costBy('model'),
    costBy('service'),
    costBy('team'),
    timeSeries({
      title: 'Cost by token bucket',
      sql: costByBucket(MODELS),
      by: ['bucket', 'currency'],
      interval: '1h',
      ...MONEY,
    }),
    timeSeries({
      title: 'Tokens by bucket',
      description:
        'Buckets are disjoint: cached tokens are counted once, whatever the emitter calls them.',
      sql: tokensByBucket(MODELS),
      by: ['bucket'],
      interval: '1h',
      ...MONEY,
    }),
    timeSeries({
      title: 'Cost with its bounds',
      description:
        'The lowest and highest that it can be, where the telemetry leaves open how many tokens were cached or what a call was priced at.',
      sql: costBounds(MODELS),
      unit: 'short',
      min: 0,
    }),
    timeSeries({
      title: 'Calls with a known price',
      sql: costCoverage(MODELS, ['provider']),
      unit: 'percentunit',
      by: ['provider'],
      min: 0,
      max: 1,
    }),
    table({
      title: 'This month',
      description:
        'Whatever range is shown: spent so far, and what the month comes to if the rest is like the same hours of the last four weeks.',
      sql: costForecast(MODELS),
      width: 12,
    }),
    table({
      title: 'Calls without a price',
      description: 'Add a price for these in prices.overrideFile.',
      sql: unpriced(MODELS),
      width: 12,
    }),
    table({
      title: 'Models and services',
      sql: costTable(MODELS, ['provider', 'model', 'service', 'team']),
    }),
    table({
      title: 'The arithmetic',
      description: 'Tokens, money and the price that was paid, bucket by bucket.',
      sql: bucketTable(MODELS),
    }),
  ],
};
