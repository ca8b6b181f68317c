import { createClient } from '@clickhouse/client';
import protobuf from 'protobufjs';
import { STORED_ROWS_SQL, storedRow, type ExpectedRow } from '../support/oracle';
import { type OtlpSink, startOtlpSink } from '../support/otlpSink';
import { traceRequestType } from '../support/otlpProto';
import { makeTraceRequest } from '../support/payloads/makeTraceRequest';
import { type Processor, startProcessor } from '../support/processor';
import { sendHttp } from '../support/sendHttp';
import { until } from '../support/until';

/** The part of the OTLP metrics messages that derived metrics use. */
const METRICS = protobuf
  .parse(
    `syntax = "proto3";
message Request { repeated ResourceMetrics resource_metrics = 1; }
message ResourceMetrics { Resource resource = 1; repeated ScopeMetrics scope_metrics = 2; }
message Resource { repeated KeyValue attributes = 1; }
message ScopeMetrics { Scope scope = 1; repeated Metric metrics = 2; }
message Scope { string name = 1; string version = 2; }
message Metric { string name = 1; string description = 2; string unit = 3; Sum sum = 7; }
message Sum { repeated Point data_points = 1; int32 aggregation_temporality = 2; bool is_monotonic = 3; }
message Point {
  fixed64 start_time_unix_nano = 2; fixed64 time_unix_nano = 3; double as_double = 4;
  repeated KeyValue attributes = 7;
}
message KeyValue { string key = 1; AnyValue value = 2; }
message AnyValue { oneof value { string string_value = 1; bool bool_value = 2; } }`,
    { keepCase: false },
  )
  .root.lookupType('Request');

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly doubleValue?: number };
}
interface Traces {
  resourceSpans: {
    resource: { attributes: Attribute[] };
    scopeSpans: { spans: { attributes: Attribute[] }[] }[];
  }[];
}
interface Metrics {
  resourceMetrics: {
    scopeMetrics: {
      metrics: {
        name: string;
        unit: string;
        sum: {
          aggregationTemporality: number;
          isMonotonic: boolean;
          dataPoints: {
            startTimeUnixNano: string;
            timeUnixNano: string;
            asDouble: number;
            attributes: Attribute[];
          }[];
        };
      }[];
    }[];
  }[];
}

const tokens = [{ token: 'blue-token', tenant: 'blue' }];
const authorization = { authorization: 'Bearer blue-token' };
const PROTOBUF = { 'content-type': 'application/x-protobuf' };
const ADDED = [
  'gen_ai.usage.cost.amount',
  'gen_ai.usage.cost.currency',
  'gen_ai.usage.cost.source',
  'plumbline.cost.status',
];
const requests = [1, 2, 3].map((seed) =>
  makeTraceRequest({ seed, spans: 200, mix: 'ml', timeMs: Date.now() }),
);

const decoded = (bytes: Uint8Array): Traces => {
  const type = traceRequestType();
  return type.toObject(type.decode(bytes), { longs: String, bytes: String }) as Traces;
};
async function send(processor: Processor, bytes: Uint8Array, signed = true): Promise<number> {
  const headers = signed ? { ...PROTOBUF, ...authorization } : PROTOBUF;
  return (await sendHttp(`http://${processor.httpAddress}`, { headers, body: bytes })).status;
}
async function select<T>({ storeUrl }: Processor, query: string): Promise<T[]> {
  const client = createClient({ url: storeUrl });
  try {
    return await (await client.query({ query, format: 'JSONEachRow' })).json<T>();
  } finally {
    await client.close();
  }
}
const metricOf = async ({ adminAddress }: Processor, name: string): Promise<number> => {
  const text = await (await fetch(`http://${adminAddress}/metrics`)).text();
  return text
    .split('\n')
    .filter((line) => line.startsWith(name))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
};
const stop = async (parts: readonly { stop(): Promise<unknown> }[]): Promise<void> => {
  await Promise.all(parts.map((part) => part.stop()));
};

describe('a processor that forwards to a receiver of others', () => {
  let sink: OtlpSink;
  let processor: Processor;

  beforeAll(async () => {
    sink = await startOtlpSink({ protocol: 'http' });
    const forward = { endpoint: sink.endpoint, protocol: 'http', metricsEveryMs: 500 };
    processor = await startProcessor({ tokens, config: { forward } });
    for (const { bytes } of requests) expect(await send(processor, bytes)).toBe(200);
    await until(
      () => sink.requests.filter(({ path }) => path === '/v1/traces').length === requests.length,
    );
  }, 120_000);
  afterAll(() => stop([processor, sink]));

  test('what arrives is what was sent, and exactly the added attributes', () => {
    const traces = sink.requests.filter(({ path }) => path === '/v1/traces');
    let priced = 0;
    for (const { bytes } of traces) {
      const request = decoded(bytes);
      for (const { resource, scopeSpans } of request.resourceSpans) {
        const tenant = resource.attributes.pop();
        expect(tenant).toEqual({ key: 'plumbline.tenant', value: { stringValue: 'blue' } });
        for (const { attributes } of scopeSpans.flatMap(({ spans }) => spans)) {
          const at = attributes.findIndex(({ key }) => ADDED.includes(key));
          if (at < 0) continue;
          const [amount, currency, source, status] = attributes.splice(at);
          expect([amount!, currency!, source!, status!].map(({ key }) => key)).toEqual(ADDED);
          expect(amount!.value.doubleValue).toBeGreaterThan(0);
          expect(currency!.value.stringValue).toBe('USD');
          expect(source!.value.stringValue).toBe('local');
          priced++;
        }
      }
      // Requests may overtake each other on the way.
      expect(requests.map((sent) => decoded(sent.bytes))).toContainEqual(request);
    }
    expect(priced).toBeGreaterThan(100);
  });

  test('the amounts are those that were stored', async () => {
    const forwarded = sink.requests
      .filter(({ path }) => path === '/v1/traces')
      .flatMap(({ bytes }) => decoded(bytes).resourceSpans)
      .flatMap(({ scopeSpans }) => scopeSpans)
      .flatMap(({ spans }) => spans)
      .flatMap(({ attributes }) => attributes)
      .filter(({ key }) => key === ADDED[0])
      .map(({ value }) => value.doubleValue!);
    const stored = await select<{ amount: number }>(
      processor,
      `SELECT toFloat64(SpanAttributes['${ADDED[0]}']) AS amount FROM otel_traces
       WHERE mapContains(SpanAttributes, '${ADDED[0]}')`,
    );
    const ascending = (a: number, b: number): number => a - b;
    expect(forwarded.toSorted(ascending)).toEqual(
      stored.map(({ amount }) => amount).toSorted(ascending),
    );
  });

  test('cost and tokens by model follow as delta sums that add up to what was stored', async () => {
    const points = () =>
      sink.requests
        .filter(({ path }) => path === '/v1/metrics')
        .flatMap(({ bytes }) => {
          const options = { longs: String, defaults: true };
          const request = METRICS.toObject(METRICS.decode(bytes), options) as unknown as Metrics;
          return request.resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics);
        })
        .flatMap(({ metrics }) => metrics)
        .flatMap(({ name, unit, sum }) => {
          expect([sum.aggregationTemporality, sum.isMonotonic]).toEqual([1, true]);
          expect(unit).toBe(name === 'plumbline.gen_ai.cost' ? '{currency}' : '{token}');
          return sum.dataPoints.map((point) => ({ name, ...point }));
        });
    const sums = (): Record<string, number> => {
      const totals: Record<string, number> = {};
      for (const { name, attributes, asDouble } of points()) {
        const label = Object.fromEntries(
          attributes.map(({ key, value }) => [key, value.stringValue]),
        );
        expect(label['plumbline.tenant']).toBe('blue');
        const key = [
          name.split('.').at(-1),
          label['deployment.environment.name'],
          label['gen_ai.request.model'],
          label['gen_ai.provider.name'],
          label['service.name'],
          label['gen_ai.token.type'],
        ].join(' ');
        totals[key] = (totals[key] ?? 0) + asDouble;
      }
      return totals;
    };
    const stored = await select<{ key: string; amount: number }>(
      processor,
      `SELECT concatWithSeparator(' ', kind, environment, model, provider, service, bucket) AS key,
         toFloat64(sum(n)) AS amount
       FROM (
         SELECT *, 'tokens' AS kind, pair.1 AS bucket, toFloat64(pair.2) AS n
         FROM ml_inferences ARRAY JOIN CAST(tokens, 'Array(Tuple(String, Float64))') AS pair
         UNION ALL
         SELECT *, 'cost' AS kind, pair.1 AS bucket, toFloat64(pair.2) AS n
         FROM ml_inferences ARRAY JOIN CAST(costs, 'Array(Tuple(String, Float64))') AS pair)
       GROUP BY key HAVING amount > 0`,
    );
    expect(stored.length).toBeGreaterThan(20);
    await until(() => Object.keys(sums()).length === stored.length);
    const totals = sums();
    for (const { key, amount } of stored) expect(totals[key]).toBeCloseTo(amount, 8);
    for (const { startTimeUnixNano, timeUnixNano } of points()) {
      expect(BigInt(timeUnixNano)).toBeGreaterThan(BigInt(startTimeUnixNano));
    }
  });

  test('its own metrics tell what was sent', async () => {
    const sent = 'plumbline_forward_sent_items_total{signal="traces"}';
    expect(await metricOf(processor, sent)).toBe(600);
    expect(await metricOf(processor, 'plumbline_forward_queue_requests')).toBe(0);
    expect(await metricOf(processor, 'plumbline_forward_dropped')).toBe(0);
  });
});

test('a second processor stores what the first one stored', async () => {
  const second = await startProcessor();
  const first = await startProcessor({
    tokens,
    config: {
      forward: {
        endpoint: `http://${second.grpcAddress}`,
        compression: 'gzip',
        metricsEveryMs: 600_000,
      },
    },
  });
  try {
    for (const { bytes } of requests) expect(await send(first, bytes)).toBe(200);
    const count = async (): Promise<number> => {
      const [row] = await select<{ n: string }>(second, 'SELECT count() AS n FROM otel_traces');
      return Number(row!.n);
    };
    await until(async () => (await count()) === 600);
    const rows = async (processor: Processor): Promise<ExpectedRow[]> =>
      (await select<ExpectedRow>(processor, `${STORED_ROWS_SQL} ORDER BY TraceId, SpanId`)).map(
        storedRow,
      );
    expect(await rows(second)).toEqual(await rows(first));
    const [cost] = await select(first, 'SELECT sum(cost) AS cost FROM ml_inferences');
    expect(await select(second, 'SELECT sum(cost) AS cost FROM ml_inferences')).toEqual([cost]);
  } finally {
    await stop([first, second]);
  }
}, 180_000);

test('nobody downstream: all is stored at its usual pace, what is not passed on is counted', async () => {
  const forward = {
    endpoint: 'http://127.0.0.1:1',
    queue: { maxRequests: 10 },
    drainMs: 200,
  };
  const processor = await startProcessor({ config: { forward } });
  try {
    const begun = performance.now();
    const statuses = await Promise.all(
      Array.from({ length: 60 }, (_, index) => send(processor, requests[index % 3]!.bytes, false)),
    );
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(performance.now() - begun).toBeLessThan(8000);
    const [row] = await select<{ n: string }>(processor, 'SELECT count() AS n FROM otel_traces');
    expect(Number(row!.n)).toBe(60 * 200);
    const dropped =
      'plumbline_forward_dropped_items_total{signal="traces",reason="queue_requests"}';
    expect(await metricOf(processor, dropped)).toBe(50 * 200);
    expect(await metricOf(processor, 'plumbline_forward_queue_requests')).toBe(10);
    expect(await metricOf(processor, 'plumbline_forward_retries_total')).toBeGreaterThan(0);
  } finally {
    expect(await processor.stop()).toBe(0);
  }
}, 180_000);
