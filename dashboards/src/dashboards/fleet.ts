import {
  costTotals,
  driftedFeatures,
  driftTotals,
  errorRate,
  modelEvents,
  modelTable,
  modelTotals,
  requestRate,
  cost,
} from '@plumbline/schemas/queries';
import type { DashboardSpec } from '../parts/dashboard';
import { MODELS } from '../parts/scopes';
import { stat } from '../parts/stat';
import { table } from '../parts/table';
import { timeSeries } from '../parts/timeSeries';

export const FLEET: DashboardSpec = {
  uid: 'plumbline-fleet',
  title: 'Plumbline fleet overview',
  description:
    'Every model that was ever seen: what it does, what it costs, how far it hangs from true.',
  from: 'now-24h',
  variables: ['environment', 'model', 'version'],
  annotated: true,
  panels: [
    stat({
      title: 'Fleet',
      sql: modelTotals(MODELS),
      width: 10,
      fields: {
        models: ['Models', 'short'],
        versions: ['Versions', 'short'],
        unhealthy: ['Need somebody', 'short'],
        requests_24h: ['Calls in 24 h', 'short'],
      },
    }),
    stat({
      title: 'Drift',
      description: 'By the newest window of each model in the range.',
      sql: driftTotals(MODELS),
      width: 8,
      fields: {
        drifting: ['Drifting', 'short'],
        undecided: ['Too few rows', 'short'],
        pages: ['Pages', 'short'],
      },
    }),
    stat({
      title: 'Cost',
      description: 'By currency, only of calls whose price is known.',
      sql: costTotals(MODELS),
      width: 6,
      rows: true,
      fields: { cost: ['Cost', 'short'] },
    }),
    table({
      title: 'Models',
      description: 'Traffic, latency and cost of the last 24 hours, whatever range is shown.',
      sql: modelTable(MODELS),
      height: 11,
    }),
    timeSeries({
      title: 'Calls',
      sql: requestRate(MODELS, ['model']),
      unit: 'reqps',
      by: ['model'],
      min: 0,
    }),
    timeSeries({
      title: 'Failed calls',
      sql: errorRate(MODELS, ['model']),
      unit: 'percentunit',
      by: ['model'],
      min: 0,
    }),
    timeSeries({
      title: 'Drifting features',
      sql: driftedFeatures(MODELS),
      unit: 'short',
      by: ['model', 'version'],
      interval: '1h',
      min: 0,
    }),
    timeSeries({
      title: 'Cost by model',
      sql: cost(MODELS, ['model']),
      unit: 'short',
      by: ['model', 'currency'],
      stacked: true,
      min: 0,
    }),
    table({ title: 'What happened', sql: modelEvents(MODELS) }),
  ],
};
