import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClickHouseClient, createClient } from '@clickhouse/client';
import { freePorts } from '../support/freePorts';
import { metricRequestType } from '../support/otlpMetricProto';
import { logRequestType, traceRequestType } from '../support/otlpProto';
import { type Processor, startProcessor } from '../support/processor';
import { sendHttp } from '../support/sendHttp';

/** One secret for each action, and one that a rule by name hits. */
const SECRETS = {
  mask: 'ann.secret@example.com',
  hash: 'DE89370400440532013000',
  drop: '4111 1111 1111 1111',
  named: 'hunter2-hunter2',
} as const;
const COUNTED = '+49 151 23456789';

let directory: string;
let letters: string;
let processor: Processor;
let client: ClickHouseClient;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'redact-'));
  letters = join(directory, 'letters');
  const [port] = (await freePorts(1)) as [number];
  processor = await startProcessor({
    config: {
      storage: {
        path: join(directory, 'data'),
        embedded: { port },
        deadLetter: { path: letters },
      },
      redact: {
        hashKey: 'a key that nobody knows',
        rules: [
          { name: 'passwords', attributes: ['*password'], action: 'mask' },
          { name: 'mail', detect: ['email'], action: 'mask' },
          { name: 'accounts', detect: ['iban'], action: 'hash' },
          { name: 'cards', detect: ['payment_card'], action: 'drop' },
          { name: 'phones', detect: ['phone'], action: 'count' },
        ],
      },
    },
  });
  client = createClient({ url: `http://127.0.0.1:${port}` });
});
afterAll(async () => {
  await client.close();
  await processor.stop();
  await rm(directory, { recursive: true, force: true });
});

function request(): Buffer {
  const attributes = Object.entries({
    to: `mail ${SECRETS.mask} please`,
    account: SECRETS.hash,
    card: SECRETS.drop,
    'db.password': SECRETS.named,
    phone: COUNTED,
    plain: 'kept',
  }).map(([key, stringValue]) => ({ key, value: { stringValue } }));
  const nanos = `${Date.now()}000000`;
  const span = {
    traceId: Buffer.alloc(16, 1),
    spanId: Buffer.alloc(8, 2),
    name: `pay ${SECRETS.mask}`,
    startTimeUnixNano: nanos,
    endTimeUnixNano: nanos,
    attributes,
    events: [{ name: 'e', timeUnixNano: nanos, attributes }],
    status: { code: 2, message: `no ${SECRETS.hash}` },
  };
  const type = traceRequestType();
  const scopeSpans = [
    { spans: [span, { ...span, name: 'clean', attributes: [], events: [], status: {} }] },
  ];
  return Buffer.from(
    type
      .encode(type.fromObject({ resourceSpans: [{ resource: { attributes }, scopeSpans }] }))
      .finish(),
  );
}

const rowsOf = async (query: string): Promise<Record<string, unknown>[]> =>
  (await client.query({ query, format: 'JSONEachRow' })).json();

test('nothing that was planted reaches the store, the dead letters, the metrics or the log', async () => {
  const answer = await sendHttp(`http://${processor.httpAddress}`, { body: request() });
  expect(answer.status).toBe(200);

  const rows = await rowsOf('SELECT * FROM otel_traces ORDER BY SpanName');
  expect(rows).toHaveLength(2);
  const [clean, paid] = rows as [Record<string, unknown>, Record<string, unknown>];
  const hashed = expect.stringMatching(/^\[iban:[0-9a-f]{16}\]$/) as string;
  const changed = {
    to: 'mail [email] please',
    account: hashed,
    'db.password': '[attribute]',
    phone: COUNTED,
    plain: 'kept',
  };
  const mark = { 'plumbline.redacted': 'attribute,email,iban,payment_card' };
  expect(paid.SpanAttributes).toEqual({ ...changed, ...mark });
  expect(paid.ResourceAttributes).toEqual({ ...changed, ...mark });
  expect(paid['Events.Attributes']).toEqual([changed]);
  expect(paid.SpanName).toBe('pay [email]');
  expect(paid.StatusMessage).toMatch(/^no \[iban:/);
  expect(clean.SpanAttributes).toEqual({});

  // A rule of the table's own makes the engine refuse the rows: the request becomes a dead letter.
  await client.command({
    query: "ALTER TABLE otel_traces ADD CONSTRAINT no CHECK SpanName != 'clean'",
  });
  await sendHttp(`http://${processor.httpAddress}`, { body: request() });
  const kept = readdirSync(letters).filter((name) => name.endsWith('.pb'));
  expect(kept).toHaveLength(1);
  const letter = readFileSync(join(letters, kept[0]!), 'latin1');
  const metrics = await (await fetch(`http://${processor.adminAddress}/metrics`)).text();
  for (const secret of Object.values(SECRETS)) {
    for (const text of [JSON.stringify(rows), metrics, processor.output, letter]) {
      expect(text).not.toContain(secret);
    }
  }
  expect(letter).toContain('mail [email] please');
  for (const line of [
    'plumbline_redacted_values_total{kind="attribute",rule="passwords",action="mask"} 6',
    'plumbline_redacted_values_total{kind="email",rule="mail",action="mask"} 8',
    'plumbline_redacted_values_total{kind="iban",rule="accounts",action="hash"} 8',
    'plumbline_redacted_values_total{kind="payment_card",rule="cards",action="drop"} 6',
    'plumbline_redacted_values_total{kind="phone",rule="phones",action="count"} 6',
  ]) {
    expect(metrics).toContain(line);
  }
}, 120_000);

const KEPT = { 'plumbline.redacted': 'email' };
const toAnn = [{ key: 'to', value: { stringValue: `mail ${SECRETS.mask}` } }];

test('log records are stored without what a rule hits, in body and attributes', async () => {
  const type = logRequestType();
  const nanos = `${Date.now()}000000`;
  const bodies = [
    { stringValue: `wrote to ${SECRETS.mask}` },
    { kvlistValue: { values: toAnn } },
    { stringValue: 'clean' },
  ];
  const logRecords = bodies.map((body, index) => ({
    timeUnixNano: `${BigInt(nanos) + BigInt(index)}`,
    body,
    attributes: index === 0 ? toAnn : [],
  }));
  const plain = { resourceLogs: [{ scopeLogs: [{ logRecords }] }] };
  const body = Buffer.from(type.encode(type.fromObject(plain)).finish());
  const answer = await sendHttp(`http://${processor.httpAddress}`, { path: '/v1/logs', body });
  expect(answer.status).toBe(200);
  const rows = await rowsOf('SELECT Body, LogAttributes FROM otel_logs ORDER BY Timestamp');
  expect(rows).toEqual([
    { Body: 'wrote to [email]', LogAttributes: { to: 'mail [email]', ...KEPT } },
    { Body: '{"to":"mail [email]"}', LogAttributes: KEPT },
    { Body: 'clean', LogAttributes: {} },
  ]);
}, 60_000);

test('data points are stored without what a rule hits, in attributes and exemplars', async () => {
  const timeUnixNano = `${Date.now()}000000`;
  const exemplars = [{ timeUnixNano, asDouble: 1, filteredAttributes: toAnn }];
  const dataPoints = [{ timeUnixNano, asDouble: 2, attributes: toAnn, exemplars }];
  const type = metricRequestType();
  const metrics = [{ name: 'mails', gauge: { dataPoints } }];
  const plain = { resourceMetrics: [{ scopeMetrics: [{ metrics }] }] };
  const body = Buffer.from(type.encode(type.fromObject(plain)).finish());
  const answer = await sendHttp(`http://${processor.httpAddress}`, { path: '/v1/metrics', body });
  expect(answer.status).toBe(200);
  const clean = { to: 'mail [email]', ...KEPT };
  expect(
    await rowsOf(
      'SELECT Attributes, Exemplars.FilteredAttributes AS ofExemplars FROM otel_metrics_gauge',
    ),
  ).toEqual([{ Attributes: clean, ofExemplars: [clean] }]);
}, 60_000);

test('a span with as many attributes as are allowed is stored with the mark on top', async () => {
  const attributes = Array.from({ length: 1023 }, (_, index) => ({
    key: `k${index}`,
    value: { intValue: index },
  }));
  const nanos = `${Date.now()}000000`;
  const span = {
    traceId: Buffer.alloc(16, 3),
    spanId: Buffer.alloc(8, 4),
    name: 'full',
    startTimeUnixNano: nanos,
    endTimeUnixNano: nanos,
    attributes: [...attributes, ...toAnn],
  };
  const type = traceRequestType();
  const plain = { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] };
  const body = Buffer.from(type.encode(type.fromObject(plain)).finish());
  const answer = await sendHttp(`http://${processor.httpAddress}`, { body });
  expect([answer.status, answer.body.length]).toEqual([200, 0]);
  expect(
    await rowsOf(
      "SELECT length(SpanAttributes) AS n, SpanAttributes['to'] AS to FROM otel_traces WHERE SpanName = 'full'",
    ),
  ).toEqual([{ n: 1025, to: 'mail [email]' }]);
}, 60_000);
