import type { HrTime } from '@opentelemetry/api';
import { DataPointType, type MetricData } from '@opentelemetry/sdk-metrics';

type Labels = Readonly<Record<string, unknown>>;
type Point = MetricData['dataPoints'][number];

const CUMULATIVE = 2;

const nanosOf = ([seconds, nanos]: HrTime): string =>
  (BigInt(seconds) * 1_000_000_000n + BigInt(Math.trunc(nanos))).toString();

const attributesOf = (labels: Labels): object[] =>
  Object.entries(labels).map(([key, value]) => ({ key, value: { stringValue: String(value) } }));

const pointOf = ({ startTime, endTime, attributes }: Point): object => ({
  startTimeUnixNano: nanosOf(startTime),
  timeUnixNano: nanosOf(endTime),
  attributes: attributesOf(attributes),
});

function dataOf(metric: MetricData): object | undefined {
  switch (metric.dataPointType) {
    case DataPointType.SUM:
    case DataPointType.GAUGE: {
      const dataPoints = metric.dataPoints
        .filter(({ value }) => Number.isFinite(value))
        .map((point) => ({ ...pointOf(point), asDouble: point.value }));
      return metric.dataPointType === DataPointType.GAUGE
        ? { gauge: { dataPoints } }
        : {
            sum: {
              dataPoints,
              aggregationTemporality: CUMULATIVE,
              isMonotonic: metric.isMonotonic,
            },
          };
    }
    case DataPointType.HISTOGRAM:
      return {
        histogram: {
          aggregationTemporality: CUMULATIVE,
          dataPoints: metric.dataPoints.map((point) => ({
            ...pointOf(point),
            count: String(point.value.count),
            sum: point.value.sum,
            bucketCounts: point.value.buckets.counts.map(String),
            explicitBounds: point.value.buckets.boundaries,
          })),
        },
      };
    case DataPointType.EXPONENTIAL_HISTOGRAM:
      return undefined;
  }
}

/** Cumulative metrics as an OTLP/JSON export request. Numbers that are none are left out, and so are kinds we do not make. */
export const metricsJson = (
  resource: Labels,
  scope: string,
  metrics: readonly MetricData[],
): string =>
  JSON.stringify({
    resourceMetrics: [
      {
        resource: { attributes: attributesOf(resource) },
        scopeMetrics: [
          {
            scope: { name: scope },
            metrics: metrics.flatMap((metric) => {
              const data = dataOf(metric);
              const { name, description, unit } = metric.descriptor;
              return data === undefined ? [] : [{ name, description, unit, ...data }];
            }),
          },
        ],
      },
    ],
  });
