import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { insertBlock } from '../../collector-processor/src/store/insertBlock';
import { LogBlock, LogDecoder, NO_OBSERVER } from '../../collector-processor/src/store/logBlock';
import type { LogObserver } from '../../collector-processor/src/store/logBlock';
import { migrate } from '../../collector-processor/src/store/migrate';
import { startEngine, type TestEngine } from '../support/engine';
import { canonical } from '../support/canonical';
import { expectedLogs, STORED_LOGS_SQL, storedLog, type ExpectedLog } from '../support/oracleLogs';
import { logRequestType } from '../support/otlpProto';
import { makeLogRequest } from '../support/payloads/makeLogRequest';
import { startReceivers } from '../support/startReceivers';

type Plain = Record<string, unknown>;
const events = { migrationApplied: () => undefined };
const LIMITS = { maxAttributes: 4, maxNesting: 3, maxEvents: 4 };

const requestOf = (...logRecords: Plain[]): Buffer => {
  const type = logRequestType();
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] };
  const request = { resourceLogs: [{ resource, scopeLogs: [{ logRecords }] }] };
  return Buffer.from(type.encode(type.fromObject(request)).finish());
};
const record = (stringValue: string, more: Plain = {}): Plain => ({
  timeUnixNano: '1700000000000000000',
  body: { stringValue },
  ...more,
});
const nested = (depth: number): Plain =>
  depth === 0 ? { intValue: '1' } : { arrayValue: { values: [nested(depth - 1)] } };
const decode = (decoder: LogDecoder, block: LogBlock, bytes: Uint8Array, tenant = 'default') =>
  decoder.decode({ signal: 'logs', bytes, tenant, receivedAtMs: 0 }, block);

describe('on a real engine', () => {
  let engine: TestEngine;
  const store = (block: LogBlock) => insertBlock(engine.client, 'otel_logs', block.logs.block());
  const read = async <Row>(query: string): Promise<Row[]> =>
    (await engine.client.query({ query, format: 'JSONEachRow' })).json<Row>();
  const bodies = async (): Promise<string[]> =>
    (await read<{ Body: string }>('SELECT Body FROM otel_logs ORDER BY Body')).map(
      ({ Body }) => Body,
    );

  beforeAll(async () => {
    engine = await startEngine();
    await migrate({ client: engine.client, events });
  });
  beforeEach(() => engine.client.command({ query: 'TRUNCATE TABLE otel_logs' }));
  afterAll(() => engine.stop());

  test('a bad record late in a request leaves no row of it, and none of its neighbours is torn', async () => {
    const good = makeLogRequest({ seed: 1, records: 20, timeMs: 1_770_000_000_000 }).bytes;
    const bad = Buffer.concat([good, requestOf(record('late', { traceId: Buffer.alloc(15, 1) }))]);
    const decoder = new LogDecoder(NO_OBSERVER);
    const block = new LogBlock();
    expect(decode(decoder, block, good)).toMatchObject({ ok: true, items: 20 });
    expect(decode(decoder, block, bad)).toEqual({
      ok: false,
      reason: expect.stringContaining('id of 15 bytes') as string,
    });
    expect(block.rows).toBe(20);
    expect(decode(decoder, block, good)).toMatchObject({ ok: true, items: 20 });
    await store(block);
    const stored = (await read<ExpectedLog>(STORED_LOGS_SQL)).map(storedLog).map(canonical).sort();
    expect(stored).toEqual([...expectedLogs(good), ...expectedLogs(good)].map(canonical).sort());
  });

  test('records over a limit are left out one by one and counted', async () => {
    const many = ['a', 'b', 'c', 'd', 'e'].map((key) => ({ key, value: { boolValue: true } }));
    const bytes = requestOf(
      record('first'),
      record('many', { attributes: many }),
      { body: nested(LIMITS.maxNesting + 1) },
      record('deep', { attributes: [{ key: 'k', value: nested(LIMITS.maxNesting + 1) }] }),
      { body: nested(LIMITS.maxNesting) },
      record('last', { attributes: many.slice(1) }),
    );
    const decoder = new LogDecoder(NO_OBSERVER, LIMITS);
    const block = decoder.createBlock();
    expect(decode(decoder, block, bytes)).toEqual({
      ok: true,
      items: 3,
      rejected: 3,
      reason: expect.stringContaining('nested deeper than 3') as string,
    });
    await store(block);
    expect(await bodies()).toEqual(['[[[1]]]', 'first', 'last']);
  });

  test('a tenant is written on its own resources only, and never over what the service sent', async () => {
    const decoder = new LogDecoder(NO_OBSERVER);
    const block = decoder.createBlock();
    decode(decoder, block, requestOf(record('a'), record('b')), 'blue');
    decode(decoder, block, requestOf(record('c')));
    await store(block);
    expect(
      await read(
        "SELECT Body, ResourceAttributes['plumbline.tenant'] AS t FROM otel_logs ORDER BY Body",
      ),
    ).toEqual([
      { Body: 'a', t: 'blue' },
      { Body: 'b', t: 'blue' },
      { Body: 'c', t: '' },
    ]);
  });

  test('a table of an exporter up to v0.150 is written in its own shape', async () => {
    const older = `CREATE TABLE older_logs (
      Timestamp DateTime64(9), TimestampTime DateTime DEFAULT toDateTime(Timestamp), TraceId String, SpanId String,
      TraceFlags UInt32, SeverityText LowCardinality(String), SeverityNumber Int32, ServiceName LowCardinality(String),
      Body String, ResourceSchemaUrl String, ResourceAttributes Map(LowCardinality(String), String), ScopeSchemaUrl String,
      ScopeName String, ScopeVersion String, ScopeAttributes Map(LowCardinality(String), String),
      LogAttributes Map(LowCardinality(String), String)
    ) ENGINE = MergeTree PARTITION BY toDate(TimestampTime) PRIMARY KEY (ServiceName, TimestampTime)
    ORDER BY (ServiceName, TimestampTime, Timestamp)`;
    await engine.client.command({ query: older });
    const decoder = new LogDecoder(NO_OBSERVER);
    const block = decoder.createBlock();
    decode(decoder, block, requestOf(record('a', { severityNumber: 9, flags: 1, eventName: 'e' })));
    await insertBlock(engine.client, 'older_logs', block.logs.block(), true);
    expect(
      await read(
        'SELECT Body, TimestampTime = toDateTime(Timestamp) AS same, SeverityNumber, TraceFlags, ServiceName FROM older_logs',
      ),
    ).toEqual([{ Body: 'a', same: 1, SeverityNumber: 9, TraceFlags: 1, ServiceName: 'shop' }]);
  });
});

test('an observer sees name, severity, ids, time, attributes and body of each record', () => {
  const seen: unknown[] = [];
  const planned: string[] = [];
  const observer: LogObserver = {
    plans: {
      resource: () => undefined,
      record: (keys) => keys.join(),
      body: (keys) => planned.push(keys.join()),
    },
    record(view, { tenant }, block) {
      const opened = view.openBody();
      const { body, bodyAttributes } = view;
      seen.push({
        tenant,
        row: block.rows,
        event: view.text(view.eventName),
        severity: view.severityNumber,
        hasIds: [view.traceIdAt >= 0, view.spanIdAt >= 0],
        timeMs: view.timeMs,
        plan: view.attributes.shape.plan,
        body: opened
          ? bodyAttributes.shape.keys.map((key, index) => [key, bodyAttributes.number(index)])
          : view.values.format(body),
      });
    },
  };
  const features = { values: ['f1', 'f2'].map((key) => ({ key, value: { doubleValue: 0.5 } })) };
  const attributes = [{ key: 'ml.model.name', value: { stringValue: 'm' } }];
  const decoder = new LogDecoder(observer);
  const block = decoder.createBlock();
  decode(
    decoder,
    block,
    requestOf(
      record('text', { severityNumber: -3 }),
      record('', {
        eventName: 'ml.prediction',
        body: { kvlistValue: features },
        attributes,
        traceId: Buffer.alloc(16, 1),
        spanId: Buffer.alloc(8, 1),
        timeUnixNano: '1700000000123999999',
      }),
      record('', { body: { kvlistValue: features } }),
    ),
    'blue',
  );
  const timeMs = 1_700_000_000_000;
  const none = { tenant: 'blue', event: '', severity: 0, hasIds: [false, false], timeMs, plan: '' };
  const body = [
    ['f1', 0.5],
    ['f2', 0.5],
  ];
  expect(seen).toEqual([
    { ...none, row: 0, severity: -3, body: 'text' },
    {
      ...none,
      row: 1,
      event: 'ml.prediction',
      hasIds: [true, true],
      timeMs: timeMs + 123,
      plan: 'ml.model.name',
      body,
    },
    { ...none, row: 2, body },
  ]);
  // Once for the list of keys, not for each record.
  expect(planned).toEqual(['f1,f2']);
});

describe.each(['grpc', 'proto', 'http'])('the JavaScript SDK over %s', (protocol) => {
  test.each(['none', 'gzip'])('with compression %s', async (compression) => {
    const receivers = await startReceivers();
    const url =
      protocol === 'grpc' ? `http://${receivers.grpcAddress}` : `${receivers.httpUrl}/v1/logs`;
    const script = join(__dirname, '../support/exportOneLog.mjs');
    try {
      await promisify(execFile)(process.execPath, [script, protocol, url, compression]);
    } finally {
      await receivers.stop();
    }
    const { requests } = receivers.consumer;
    expect(requests.map(({ signal }) => signal)).toEqual(['logs']);
    expect(expectedLogs(requests[0]!.bytes)).toEqual([
      expect.objectContaining({
        timestamp: '1700000000000000001',
        severityNumber: 17,
        severityText: 'ERROR',
        serviceName: 'shop',
        scopeName: 'test',
        eventName: 'order.failed',
        body: '{"reason":"grüße","tries":3}',
        logAttributes: [
          ['code', '4294967299'],
          ['share', '0.25'],
          ['tags', '["a","b"]'],
        ],
      }),
    ]);
    expect(receivers.refusals).toEqual([]);
  });
});
