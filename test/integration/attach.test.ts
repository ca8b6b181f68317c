import { type ClickHouseClient, createClient } from '@clickhouse/client';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createNormalizer } from '../../collector-processor/src/normalize/normalizer';
import { insertBlock } from '../../collector-processor/src/store/insertBlock';
import { isOlderTable } from '../../collector-processor/src/store/checkTables';
import { migrate } from '../../collector-processor/src/store/migrate';
import { TraceDecoder } from '../../collector-processor/src/store/traceBlock';
import { rowsOf } from '../support/clickHouse';
import { startEngine, type TestEngine } from '../support/engine';
import { makeTraceRequest } from '../support/payloads/makeTraceRequest';

/** Before the exporter kept scopes, with the maps, times and durations of its first versions, and a column of an operator. */
const OLDER_TRACES = `CREATE TABLE otel_traces (
  Timestamp DateTime64(6), TraceId String, SpanId String, ParentSpanId String, TraceState String,
  SpanName LowCardinality(String), SpanKind LowCardinality(String), ServiceName LowCardinality(String),
  ResourceAttributes Map(String, String), SpanAttributes Map(String, String), Duration Int64,
  StatusCode LowCardinality(String), StatusMessage String,
  Events Nested (Timestamp DateTime64(6), Name LowCardinality(String), Attributes Map(String, String)),
  Links Nested (TraceId String, SpanId String, TraceState String, Attributes Map(String, String)),
  Region String DEFAULT ResourceAttributes['cloud.region']
) ENGINE = MergeTree ORDER BY (ServiceName, Timestamp)`;

describe('a database that another exporter has made', () => {
  let engine: TestEngine;
  let older: ClickHouseClient;
  let own: ClickHouseClient;
  beforeAll(async () => {
    engine = await startEngine();
    for (const name of ['older', 'own']) {
      await engine.client.command({ query: `CREATE DATABASE ${name}` });
    }
    older = createClient({ url: engine.url, database: 'older' });
    own = createClient({ url: engine.url, database: 'own' });
    await older.command({ query: OLDER_TRACES });
  });
  afterAll(async () => {
    await older.close();
    await own.close();
    await engine.stop();
  });

  test('keeps its table as it is and is written in its shape', async () => {
    const ddl = (): Promise<unknown[]> => rowsOf(older, 'SHOW CREATE TABLE otel_traces');
    const before = await ddl();
    const decoder = new TraceDecoder(createNormalizer(), { price: () => undefined });
    const timeMs = Date.UTC(2026, 10, 20, 12);
    const { bytes } = makeTraceRequest({ seed: 1, spans: 256, mix: 'ml', timeMs });
    for (const client of [older, own]) {
      const report = await migrate({ client, events: { migrationApplied: () => undefined } });
      expect(report.status).toBe('ready');
      const block = decoder.createBlock();
      const request = { signal: 'traces', bytes, tenant: 'default', receivedAtMs: timeMs } as const;
      expect(decoder.decode(request, block)).toMatchObject({ ok: true });
      for (const [table, rows] of block.tables) {
        await insertBlock(client, table, rows.block(), await isOlderTable(client, table));
      }
    }
    expect(await ddl()).toEqual(before);
    const spans = `SELECT toUnixTimestamp64Micro(toDateTime64(Timestamp, 6)) AS us, TraceId, SpanId, SpanKind, ServiceName,
      toUInt64(Duration) AS ns, mapSort(CAST(SpanAttributes, 'Map(String, String)')) AS attributes,
      Events.Name AS events, Links.TraceId AS links FROM otel_traces ORDER BY SpanId`;
    const written = await rowsOf(older, spans);
    expect(written).toHaveLength(256);
    expect(written).toEqual(await rowsOf(own, spans));
  });
});
