import { instrumentationScope, keyValue, resource } from './commonMessages';
import {
  bool,
  double,
  enumOf,
  fixed64,
  hexId,
  sfixed64,
  sint32,
  text,
  uint32,
  uint64,
} from './scalars';
import { many, message, one, packed } from './schema';

/** Messages of opentelemetry/proto/metrics/v1; `metricRequest` is `ExportMetricsServiceRequest`. */

const temporality = enumOf([
  'AGGREGATION_TEMPORALITY_UNSPECIFIED',
  'AGGREGATION_TEMPORALITY_DELTA',
  'AGGREGATION_TEMPORALITY_CUMULATIVE',
]);

const exemplar = message(() => [
  one(2, 'timeUnixNano', fixed64),
  one(3, 'asDouble', double),
  one(4, 'spanId', hexId(8)),
  one(5, 'traceId', hexId(16)),
  one(6, 'asInt', sfixed64),
  many(7, 'filteredAttributes', keyValue),
]);

const numberDataPoint = message(() => [
  one(2, 'startTimeUnixNano', fixed64),
  one(3, 'timeUnixNano', fixed64),
  one(4, 'asDouble', double),
  many(5, 'exemplars', exemplar),
  one(6, 'asInt', sfixed64),
  many(7, 'attributes', keyValue),
  one(8, 'flags', uint32),
]);

const histogramDataPoint = message(() => [
  one(2, 'startTimeUnixNano', fixed64),
  one(3, 'timeUnixNano', fixed64),
  one(4, 'count', fixed64),
  one(5, 'sum', double),
  packed(6, 'bucketCounts', fixed64),
  packed(7, 'explicitBounds', double),
  many(8, 'exemplars', exemplar),
  many(9, 'attributes', keyValue),
  one(10, 'flags', uint32),
  one(11, 'min', double),
  one(12, 'max', double),
]);

const buckets = message(() => [one(1, 'offset', sint32), packed(2, 'bucketCounts', uint64)]);

const exponentialHistogramDataPoint = message(() => [
  many(1, 'attributes', keyValue),
  one(2, 'startTimeUnixNano', fixed64),
  one(3, 'timeUnixNano', fixed64),
  one(4, 'count', fixed64),
  one(5, 'sum', double),
  one(6, 'scale', sint32),
  one(7, 'zeroCount', fixed64),
  one(8, 'positive', buckets),
  one(9, 'negative', buckets),
  one(10, 'flags', uint32),
  many(11, 'exemplars', exemplar),
  one(12, 'min', double),
  one(13, 'max', double),
  one(14, 'zeroThreshold', double),
]);

const valueAtQuantile = message(() => [one(1, 'quantile', double), one(2, 'value', double)]);

const summaryDataPoint = message(() => [
  one(2, 'startTimeUnixNano', fixed64),
  one(3, 'timeUnixNano', fixed64),
  one(4, 'count', fixed64),
  one(5, 'sum', double),
  many(6, 'quantileValues', valueAtQuantile),
  many(7, 'attributes', keyValue),
  one(8, 'flags', uint32),
]);

const gauge = message(() => [many(1, 'dataPoints', numberDataPoint)]);

const sum = message(() => [
  many(1, 'dataPoints', numberDataPoint),
  one(2, 'aggregationTemporality', temporality),
  one(3, 'isMonotonic', bool),
]);

const histogram = message(() => [
  many(1, 'dataPoints', histogramDataPoint),
  one(2, 'aggregationTemporality', temporality),
]);

const exponentialHistogram = message(() => [
  many(1, 'dataPoints', exponentialHistogramDataPoint),
  one(2, 'aggregationTemporality', temporality),
]);

const summary = message(() => [many(1, 'dataPoints', summaryDataPoint)]);

const metric = message(() => [
  one(1, 'name', text),
  one(2, 'description', text),
  one(3, 'unit', text),
  one(5, 'gauge', gauge),
  one(7, 'sum', sum),
  one(9, 'histogram', histogram),
  one(10, 'exponentialHistogram', exponentialHistogram),
  one(11, 'summary', summary),
  many(12, 'metadata', keyValue),
]);

const scopeMetrics = message(() => [
  one(1, 'scope', instrumentationScope),
  many(2, 'metrics', metric),
  one(3, 'schemaUrl', text),
]);

const resourceMetrics = message(() => [
  one(1, 'resource', resource),
  many(2, 'scopeMetrics', scopeMetrics),
  one(3, 'schemaUrl', text),
]);

export const metricRequest = message(() => [many(1, 'resourceMetrics', resourceMetrics)]);
