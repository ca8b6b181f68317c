import { metricRequestType, type Packing } from './otlpMetricProto';

/** The data of one metric as protobufjs takes it, for example `{ gauge: { dataPoints: […] } }`. */
export type MetricData = Readonly<Record<string, unknown>>;

/** An `ExportMetricsServiceRequest` of one resource and scope: a metric for each name. */
export function metricRequest(
  metrics: Readonly<Record<string, MetricData>>,
  packing: Packing = 'packed',
): Buffer {
  const type = metricRequestType(packing);
  const list = Object.entries(metrics).map(([name, data]) => ({ name, ...data }));
  const request = { resourceMetrics: [{ scopeMetrics: [{ metrics: list }] }] };
  return Buffer.from(type.encode(type.fromObject(request)).finish());
}
