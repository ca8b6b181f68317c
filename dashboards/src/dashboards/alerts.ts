import { alertEvents, alertsOverTime, loudAlerts } from '@plumbline/schemas/queries';
import type { DashboardSpec } from '../parts/dashboard';
import { MODELS } from '../parts/scopes';
import { table } from '../parts/table';
import { timeSeries } from '../parts/timeSeries';

export const ALERTS: DashboardSpec = {
  uid: 'plumbline-alerts',
  title: 'Plumbline alert history',
  description: 'What paged, how often, and with which evidence.',
  from: 'now-30d',
  refresh: '5m',
  variables: ['environment', 'model', 'version'],
  annotated: true,
  panels: [
    timeSeries({
      title: 'State changes',
      sql: alertsOverTime(MODELS),
      unit: 'short',
      by: ['state'],
      stacked: true,
      min: 0,
    }),
    table({ title: 'Loudest rules', sql: loudAlerts(MODELS), width: 12, height: 8 }),
    table({ title: 'History', sql: alertEvents(MODELS), height: 16 }),
  ],
};
