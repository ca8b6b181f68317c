import {
  missingShare,
  qualityTable,
  qualityTotals,
  violationRate,
} from '@plumbline/schemas/queries';
import type { DashboardSpec } from '../parts/dashboard';
import { FEATURES, MODEL_FEATURES } from '../parts/scopes';
import { stat } from '../parts/stat';
import { table } from '../parts/table';
import { timeSeries } from '../parts/timeSeries';

const RATE = { unit: 'percentunit', interval: '1h', min: 0 } as const;

export const QUALITY: DashboardSpec = {
  uid: 'plumbline-quality',
  title: 'Plumbline data quality',
  description: 'Checks of the data that models are fed with, beside what is usual.',
  from: 'now-7d',
  refresh: '5m',
  variables: ['environment', 'model', 'version', 'segment', 'feature'],
  annotated: true,
  panels: [
    stat({
      title: 'Checks',
      sql: qualityTotals(MODEL_FEATURES),
      fields: {
        violations: ['Rows that broke a check', 'short'],
        pages: ['Pages', 'short'],
        checks: ['Checks', 'short'],
        models: ['Models', 'short'],
      },
    }),
    timeSeries({
      title: 'By check',
      sql: violationRate(MODEL_FEATURES, ['check']),
      by: ['check'],
      ...RATE,
    }),
    timeSeries({
      title: 'By model',
      sql: violationRate(MODEL_FEATURES, ['model']),
      by: ['model'],
      ...RATE,
    }),
    timeSeries({
      title: 'By feature',
      sql: violationRate(MODEL_FEATURES, ['feature', 'check']),
      by: ['feature', 'check'],
      ...RATE,
    }),
    timeSeries({
      title: 'Rows without the feature',
      sql: missingShare(FEATURES),
      unit: 'percentunit',
      by: ['model', 'feature'],
      interval: '5m',
      min: 0,
    }),
    table({ title: 'Newest window of each check', sql: qualityTable(MODEL_FEATURES), height: 12 }),
  ],
};
