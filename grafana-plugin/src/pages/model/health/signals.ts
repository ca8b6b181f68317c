import {
  errorRate,
  latencyQuantiles,
  modelDriftOverTime,
  performanceInterval,
  quoteTexts,
  requestRate,
  type Scope,
  violationRate,
} from '@plumbline/schemas/queries';
import { type Row, textOf } from '../../../queries/rowsOf';
import { formatMs, formatNumber, formatShare } from '../../../shared/format';
import { t } from '../../../shared/t';
import { type NamedPoints, seriesBy, seriesOfColumns } from '../parts/seriesOf';

/** The metrics that speak for a model, the first that it has. */
const HEADLINES = ['roc_auc', 'f1', 'f1_macro', 'accuracy', 'rmse', 'mae'];

export interface Signal {
  readonly key: string;
  readonly title: () => string;
  readonly sql: (scope: Scope) => string;
  readonly series: (rows: readonly Row[]) => readonly NamedPoints[];
  readonly format: (value: number) => string;
  /** False where 0 means nothing in particular. */
  readonly fromZero: boolean;
}

/** Metrics are not of one unit, so that only the one that speaks for the model is drawn. */
const headline = (rows: readonly Row[]): readonly NamedPoints[] => {
  const metric = HEADLINES.find((one) => rows.some((row) => textOf(row, 'metric') === one));
  const columns = { value: 'value', low: 'low', high: 'high' };
  return seriesBy(
    rows.filter((row) => textOf(row, 'metric') === metric),
    'version',
    columns,
  ).map(({ name, points }) => ({ name: `${metric ?? ''} ${name}`, points }));
};

/** What the tab draws below each other, on one time axis. */
export const SIGNALS: readonly Signal[] = [
  {
    key: 'requests',
    title: () => t('health.signal.requests', 'Requests per second'),
    sql: (scope) => requestRate(scope, ['version']),
    series: (rows) => seriesBy(rows, 'version'),
    format: formatNumber,
    fromZero: true,
  },
  {
    key: 'errors',
    title: () => t('health.signal.errors', 'Failed requests'),
    sql: (scope) => errorRate(scope, ['version']),
    series: (rows) => seriesBy(rows, 'version'),
    format: formatShare,
    fromZero: true,
  },
  {
    key: 'latency',
    title: () => t('health.signal.latency', 'Latency of a typical minute'),
    sql: latencyQuantiles,
    series: (rows) => seriesOfColumns(rows, ['p50', 'p95', 'p99']),
    format: formatMs,
    fromZero: true,
  },
  {
    key: 'drift',
    title: () => t('health.signal.drift', 'Drift: largest effect of a feature (sd)'),
    sql: modelDriftOverTime,
    series: (rows) => seriesBy(rows, 'version'),
    format: formatNumber,
    fromZero: true,
  },
  {
    key: 'quality',
    title: () => t('health.signal.quality', 'Rows that break a check'),
    sql: (scope) => violationRate(scope, ['check']),
    series: (rows) => seriesBy(rows, 'check'),
    format: formatShare,
    fromZero: true,
  },
  {
    key: 'performance',
    title: () => t('health.signal.performance', 'Performance'),
    sql: (scope) => performanceInterval(scope, [`metric IN (${quoteTexts(HEADLINES)})`]),
    series: headline,
    format: formatNumber,
    fromZero: false,
  },
];
