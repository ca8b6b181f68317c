import fc from 'fast-check';
import {
  attributes,
  double,
  encodedRequests,
  extremeTime,
  id,
  int64,
  longOf,
  text,
  time,
} from './arbitraryOtlp';
import { metricRequestType } from './otlpMetricProto';

type Plain = Record<string, unknown>;

const uint64 = fc
  .oneof(
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    fc.constantFrom(0n, 1n, 127n, 128n, 2n ** 28n, 2n ** 32n, 2n ** 35n - 1n, 2n ** 63n),
    fc.constant(2n ** 64n - 1n),
  )
  .map(longOf);
const int32 = fc.oneof(fc.integer({ min: -20, max: 20 }), fc.constantFrom(-(2 ** 31), 2 ** 31 - 1));
const uint32 = fc.oneof(fc.constantFrom(0, 1, 2 ** 32 - 1), fc.nat());
const moment = fc
  .oneof({ weight: 9, arbitrary: time }, { weight: 1, arbitrary: extremeTime })
  .map(longOf);

/** A point's or exemplar's value; it may have none. */
const value: fc.Arbitrary<Plain> = fc.oneof(
  fc.record({ asDouble: double }),
  fc.record({ asInt: int64.map(longOf) }),
  fc.constant({}),
);
const exemplar = fc
  .tuple(
    value,
    fc.record(
      { timeUnixNano: moment, spanId: id(8), traceId: id(16), filteredAttributes: attributes },
      { requiredKeys: [] },
    ),
  )
  .map(([told, rest]) => ({ ...told, ...rest }));
const exemplars = fc.array(exemplar, { maxLength: 2 });
const times = { startTimeUnixNano: moment, timeUnixNano: moment };

const numberPoint = fc
  .tuple(value, fc.record({ ...times, attributes, exemplars, flags: uint32 }, { requiredKeys: [] }))
  .map(([told, rest]) => ({ ...told, ...rest }));
const extent = { count: uint64, sum: double, min: double, max: double };
const histogramPoint = fc.record(
  {
    ...times,
    ...extent,
    attributes,
    exemplars,
    flags: uint32,
    bucketCounts: fc.array(uint64, { maxLength: 20 }),
    explicitBounds: fc.array(double, { maxLength: 20 }),
  },
  { requiredKeys: [] },
);
const buckets = fc.record(
  { offset: int32, bucketCounts: fc.array(uint64, { maxLength: 6 }) },
  { requiredKeys: [] },
);
const exponentialPoint = fc.record(
  {
    ...times,
    ...extent,
    attributes,
    exemplars,
    flags: uint32,
    scale: int32,
    zeroCount: uint64,
    positive: buckets,
    negative: buckets,
    zeroThreshold: double,
  },
  { requiredKeys: [] },
);
const summaryPoint = fc.record(
  {
    ...times,
    attributes,
    flags: uint32,
    count: uint64,
    sum: double,
    quantileValues: fc.array(fc.record({ quantile: double, value: double }, { requiredKeys: [] }), {
      maxLength: 3,
    }),
  },
  { requiredKeys: [] },
);

const temporality = fc.oneof(fc.integer({ min: -1, max: 3 }), fc.integer());
const points = <T>(point: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(point, { maxLength: 3 });
const aggregated = <T>(point: fc.Arbitrary<T>): fc.Arbitrary<Plain> =>
  fc.record(
    { dataPoints: points(point), aggregationTemporality: temporality },
    { requiredKeys: ['dataPoints'] },
  );
const data: fc.Arbitrary<Plain> = fc.oneof(
  fc.record({ gauge: fc.record({ dataPoints: points(numberPoint) }) }),
  fc.record({
    sum: fc
      .tuple(aggregated(numberPoint), fc.boolean())
      .map(([rest, isMonotonic]) => ({ ...rest, isMonotonic })),
  }),
  fc.record({ histogram: aggregated(histogramPoint) }),
  fc.record({ exponentialHistogram: aggregated(exponentialPoint) }),
  fc.record({ summary: fc.record({ dataPoints: points(summaryPoint) }) }),
  fc.constant({}),
);
const metric = fc
  .tuple(
    data,
    fc.record(
      { name: text, description: text, unit: text, metadata: attributes },
      { requiredKeys: [] },
    ),
  )
  .map(([told, rest]) => ({ ...told, ...rest }));

const scopeMetrics = fc.record(
  {
    scope: fc.record(
      { name: text, version: text, attributes, droppedAttributesCount: uint32 },
      { requiredKeys: [] },
    ),
    metrics: fc.array(metric, { maxLength: 4 }),
    schemaUrl: text,
  },
  { requiredKeys: ['metrics'] },
);
const resourceMetrics = fc.record(
  {
    resource: fc.record({ attributes }, { requiredKeys: [] }),
    scopeMetrics: fc.array(scopeMetrics, { maxLength: 2 }),
    schemaUrl: text,
  },
  { requiredKeys: ['scopeMetrics'] },
);
const request = fc.record({ resourceMetrics: fc.array(resourceMetrics, { maxLength: 3 }) });

/** Encoded `ExportMetricsServiceRequest`s, with packed lists and with single numbers; every field may be missing. */
export const metricRequests: fc.Arbitrary<Buffer> = fc.oneof(
  encodedRequests(request, () => metricRequestType('packed')),
  encodedRequests(request, () => metricRequestType('unpacked')),
);
