import {
  cost,
  driftFeatures,
  errorRate,
  labelCoverage,
  latencyQuantiles,
  modelDriftOverTime,
  modelEvents,
  modelTable,
  performanceOverTime,
  requestRate,
  tokens,
  trafficTable,
  trafficTotals,
  violationRate,
} from '@plumbline/schemas/queries';
import type { DashboardSpec } from '../parts/dashboard';
import { MODELS, SEGMENTS } from '../parts/scopes';
import { stat } from '../parts/stat';
import { table } from '../parts/table';
import { timeSeries } from '../parts/timeSeries';

export const MODEL: DashboardSpec = {
  uid: 'plumbline-model',
  title: 'Plumbline model detail',
  description:
    'One model: traffic, latency, drift, data quality, performance and cost, version by version.',
  from: 'now-24h',
  variables: ['environment', 'model', 'version', 'segment'],
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
    table({ title: 'Versions', sql: modelTable(MODELS), height: 6 }),
    timeSeries({
      title: 'Calls by version',
      sql: requestRate(MODELS, ['version']),
      unit: 'reqps',
      by: ['version'],
      min: 0,
    }),
    timeSeries({
      title: 'Latency',
      description: 'The mean of the minutes’ quantiles, weighted by calls.',
      sql: latencyQuantiles(MODELS),
      unit: 'ms',
      min: 0,
    }),
    timeSeries({
      title: 'Failed calls by version',
      sql: errorRate(MODELS, ['version']),
      unit: 'percentunit',
      by: ['version'],
      min: 0,
    }),
    timeSeries({
      title: 'Effect of the feature that is furthest off',
      description: 'In standard deviations of the baseline.',
      sql: modelDriftOverTime(MODELS),
      unit: 'short',
      by: ['model', 'version'],
      interval: '1h',
      min: 0,
    }),
    timeSeries({
      title: 'Performance',
      sql: performanceOverTime(SEGMENTS),
      unit: 'short',
      by: ['metric', 'version', 'segment'],
      interval: '1h',
    }),
    timeSeries({
      title: 'Predictions with a label',
      sql: labelCoverage(MODELS),
      unit: 'percentunit',
      by: ['model', 'version'],
      interval: '1h',
      min: 0,
      max: 1,
    }),
    timeSeries({
      title: 'Rows that break a check',
      sql: violationRate(MODELS, ['check']),
      unit: 'percentunit',
      by: ['check'],
      interval: '1h',
      min: 0,
    }),
    timeSeries({ title: 'Tokens', sql: tokens(MODELS), unit: 'short', stacked: true, min: 0 }),
    timeSeries({
      title: 'Cost by version',
      sql: cost(MODELS, ['version']),
      unit: 'short',
      by: ['version', 'currency'],
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
    table({ title: 'Features', sql: driftFeatures(SEGMENTS) }),
    table({ title: 'Callers', sql: trafficTable(MODELS, ['service', 'team', 'route']), width: 12 }),
    table({ title: 'What happened', sql: modelEvents(MODELS), width: 12 }),
  ],
};
