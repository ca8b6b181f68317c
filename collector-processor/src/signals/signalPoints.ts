import type { ModelIdentity } from '../core/spanSignal';
import type { DriftSignal, PerformanceSignal, QualitySignal, Read, SignalRows } from './signalRows';

/** What the signals are told as; the name is that of OTLP behind `plumbline.`, Prometheus has `_` for dots. */
export const SIGNAL_METRICS = {
  'drift.score': 'Effect of the newest hour against the baseline, reference standard deviations.',
  'drift.p_value': 'P-value of the newest hour of a feature.',
  'drift.q_value': 'The same over all features of the model (Benjamini-Hochberg).',
  'drift.status': '1 for the drift status that a model or feature has.',
  'quality.rate': 'Share of rows that violate a check in the newest hour.',
  'quality.violations': 'Rows that violate a check in the newest hour.',
  'quality.status': '1 for the quality status that a model or check has.',
  'performance.value': 'A metric of the newest hour with labels.',
  'performance.low': 'Lower end of its 95% interval.',
  'performance.high': 'Upper end of its 95% interval.',
  'performance.status': '1 for the status that a metric has.',
} as const;
export type SignalMetric = keyof typeof SIGNAL_METRICS;

/** Labels of each kind; a label that says nothing is empty. */
export const SIGNAL_LABELS = {
  drift: ['tenant', 'environment', 'model', 'version', 'feature'],
  quality: ['tenant', 'environment', 'model', 'version', 'feature', 'check'],
  performance: ['tenant', 'environment', 'model', 'version', 'segment', 'metric'],
} as const;
export type SignalKind = keyof typeof SIGNAL_LABELS;
export const SIGNAL_KINDS = Object.keys(SIGNAL_LABELS) as readonly SignalKind[];

export const kindOf = (metric: SignalMetric): SignalKind => metric.split('.')[0] as SignalKind;

export interface SignalPoint {
  readonly metric: SignalMetric;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface SignalPoints {
  readonly points: readonly SignalPoint[];
  /** Signals of each kind that have no points, because there are too many. */
  readonly left: Readonly<Record<SignalKind, number>>;
}

const modelLabels = ({ tenant, environment, model, version }: ModelIdentity) => ({
  ...{ tenant, environment, model, version },
});

/** Points of one signal: its numbers as far as they are known, and its status. */
function pointsOf(
  kind: SignalKind,
  labels: Readonly<Record<string, string>>,
  numbers: readonly (readonly [name: string, value: number | null])[],
  status: string,
): SignalPoint[] {
  const points = numbers.flatMap(([name, value]): SignalPoint[] =>
    value === null ? [] : [{ metric: `${kind}.${name}` as SignalMetric, labels, value }],
  );
  const metric = `${kind}.status` as SignalMetric;
  return [...points, { metric, labels: { ...labels, status }, value: 1 }];
}

const driftPoints = (one: DriftSignal): SignalPoint[] =>
  pointsOf(
    'drift',
    { ...modelLabels(one), feature: one.feature },
    [
      ['score', one.score],
      ['p_value', one.pValue],
      ['q_value', one.qValue],
    ],
    one.status,
  );

const qualityPoints = (one: QualitySignal): SignalPoint[] =>
  pointsOf(
    'quality',
    { ...modelLabels(one), feature: one.feature, check: one.check },
    [
      ['rate', one.rate],
      ['violations', one.violations],
    ],
    one.status,
  );

const performancePoints = (one: PerformanceSignal): SignalPoint[] =>
  pointsOf(
    'performance',
    { ...modelLabels(one), segment: one.segment, metric: one.metric },
    [
      ['value', one.value],
      ['low', one.low],
      ['high', one.high],
    ],
    one.status,
  );

/** Points of at most `maxPerKind` signals of each kind, the first ones. */
export function signalPoints(
  { drift, quality, performance }: SignalRows,
  maxPerKind: number,
): SignalPoints {
  const take = <Row>({ rows, total }: Read<Row>, points: (row: Row) => SignalPoint[]) => ({
    points: rows.slice(0, maxPerKind).flatMap(points),
    left: total - Math.min(rows.length, maxPerKind),
  });
  const taken = {
    drift: take(drift, driftPoints),
    quality: take(quality, qualityPoints),
    performance: take(performance, performancePoints),
  };
  return {
    points: SIGNAL_KINDS.flatMap((kind) => taken[kind].points),
    left: {
      drift: taken.drift.left,
      quality: taken.quality.left,
      performance: taken.performance.left,
    },
  };
}
