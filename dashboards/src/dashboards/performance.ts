import {
  evaluationScores,
  fairnessTable,
  feedbackScores,
  labelCoverage,
  labelLag,
  performanceInterval,
  performanceOverTime,
  performanceTable,
} from '@plumbline/schemas/queries';
import type { DashboardSpec } from '../parts/dashboard';
import { MODELS } from '../parts/scopes';
import { table } from '../parts/table';
import { timeSeries } from '../parts/timeSeries';

const MODEL = ['model', 'version'] as const;

export const PERFORMANCE: DashboardSpec = {
  uid: 'plumbline-performance',
  title: 'Plumbline performance and fairness',
  description:
    'What labels, judges and people say of predictions, for everybody and group by group.',
  from: 'now-7d',
  refresh: '5m',
  variables: ['environment', 'model', 'version', 'segment'],
  annotated: true,
  panels: [
    timeSeries({
      title: 'Metrics',
      description: 'By hour of the prediction. The newest hours change while labels arrive.',
      sql: performanceOverTime({ ...MODELS, segment: { variable: 'segment' } }),
      unit: 'short',
      by: ['metric', 'model', 'version', 'segment'],
      interval: '1h',
    }),
    timeSeries({
      title: 'Metrics with their intervals',
      description: 'All traffic, 95% intervals.',
      sql: performanceInterval(MODELS),
      unit: 'short',
      by: ['metric', 'model', 'version'],
      interval: '1h',
    }),
    timeSeries({
      title: 'Predictions with a label',
      sql: labelCoverage(MODELS),
      unit: 'percentunit',
      by: MODEL,
      interval: '1h',
      min: 0,
      max: 1,
    }),
    timeSeries({
      title: 'Time from prediction to label',
      sql: labelLag(MODELS),
      unit: 's',
      by: MODEL,
      interval: '1h',
      min: 0,
    }),
    table({ title: 'Newest hour of each metric', sql: performanceTable(MODELS) }),
    table({
      title: 'Groups',
      description:
        'Each segment beside the one that it is compared with. Small groups have wide intervals.',
      sql: fairnessTable(MODELS),
      height: 12,
    }),
    timeSeries({
      title: 'Scores of judges',
      sql: evaluationScores(MODELS),
      unit: 'short',
      by: ['model', 'name'],
    }),
    timeSeries({
      title: 'Scores of people',
      sql: feedbackScores(MODELS),
      unit: 'short',
      by: ['model'],
    }),
  ],
};
