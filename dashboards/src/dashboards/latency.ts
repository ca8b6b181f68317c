import {
  errorRate,
  errorTypes,
  failedCalls,
  latency,
  latencyQuantiles,
  requestRate,
  slowCalls,
  trafficTable,
  trafficTotals,
} from '@plumbline/schemas/queries';
import type { DashboardSpec } from '../parts/dashboard';
import { MODELS } from '../parts/scopes';
import { stat } from '../parts/stat';
import { table } from '../parts/table';
import { timeSeries } from '../parts/timeSeries';

const TYPICAL = 'The mean of the minutes’ quantiles, weighted by calls.';

export const LATENCY: DashboardSpec = {
  uid: 'plumbline-latency',
  title: 'Plumbline latency and errors',
  description: 'How long calls take and how they fail, down to the traces of single calls.',
  from: 'now-6h',
  variables: ['environment', 'model', 'version'],
  annotated: true,
  panels: [
    stat({
      title: 'Traffic',
      sql: trafficTotals(MODELS),
      fields: {
        requests: ['Calls', 'short'],
        error_rate: ['Failed', 'percentunit'],
        latency_p95_ms: ['p95 of a typical minute', 'ms'],
        models: ['Models', 'short'],
        services: ['Services', 'short'],
      },
    }),
    timeSeries({
      title: 'Latency',
      description: TYPICAL,
      sql: latencyQuantiles(MODELS),
      unit: 'ms',
      min: 0,
    }),
    timeSeries({
      title: 'p95 by model',
      description: TYPICAL,
      sql: latency(MODELS, ['model'], 'p95'),
      unit: 'ms',
      by: ['model'],
      min: 0,
    }),
    timeSeries({
      title: 'Failed calls by model',
      sql: errorRate(MODELS, ['model']),
      unit: 'percentunit',
      by: ['model'],
      min: 0,
    }),
    timeSeries({
      title: 'Errors by kind',
      sql: errorTypes(MODELS),
      unit: 'short',
      by: ['kind'],
      stacked: true,
      min: 0,
    }),
    timeSeries({
      title: 'Calls by service',
      sql: requestRate(MODELS, ['service']),
      unit: 'reqps',
      by: ['service'],
      min: 0,
    }),
    timeSeries({
      title: 'p95 by provider',
      description: TYPICAL,
      sql: latency(MODELS, ['provider'], 'p95'),
      unit: 'ms',
      by: ['provider'],
      min: 0,
    }),
    table({ title: 'Routes', sql: trafficTable(MODELS, ['service', 'route', 'model']) }),
    table({
      title: 'Slowest calls',
      description: 'The trace id leads to the trace.',
      sql: slowCalls(MODELS),
    }),
    table({
      title: 'Newest failed calls',
      description: 'The trace id leads to the trace.',
      sql: failedCalls(MODELS),
    }),
  ],
};
