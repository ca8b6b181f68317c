import type { HrTime } from '@opentelemetry/api';
import { ValueType } from '@opentelemetry/api';
import { emptyResource } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  DataPointType,
  type DataPoint,
  type MetricData,
  type MetricProducer,
} from '@opentelemetry/sdk-metrics';
import type { MetricObjectWithValues, MetricValue, Registry } from 'prom-client';
import type { Clock } from '../core/clock';

/** The declaration leaves out which of a histogram's series a value belongs to. */
type PromValue = MetricValue<string> & { readonly metricName?: string };
type PromMetric = MetricObjectWithValues<PromValue>;
type Times = Pick<DataPoint<never>, 'startTime' | 'endTime'>;
type HistogramPoint = Extract<
  MetricData,
  { dataPointType: DataPointType.HISTOGRAM }
>['dataPoints'][number];

const hrTime = (ms: number): HrTime => [Math.floor(ms / 1000), (ms % 1000) * 1e6];

/** UCUM unit by the ending of the Prometheus name. */
const unitOf = (name: string): string => {
  const base = name.replace(/_total$/, '');
  if (base.endsWith('_seconds')) return 's';
  return base.endsWith('_bytes') ? 'By' : '1';
};

/** One point per label set, out of Prometheus' cumulative buckets, sum and count. */
const histogramPoints = (metric: PromMetric, times: Times): HistogramPoint[] => {
  const points = new Map<string, HistogramPoint>();
  for (const { labels, value, metricName } of metric.values) {
    const { le, ...attributes } = labels as Record<string, string | number>;
    const key = JSON.stringify(attributes);
    const empty = { buckets: { boundaries: [], counts: [] }, sum: 0, count: 0 };
    const point: HistogramPoint = points.get(key) ?? { ...times, attributes, value: empty };
    points.set(key, point);
    const { buckets } = point.value;
    if (metricName?.endsWith('_sum')) point.value.sum = value;
    else if (metricName?.endsWith('_count')) point.value.count = value;
    else {
      // Prometheus counts everything up to the bound; OTLP only what is above the bound before. Bounds come in order.
      const below = buckets.counts.reduce((sum, count) => sum + count, 0);
      buckets.counts.push(value - below);
      if (le !== '+Inf') buckets.boundaries.push(Number(le));
    }
  }
  return [...points.values()];
};

const numberPoints = (metric: PromMetric, times: Times): DataPoint<number>[] =>
  metric.values.map(({ labels, value }) => ({ ...times, attributes: { ...labels }, value }));

const metricData = (metric: PromMetric, times: Times): MetricData | undefined => {
  // The type is a word at run time, though the declaration says an enum of numbers.
  const type = String(metric.type);
  const common = {
    descriptor: {
      name: metric.name,
      description: metric.help,
      unit: unitOf(metric.name),
      valueType: ValueType.DOUBLE,
    },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
  };
  switch (type) {
    case 'counter':
      return {
        ...common,
        dataPointType: DataPointType.SUM,
        isMonotonic: true,
        dataPoints: numberPoints(metric, times),
      };
    case 'gauge':
      return {
        ...common,
        dataPointType: DataPointType.GAUGE,
        dataPoints: numberPoints(metric, times),
      };
    case 'histogram':
      return {
        ...common,
        dataPointType: DataPointType.HISTOGRAM,
        dataPoints: histogramPoints(metric, times),
      };
    default:
      return undefined;
  }
};

/**
 * Shows the Prometheus registry to the OpenTelemetry SDK, so that `/metrics` and the OTLP export are the same numbers
 * under the same names and nothing is counted twice. Summaries have no OTLP counterpart and we make none.
 */
export const createPromMetricProducer = (registry: Registry, clock: Clock): MetricProducer => {
  const startTime = hrTime(clock());
  return {
    async collect() {
      const times = { startTime, endTime: hrTime(clock()) };
      const metrics = (await registry.getMetricsAsJSON())
        .map((metric) => metricData(metric, times))
        .filter((metric) => metric !== undefined);
      const scopeMetrics = [{ scope: { name: 'plumbline' }, metrics }];
      return { resourceMetrics: { resource: emptyResource(), scopeMetrics }, errors: [] };
    },
  };
};
