import {
  baselines,
  driftedFeatures,
  driftFeatures,
  driftModels,
  driftOverTime,
  driftTotals,
  featureDistribution,
  missingShare,
  modelDriftOverTime,
} from '@plumbline/schemas/queries';
import { bars } from '../parts/bars';
import type { DashboardSpec } from '../parts/dashboard';
import { FEATURES, MODELS, SEGMENTS } from '../parts/scopes';
import { stat } from '../parts/stat';
import { table } from '../parts/table';
import { timeSeries } from '../parts/timeSeries';

const FEATURE = ['model', 'version', 'feature', 'segment'] as const;
const HOURLY = { by: FEATURE, interval: '1h', unit: 'short' } as const;

export const DRIFT: DashboardSpec = {
  uid: 'plumbline-drift',
  title: 'Plumbline drift',
  description: 'How far features are from their baselines, with the evidence of every decision.',
  from: 'now-7d',
  refresh: '5m',
  variables: ['environment', 'model', 'version', 'segment', 'feature'],
  annotated: true,
  panels: [
    stat({
      title: 'Drift now',
      description: 'By the newest window of each model in the range.',
      sql: driftTotals(MODELS),
      fields: {
        drifting: ['Drifting', 'short'],
        undecided: ['Too few rows', 'short'],
        pages: ['Pages in the range', 'short'],
      },
    }),
    table({ title: 'Models', sql: driftModels(MODELS), height: 7 }),
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
      title: 'Drifting features',
      sql: driftedFeatures(MODELS),
      unit: 'short',
      by: ['model', 'version'],
      interval: '1h',
      min: 0,
    }),
    table({
      title: 'Features',
      description:
        'The newest window of each. Without enough rows the smallest shift that would have been seen is told, and no verdict.',
      sql: driftFeatures(FEATURES),
    }),
    timeSeries({
      title: 'Effect by feature',
      description: 'In standard deviations of the baseline, with its sign.',
      sql: driftOverTime(FEATURES, 'score'),
      ...HOURLY,
    }),
    timeSeries({
      title: 'Smallest shift that would have been seen',
      sql: driftOverTime(FEATURES, 'detectable_effect'),
      ...HOURLY,
      min: 0,
    }),
    timeSeries({
      title: 'Population stability index',
      sql: driftOverTime(FEATURES, 'psi'),
      ...HOURLY,
      min: 0,
    }),
    timeSeries({
      title: 'Jensen-Shannon distance',
      sql: driftOverTime(FEATURES, 'js'),
      ...HOURLY,
      min: 0,
    }),
    bars({
      title: 'Distribution beside the baseline',
      description: 'Choose one feature. Shares of the rows in each bin.',
      sql: featureDistribution(FEATURES),
      along: 'bin',
      unit: 'percentunit',
    }),
    timeSeries({
      title: 'Rows without the feature',
      sql: missingShare(FEATURES),
      unit: 'percentunit',
      by: ['model', 'feature'],
      interval: '5m',
      min: 0,
    }),
    table({ title: 'Baselines in use', sql: baselines(SEGMENTS), width: 12, height: 8 }),
  ],
};
