import { type KeyValue, type Long, pairsOf, valueText } from './oracleValues';
import { metricRequestType } from './otlpMetricProto';

type List<T> = readonly T[];
interface Told {
  /** Which of the two is set. */
  readonly value?: 'asDouble' | 'asInt';
  readonly asDouble: number;
  readonly asInt: Long;
}
interface Exemplar extends Told {
  readonly timeUnixNano: Long;
  readonly spanId: Uint8Array;
  readonly traceId: Uint8Array;
  readonly filteredAttributes: List<KeyValue>;
}
interface Buckets {
  readonly offset: number;
  readonly bucketCounts: List<Long>;
}
/** A point of any kind; only the fields of its kind are there. */
interface Point extends Told {
  readonly attributes: List<KeyValue>;
  readonly startTimeUnixNano: Long;
  readonly timeUnixNano: Long;
  readonly exemplars: List<Exemplar>;
  readonly flags: number;
  readonly count: Long;
  readonly sum: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly bucketCounts: List<Long>;
  readonly explicitBounds: List<number>;
  readonly scale: number;
  readonly zeroCount: Long;
  readonly positive: Buckets | null;
  readonly negative: Buckets | null;
  readonly quantileValues: List<{ readonly quantile: number; readonly value: number }>;
}
interface Data {
  readonly dataPoints: List<Point>;
  readonly aggregationTemporality?: number;
  readonly isMonotonic?: boolean;
}
type Kind = 'gauge' | 'sum' | 'histogram' | 'exponentialHistogram' | 'summary';
interface Metric extends Readonly<Record<Kind, Data>> {
  readonly name: string;
  readonly description: string;
  readonly unit: string;
  readonly data?: Kind;
}
interface Request {
  readonly resourceMetrics: List<{
    readonly resource: { readonly attributes: List<KeyValue> } | null;
    readonly schemaUrl: string;
    readonly scopeMetrics: List<{
      readonly scope: {
        readonly name: string;
        readonly version: string;
        readonly attributes: List<KeyValue>;
        readonly droppedAttributesCount: number;
      } | null;
      readonly schemaUrl: string;
      readonly metrics: List<Metric>;
    }>;
  }>;
}

/** One row: the columns by name, doubles as their bits, 64-bit integers in decimal, maps as pairs. */
export interface ExpectedPoint {
  readonly table: string;
  readonly columns: Readonly<Record<string, unknown>>;
}

const TABLES: Readonly<Record<Kind, string>> = {
  gauge: 'otel_metrics_gauge',
  sum: 'otel_metrics_sum',
  histogram: 'otel_metrics_histogram',
  exponentialHistogram: 'otel_metrics_exponential_histogram',
  summary: 'otel_metrics_summary',
};

/**
 * The rows that an `ExportMetricsServiceRequest` makes, in its order, by another decoder and by the rules of the
 * Collector's ClickHouse exporter; and how many metrics have no data.
 */
export function expectedPoints(bytes: Uint8Array): { rows: ExpectedPoint[]; without: number } {
  const request = metricRequestType().decode(bytes) as unknown as Request;
  const rows: ExpectedPoint[] = [];
  let without = 0;
  for (const { resource, schemaUrl: resourceUrl, scopeMetrics } of request.resourceMetrics) {
    const attributes = resource?.attributes ?? [];
    const service = attributes.find(({ key }) => key === 'service.name');
    for (const { scope, schemaUrl: scopeUrl, metrics } of scopeMetrics) {
      for (const metric of metrics) {
        if (metric.data === undefined) without++;
        else {
          const shared = {
            ServiceName: service ? valueText(service.value) : '',
            ResourceAttributes: pairsOf(attributes),
            ResourceSchemaUrl: resourceUrl,
            ScopeName: scope?.name ?? '',
            ScopeVersion: scope?.version ?? '',
            ScopeAttributes: pairsOf(scope?.attributes ?? []),
            ScopeDroppedAttrCount: scope?.droppedAttributesCount ?? 0,
            ScopeSchemaUrl: scopeUrl,
            MetricName: metric.name,
            MetricDescription: metric.description,
            MetricUnit: metric.unit,
          };
          rows.push(...rowsOf(metric, metric.data, shared));
        }
      }
    }
  }
  return { rows, without };
}

function rowsOf(metric: Metric, kind: Kind, shared: Record<string, unknown>): ExpectedPoint[] {
  const data = metric[kind];
  return data.dataPoints.map((point) => ({
    table: TABLES[kind],
    columns: {
      ...shared,
      Attributes: pairsOf(point.attributes),
      StartTimeUnix: seconds(point.startTimeUnixNano),
      TimeUnix: seconds(point.timeUnixNano),
      Flags: point.flags,
      ...ownColumns(kind, data, point),
    },
  }));
}

function ownColumns(kind: Kind, data: Data, point: Point): Record<string, unknown> {
  const temporality = { AggregationTemporality: data.aggregationTemporality };
  const told = (): object => ({ Value: valueBits(point), ...exemplarColumns(point.exemplars) });
  const counted = (): object => ({ Count: point.count.toString(), Sum: bitsOf(point.sum ?? 0) });
  const spread = (): object => ({
    ...exemplarColumns(point.exemplars),
    ...temporality,
    Min: bitsOf(point.min ?? 0),
    Max: bitsOf(point.max ?? 0),
  });
  switch (kind) {
    case 'gauge':
      return { ...told() };
    case 'sum':
      return { ...told(), ...temporality, IsMonotonic: data.isMonotonic };
    case 'histogram':
      return {
        ...counted(),
        ...spread(),
        BucketCounts: point.bucketCounts.map(String),
        ExplicitBounds: point.explicitBounds.map(bitsOf),
      };
    case 'exponentialHistogram':
      return {
        ...counted(),
        ...spread(),
        Scale: point.scale,
        ZeroCount: point.zeroCount.toString(),
        PositiveOffset: point.positive?.offset ?? 0,
        PositiveBucketCounts: (point.positive?.bucketCounts ?? []).map(String),
        NegativeOffset: point.negative?.offset ?? 0,
        NegativeBucketCounts: (point.negative?.bucketCounts ?? []).map(String),
      };
    case 'summary':
      return {
        ...counted(),
        'ValueAtQuantiles.Quantile': point.quantileValues.map(({ quantile }) => bitsOf(quantile)),
        'ValueAtQuantiles.Value': point.quantileValues.map(({ value }) => bitsOf(value)),
      };
  }
}

const exemplarColumns = (exemplars: List<Exemplar>): Record<string, unknown> => ({
  'Exemplars.FilteredAttributes': exemplars.map((one) => pairsOf(one.filteredAttributes)),
  'Exemplars.TimeUnix': exemplars.map((one) => seconds(one.timeUnixNano)),
  'Exemplars.Value': exemplars.map(valueBits),
  'Exemplars.SpanId': exemplars.map((one) => paddedId(one.spanId, 8)),
  'Exemplars.TraceId': exemplars.map((one) => paddedId(one.traceId, 16)),
});

/** The exporter writes an absent id of an exemplar as zeros. */
const paddedId = (id: Uint8Array, length: number): string =>
  Buffer.from(id)
    .toString('hex')
    .padEnd(2 * length, '0');

/**
 * Whole seconds as the engine makes them of signed nanoseconds: what a `DateTime` cannot tell becomes its first or last
 * moment. (The exporter cuts to 32 bits there, which makes some other time of it.)
 */
function seconds(nanoseconds: Long): number {
  const signed = BigInt.asIntN(64, BigInt(nanoseconds.toString()));
  return Math.min(Math.max(0, Number(signed / 1_000_000_000n)), 2 ** 32 - 1);
}

const valueBits = ({ value, asDouble, asInt }: Told): string =>
  bitsOf(
    value === 'asInt' ? Number(BigInt(asInt.toString())) : value === 'asDouble' ? asDouble : 0,
  );

/** The bits of a double, in decimal. */
export function bitsOf(value: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes.readBigUInt64LE().toString();
}
