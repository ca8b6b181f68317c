import {
  audit,
  baselines,
  eventsOverTime,
  modelEvents,
  modelTable,
  requestRate,
} from '@plumbline/schemas/queries';
import type { DashboardSpec } from '../parts/dashboard';
import { MODELS } from '../parts/scopes';
import { table } from '../parts/table';
import { timeSeries } from '../parts/timeSeries';

export const REGISTRY: DashboardSpec = {
  uid: 'plumbline-registry',
  title: 'Plumbline registry and deployments',
  description: 'Which versions run where, whose they are, what was deployed and who changed what.',
  from: 'now-30d',
  refresh: '5m',
  variables: ['environment', 'model', 'version'],
  annotated: true,
  panels: [
    table({ title: 'Versions', sql: modelTable(MODELS), height: 11 }),
    timeSeries({
      title: 'Calls by version',
      sql: requestRate(MODELS, ['model', 'version']),
      unit: 'reqps',
      by: ['model', 'version'],
      min: 0,
    }),
    timeSeries({
      title: 'Events',
      sql: eventsOverTime(MODELS),
      unit: 'short',
      by: ['event'],
      stacked: true,
      min: 0,
    }),
    table({ title: 'What happened', sql: modelEvents(MODELS) }),
    table({ title: 'Baselines in use', sql: baselines(MODELS) }),
    table({ title: 'Who changed what', sql: audit(MODELS) }),
  ],
};
