import type protobuf from 'protobufjs';
import { type OtlpSink, startOtlpSink } from '../support/otlpSink';
import { metricRequestType } from '../support/otlpMetricProto';
import { logRequestType } from '../support/otlpProto';
import { makeLogRequest } from '../support/payloads/makeLogRequest';
import { makeMetricRequest } from '../support/payloads/makeMetricRequest';
import { type Processor, startProcessor } from '../support/processor';
import { EXPORT_LOGS, EXPORT_METRICS } from '../support/rawGrpcCall';
import { sendHttp } from '../support/sendHttp';
import { until } from '../support/until';

interface Attribute {
  readonly key: string;
  readonly value: object;
}
type Group = { resource?: { attributes?: Attribute[] } } & Record<string, unknown>;

const TENANT = { key: 'plumbline.tenant', value: { stringValue: 'blue' } };
const timeMs = Date.now();
const made = (type: protobuf.Type, request: object): Buffer =>
  Buffer.from(type.encode(type.fromObject(request)).finish());
const claimed = [{ key: 'plumbline.tenant', value: { stringValue: 'red' } }];

/** By signal: requests as SDKs make them, one that claims to be another tenant's, and one without a resource. */
const SIGNALS = {
  logs: {
    path: '/v1/logs',
    method: EXPORT_LOGS,
    groups: 'resourceLogs',
    type: logRequestType(),
    requests: [
      makeLogRequest({ seed: 1, records: 40, timeMs }).bytes,
      made(logRequestType(), {
        resourceLogs: [
          {
            resource: { attributes: claimed },
            scopeLogs: [{ logRecords: [{ severityNumber: 9, body: { stringValue: 'hello' } }] }],
          },
          { scopeLogs: [{ logRecords: [{ severityNumber: 17 }] }] },
        ],
      }),
    ],
  },
  metrics: {
    path: '/v1/metrics',
    method: EXPORT_METRICS,
    groups: 'resourceMetrics',
    type: metricRequestType(),
    requests: [
      makeMetricRequest({ seed: 1, points: 40, timeMs }).bytes,
      made(metricRequestType(), {
        resourceMetrics: [
          {
            resource: { attributes: claimed },
            scopeMetrics: [{ metrics: [{ name: 'a', gauge: { dataPoints: [{ asDouble: 1 }] } }] }],
          },
          { scopeMetrics: [{ metrics: [{ name: 'b', sum: { dataPoints: [{ asInt: 2 }] } }] }] },
        ],
      }),
    ],
  },
} as const;

describe.each(['grpc', 'http'] as const)('a processor that forwards over %s', (protocol) => {
  let sink: OtlpSink;
  let processor: Processor;

  beforeAll(async () => {
    sink = await startOtlpSink({ protocol });
    const forward = { endpoint: sink.endpoint, protocol, metricsEveryMs: 600_000 };
    processor = await startProcessor({
      tokens: [{ token: 'blue-token', tenant: 'blue' }],
      config: { forward },
    });
  }, 120_000);
  afterAll(async () => {
    await processor.stop();
    await sink.stop();
  });

  test.each(Object.entries(SIGNALS))(
    '%s: what arrives is what was sent, and the tenant of the token on every resource',
    async (_, { path, method, groups, type, requests }) => {
      const groupsOf = (bytes: Uint8Array): Group[] =>
        type.toObject(type.decode(bytes), { longs: String, bytes: String })[groups] as Group[];
      const headers = {
        'content-type': 'application/x-protobuf',
        authorization: 'Bearer blue-token',
      };
      for (const body of requests) {
        const url = `http://${processor.httpAddress}`;
        expect((await sendHttp(url, { path, headers, body })).status).toBe(200);
      }
      const wanted = protocol === 'grpc' ? method : path;
      const arrived = () => sink.requests.filter((request) => request.path === wanted);
      await until(() => arrived().length === requests.length);
      const expected = requests.map((bytes) =>
        groupsOf(bytes).map((group) => {
          const own = (group.resource?.attributes ?? []).filter(({ key }) => key !== TENANT.key);
          return { ...group, resource: { ...group.resource, attributes: [...own, TENANT] } };
        }),
      );
      // Requests may overtake each other on the way.
      for (const request of expected) {
        expect(arrived().map(({ bytes }) => groupsOf(bytes))).toContainEqual(request);
      }
    },
  );
});
