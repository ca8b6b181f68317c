import fc from 'fast-check';
import { metricRequests } from '../../../../test/support/arbitraryMetricRequest';
import { metricRequestType } from '../../../../test/support/otlpMetricProto';
import { DecodeError } from '../../core/errors';
import { jsonToProtobuf } from './jsonToProtobuf';
import { metricRequest } from './metricMessages';

const oracle = metricRequestType();
const bytesOf = (json: string): Buffer => jsonToProtobuf(metricRequest, Buffer.from(json), 100);

/** What protobufjs reads in a request; undefined when it is cut off. */
function decoded(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    return oracle.toObject(oracle.decode(bytes), { longs: String, bytes: Array, arrays: true });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** OTLP/JSON: ids in hexadecimal, other bytes in base64, numbers that JSON lacks as texts. */
const asJson = (request: unknown): string =>
  JSON.stringify(request, (key, value: unknown) => {
    if (key === 'traceId' || key === 'spanId')
      return Buffer.from(value as number[]).toString('hex');
    if (key === 'bytesValue') return Buffer.from(value as number[]).toString('base64');
    if (typeof value !== 'number') return value;
    return Object.is(value, -0) ? '-0' : Number.isFinite(value) ? value : String(value);
  });

test('any request in JSON becomes the same request in protobuf', () => {
  let requests = 0;
  const property = fc.property(metricRequests, (bytes) => {
    const request = decoded(bytes);
    if (request === undefined) return;
    requests++;
    expect(decoded(bytesOf(asJson(request)))).toEqual(request);
  });
  fc.assert(property, { numRuns: 300 });
  expect(requests).toBeGreaterThan(100);
});

/** A request of one point of this kind. */
const point = (kind: string, fields: string): string =>
  `{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"${kind}":{"dataPoints":[{${fields}}]}}]}]}]}`;

test('lists of numbers are packed, in their order', () => {
  const json = point(
    'histogram',
    '"bucketCounts":["1",2,"18446744073709551615"],"explicitBounds":[0.5,"Infinity"]',
  );
  expect(bytesOf(json).toString('hex')).toMatch(
    /32180100000000000000(02)00000000000000ffffffffffffffff3a10000000000000e03f000000000000f07f$/,
  );
});

test('empty lists are left out', () => {
  expect(bytesOf(point('histogram', '"bucketCounts":[],"explicitBounds":null'))).toEqual(
    bytesOf(point('histogram', '')),
  );
});

test.each([
  ['histogram', '"bucketCounts":["1","-1"]', /bucketCounts\[1\]: "-1" is not an unsigned 64-bit/],
  ['histogram', '"bucketCounts":"1"', /bucketCounts: "1" is not an array/],
  ['histogram', '"explicitBounds":[1,null]', /explicitBounds\[1\]: null is not a number/],
  ['exponentialHistogram', '"scale":2147483648', /scale: 2147483648 is not a signed 32-bit/],
  ['exponentialHistogram', '"positive":{"bucketCounts":[0.5]}', /0.5 is not an unsigned 64-bit/],
  ['gauge', '"asInt":"9223372036854775808"', /asInt: "9223372036854775808" is not a signed 64/],
])('%s with %s is refused with the place', (kind, fields, message) => {
  expect(() => bytesOf(point(kind, fields))).toThrow(DecodeError);
  expect(() => bytesOf(point(kind, fields))).toThrow(message);
});
