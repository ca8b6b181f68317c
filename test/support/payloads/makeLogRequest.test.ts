import { logRequestType } from '../otlpProto';
import { makeLogRequest } from './makeLogRequest';
import type { LogRequest } from './makeLogRequest';
import { renewRequest } from './renewRequest';

interface Record {
  timeUnixNano: string;
  observedTimeUnixNano: string;
  body: { stringValue: string };
  attributes: unknown[];
  traceId: string;
  spanId: string;
}
interface Request {
  resourceLogs: { resource: { attributes: unknown[] }; scopeLogs: { logRecords: Record[] }[] }[];
}

const timeMs = 1_770_000_000_000;
const decode = ({ bytes }: LogRequest): Request => {
  const type = logRequestType();
  return type.toObject(type.decode(bytes), { longs: String, bytes: String }) as Request;
};
const recordsOf = (request: LogRequest): Record[] =>
  decode(request).resourceLogs.flatMap((r) => r.scopeLogs.flatMap((s) => s.logRecords));

test('has the size and the attribute count that the goals are stated for', () => {
  const requests = [1, 2, 3, 4].map((seed) => makeLogRequest({ seed, records: 512, timeMs }));
  const records = requests.flatMap(recordsOf);
  const bytes = requests.reduce((sum, request) => sum + request.bytes.length, 0);
  const body = records.reduce((sum, record) => sum + record.body.stringValue.length, 0);
  expect(records).toHaveLength(4 * 512);
  expect(Math.abs(bytes / records.length - 339)).toBeLessThan(7);
  expect(Math.abs(body / records.length - 90)).toBeLessThan(5);
  for (const request of requests) {
    expect(recordsOf(request).reduce((sum, r) => sum + r.attributes.length, 0)).toBe(
      request.attributes,
    );
    expect(request.attributes).toBe(6 * 512);
    expect(decode(request).resourceLogs.map((r) => r.resource.attributes.length)).toEqual([
      9, 9, 9, 9,
    ]);
  }
});

test('makes other records when it is renewed', () => {
  const request = makeLogRequest({ seed: 1, records: 40, timeMs });
  const before = recordsOf(request);
  renewRequest(request, 0x01020304, 90_000);
  const after = recordsOf(request);
  expect(new Set([...before, ...after].map((record) => record.spanId)).size).toBe(80);
  for (const [index, record] of after.entries()) {
    for (const key of ['timeUnixNano', 'observedTimeUnixNano'] as const) {
      expect(BigInt(record[key]) - BigInt(before[index]![key])).toBe(90_000_000_000n);
    }
  }
});

test('the same options give the same bytes', () => {
  const options = { seed: 9, records: 7, timeMs };
  expect(makeLogRequest(options).bytes).toEqual(makeLogRequest(options).bytes);
  expect(makeLogRequest({ ...options, seed: 10 }).bytes).not.toEqual(makeLogRequest(options).bytes);
});
