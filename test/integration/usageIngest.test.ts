import { type ClickHouseClient, createClient } from '@clickhouse/client';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Processor, startProcessor } from '../support/processor';
import { JSON_TYPE, sendHttp } from '../support/sendHttp';

const MINUTE = 60_000;
const TOKEN = 'gen_ai.client.token.usage';
const DURATION = 'gen_ai.client.operation.duration';

let processor: Processor;
let client: ClickHouseClient;
/** A whole minute that is over. */
const start = Math.floor(Date.now() / MINUTE) * MINUTE - 20 * MINUTE;

type Value = string | number;
type Labels = Readonly<Record<string, Value>>;

const attributes = (labels: Labels) =>
  Object.entries(labels).map(([key, value]) => ({
    key,
    value: typeof value === 'string' ? { stringValue: value } : { doubleValue: value },
  }));
const nanos = (ms: number): string => `${ms}000000`;
const CALL: Labels = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-4o',
  'gen_ai.response.model': 'gpt-4o-2024-08-06',
  'server.address': 'api.openai.com',
};

/** A point of a histogram at minute `at` of a process that began at `start`. */
const point = (at: number, labels: Labels, sum: number, counts: readonly number[]) => ({
  startTimeUnixNano: nanos(start),
  timeUnixNano: nanos(start + at * MINUTE + 500),
  attributes: attributes(labels),
  count: String(counts.reduce((total, count) => total + count, 0)),
  sum,
  bucketCounts: counts.map(String),
  explicitBounds: [0.1, 1, 10],
});
const histogram = (name: string, unit: string, ...dataPoints: unknown[]) => ({
  name,
  unit,
  histogram: { aggregationTemporality: 2, dataPoints },
});
const request = (...metrics: unknown[]) =>
  JSON.stringify({
    resourceMetrics: [
      {
        resource: {
          attributes: attributes({
            'service.name': 'assistant',
            'deployment.environment.name': 'prod',
            'service.instance.id': 'i1',
          }),
        },
        scopeMetrics: [{ scope: { name: 'test' }, metrics }],
      },
    ],
  });
const input: Labels = { ...CALL, 'gen_ai.token.type': 'input' };
const output: Labels = { ...CALL, 'gen_ai.token.type': 'output' };
const ALL = request(
  histogram(
    TOKEN,
    '{token}',
    point(1, input, 1000, [0, 0, 0, 2]),
    point(2, input, 1500, [0, 0, 0, 3]),
    point(1, output, 100, [0, 0, 0, 2]),
    point(2, output, 300, [0, 0, 0, 3]),
    point(1, { ...input, 'gen_ai.operation.name': 'invoke_agent' }, 9999, [0, 0, 0, 9]),
  ),
  histogram(
    DURATION,
    's',
    point(1, CALL, 1, [0, 2, 0, 0]),
    point(2, CALL, 6, [0, 2, 1, 0]),
    point(2, { ...CALL, 'error.type': 'timeout' }, 10, [0, 0, 1, 0]),
  ),
  histogram('gen_ai.server.time_to_first_token', 's', point(1, CALL, 1, [0, 2, 0, 0])),
  histogram('http.server.request.duration', 's', point(1, {}, 1, [1, 0, 0, 0])),
);

const rows = async (query: string): Promise<unknown[]> =>
  (
    await client.query({
      query,
      format: 'JSONEachRow',
      clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
    })
  ).json();
const send = async (body: string): Promise<void> => {
  const answer = await sendHttp(`http://${processor.httpAddress}`, {
    path: '/v1/metrics',
    headers: JSON_TYPE,
    body,
  });
  expect([answer.status, answer.body.toString()]).toEqual([200, '{}']);
};

beforeAll(async () => {
  processor = await startProcessor({ config: { monitor: { everyMs: 200 } } });
  client = createClient({ url: processor.storeUrl });
  await send(ALL);
  // A sender that did not hear the answer sends again, and may order its attributes otherwise.
  await send(ALL);
}, 90_000);
afterAll(async () => {
  await client.close();
  await processor.stop();
}, 60_000);

test('points are stored as reported, each once, with their meaning', async () => {
  const points = await rows(
    `SELECT metric, quantity, bucket, service, environment, model, version, provider, operation, rollup, server_address,
       error_type, cumulative, count, sum, bounds, bucket_counts, time > start_time AS timed
     FROM ml_metric_usage FINAL WHERE time < fromUnixTimestamp64Milli(${start + 2 * MINUTE}) ORDER BY metric, sum DESC`,
  );
  const common = {
    service: 'assistant',
    environment: 'prod',
    model: 'gpt-4o',
    version: 'gpt-4o-2024-08-06',
    provider: 'openai',
    operation: 'chat',
    rollup: 0,
    server_address: 'api.openai.com',
    error_type: '',
    cumulative: 1,
    timed: 1,
  };
  const duration = { ...common, bucket: '', bounds: [100, 1000, 10_000] };
  const tokens = { ...common, metric: TOKEN, quantity: 'tokens', bounds: [0.1, 1, 10] };
  expect(points).toEqual([
    {
      ...duration,
      metric: DURATION,
      quantity: 'duration',
      count: 2,
      sum: 1000,
      bucket_counts: [0, 2, 0, 0],
    },
    {
      ...tokens,
      bucket: 'input',
      operation: 'invoke_agent',
      rollup: 1,
      count: 9,
      sum: 9999,
      bucket_counts: [0, 0, 0, 9],
    },
    { ...tokens, bucket: 'input', count: 2, sum: 1000, bucket_counts: [0, 0, 0, 2] },
    { ...tokens, bucket: 'output', count: 2, sum: 100, bucket_counts: [0, 0, 0, 2] },
    {
      ...duration,
      metric: 'gen_ai.server.time_to_first_token',
      quantity: 'server_ttft',
      count: 2,
      sum: 1000,
      bucket_counts: [0, 2, 0, 0],
    },
  ]);
});

test('they become requests, tokens and cost on the views, marked', async () => {
  const query = `SELECT intDiv(toUnixTimestamp64Milli(time) - ${start}, ${MINUTE}) AS minute, usage_source, service, model, version,
       requests, errors, input_tokens, output_tokens, toString(cost) AS cost, latency_p50_ms AS p50
     FROM v_traffic ORDER BY time`;
  const deadline = Date.now() + 30_000;
  let found = await rows(query);
  while (found.length < 2 && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    found = await rows(query);
  }
  const common = {
    usage_source: 'metrics',
    service: 'assistant',
    model: 'gpt-4o',
    version: 'gpt-4o-2024-08-06',
  };
  // gpt-4o-2024-08-06: $2.50 per million input tokens, $10 per million output tokens.
  expect(found).toEqual([
    {
      ...common,
      minute: 1,
      requests: 2,
      errors: 0,
      input_tokens: 1000,
      output_tokens: 100,
      cost: '0.0035',
      p50: 550,
    },
    {
      ...common,
      minute: 2,
      requests: 2,
      errors: 1,
      input_tokens: 500,
      output_tokens: 200,
      cost: '0.00325',
      p50: expect.any(Number),
    },
  ]);
}, 60_000);
