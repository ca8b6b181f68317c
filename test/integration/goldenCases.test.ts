import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type ClickHouseClient, createClient } from '@clickhouse/client';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { jsonToRequest } from '../support/jsonToRequest';
import { metricRequestType } from '../support/otlpMetricProto';
import { logRequestType, traceRequestType } from '../support/otlpProto';
import { type Processor, startProcessor } from '../support/processor';
import {
  EXPORT_LOGS,
  EXPORT_METRICS,
  EXPORT_TRACES,
  grpcFrame,
  rawGrpcCall,
  withSession,
} from '../support/rawGrpcCall';
import { JSON_TYPE, sendHttp } from '../support/sendHttp';

/**
 * What services send and what must be in the store for it, on the real processor and engine. A case is a folder:
 * `input.json` (or `input.1.json`, `input.2.json`: requests one after the other) in OTLP/JSON, `query.sql`, and the rows
 * it must give in `expected.json`, worked out by hand from docs/conventions.md.
 */
const DIRECTORY = resolve(__dirname, '../cases');
/** Where each signal is sent; its cases are in the folder of its name. */
const SIGNALS = {
  traces: { path: '/v1/traces', method: EXPORT_TRACES, type: traceRequestType },
  logs: { path: '/v1/logs', method: EXPORT_LOGS, type: logRequestType },
  metrics: { path: '/v1/metrics', method: EXPORT_METRICS, type: metricRequestType },
} as const;
type Signal = keyof typeof SIGNALS;
const ENCODINGS = ['grpc-protobuf', 'http-json'] as const;
type Encoding = (typeof ENCODINGS)[number];

interface Case {
  /** Signal and folder. */
  readonly name: string;
  readonly inputs: readonly string[];
  readonly query: string;
  readonly expected: readonly unknown[];
}

const read = (...path: string[]): string => readFileSync(join(DIRECTORY, ...path), 'utf8');

const casesOf = (signal: Signal): Case[] =>
  readdirSync(join(DIRECTORY, signal), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({
      name: `${signal}/${name}`,
      inputs: readdirSync(join(DIRECTORY, signal, name))
        .filter((file) => /^input(\.\d+)?\.json$/.test(file))
        .toSorted()
        .map((file) => read(signal, name, file)),
      query: read(signal, name, 'query.sql'),
      expected: JSON.parse(read(signal, name, 'expected.json')) as unknown[],
    }));

const CASES: readonly Case[] = (Object.keys(SIGNALS) as Signal[]).flatMap(casesOf);

/** What a request holds decides where it is sent to: a case may need requests of several signals. */
const signalOf = (input: string): Signal =>
  input.includes('"resourceLogs"')
    ? 'logs'
    : input.includes('"resourceMetrics"')
      ? 'metrics'
      : 'traces';

/** Sent last: an agent without calls. Once it counts, the rollup pass has looked at all that was sent before it. */
const LAST = CASES.find(({ name }) => name === 'traces/agentAlone')!;
const LAST_TENANT = 'last';
const SETTLED_WITHIN_MS = 90_000;

/** Each case and encoding has a tenant of its own, so that all can be in the store together. */
const tenantOf = ({ name }: Case, encoding: Encoding): string => `${name}-${encoding}`;
const TENANTS = [
  ...CASES.flatMap((one) => ENCODINGS.map((encoding) => tenantOf(one, encoding))),
  LAST_TENANT,
];

let processor: Processor;
let client: ClickHouseClient;
let stop = (): Promise<void> => Promise.resolve();

async function send(input: string, encoding: Encoding, tenant: string): Promise<void> {
  const { path, method, type } = SIGNALS[signalOf(input)];
  const headers = { authorization: `Bearer ${tenant}` };
  if (encoding === 'http-json') {
    const url = `http://${processor.httpAddress}`;
    const answer = await sendHttp(url, {
      path,
      headers: { ...JSON_TYPE, ...headers },
      body: input,
    });
    expect([answer.status, answer.body.toString()]).toEqual([200, '{}']);
    return;
  }
  const frames = [grpcFrame(jsonToRequest(type(), input))];
  const answer = await withSession(processor.grpcAddress, (session) =>
    rawGrpcCall(session, { path: method, headers, frames }),
  );
  expect([answer.code, answer.body]).toEqual([0, grpcFrame(Buffer.alloc(0))]);
}

async function rowsOf(query: string, tenant: string): Promise<unknown[]> {
  const answer = await client.query({
    query,
    query_params: { tenant },
    format: 'JSONEachRow',
    clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
  });
  return answer.json();
}

async function untilSettled(): Promise<void> {
  const deadline = Date.now() + SETTLED_WITHIN_MS;
  for (;;) {
    const rows = await rowsOf(LAST.query, LAST_TENANT);
    if (JSON.stringify(rows) === JSON.stringify(LAST.expected)) return;
    if (Date.now() > deadline) {
      throw new Error(`not settled after ${SETTLED_WITHIN_MS} ms: ${JSON.stringify(rows)}`);
    }
    await new Promise((done) => setTimeout(done, 50));
  }
}

beforeAll(async () => {
  processor = await startProcessor({
    config: {
      prices: { overrideFile: join(DIRECTORY, 'traces', 'prices.yaml') },
      // Without long pauses: each tenant has windows of every kind to compute.
      monitor: { everyMs: 200, maxShare: 1 },
    },
    tokens: TENANTS.map((tenant) => ({ token: tenant, tenant })),
  });
  client = createClient({ url: processor.storeUrl });
  stop = async () => {
    await client.close();
    await processor.stop();
  };
  for (const one of CASES) {
    for (const encoding of ENCODINGS) {
      for (const input of one.inputs) {
        await send(input, encoding, tenantOf(one, encoding));
      }
    }
  }
  for (const input of LAST.inputs) await send(input, 'http-json', LAST_TENANT);
  await untilSettled();
}, 180_000);

afterAll(async () => {
  await stop();
}, 60_000);

describe.each(CASES)('$name', (one) => {
  test.each(ENCODINGS)('over %s', async (encoding) => {
    expect(await rowsOf(one.query, tenantOf(one, encoding))).toEqual(one.expected);
  });
});

test('every kind of case is there', () => {
  expect(casesOf('traces').length).toBeGreaterThanOrEqual(20);
  expect(casesOf('logs').length).toBeGreaterThanOrEqual(5);
  expect(casesOf('metrics').length).toBeGreaterThanOrEqual(7);
});
