import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { OTEL_TRACES_COLUMNS } from '@plumbline/schemas';
import { migrate } from '../../collector-processor/src/store/migrate';
import { startEngine, type TestEngine } from '../support/engine';

/** What the server shows after a start of the Collector's exporter v0.161.0. */
const EXPORTER_TRACES = `CREATE TABLE default.otel_traces (
\`Timestamp\` DateTime64(9) CODEC(Delta(8), ZSTD(1)), \`TraceId\` String CODEC(ZSTD(1)), \`SpanId\` String CODEC(ZSTD(1)),
\`ParentSpanId\` String CODEC(ZSTD(1)), \`TraceState\` String CODEC(ZSTD(1)), \`SpanName\` LowCardinality(String) CODEC(ZSTD(1)),
\`SpanKind\` LowCardinality(String) CODEC(ZSTD(1)), \`ServiceName\` LowCardinality(String) CODEC(ZSTD(1)),
\`ResourceAttributes\` Map(LowCardinality(String), String) CODEC(ZSTD(1)), \`ScopeName\` String CODEC(ZSTD(1)),
\`ScopeVersion\` String CODEC(ZSTD(1)), \`SpanAttributes\` Map(LowCardinality(String), String) CODEC(ZSTD(1)),
\`Duration\` UInt64 CODEC(ZSTD(1)), \`StatusCode\` LowCardinality(String) CODEC(ZSTD(1)), \`StatusMessage\` String CODEC(ZSTD(1)),
\`Events.Timestamp\` Array(DateTime64(9)) CODEC(ZSTD(1)), \`Events.Name\` Array(LowCardinality(String)) CODEC(ZSTD(1)),
\`Events.Attributes\` Array(Map(LowCardinality(String), String)) CODEC(ZSTD(1)), \`Links.TraceId\` Array(String) CODEC(ZSTD(1)),
\`Links.SpanId\` Array(String) CODEC(ZSTD(1)), \`Links.TraceState\` Array(String) CODEC(ZSTD(1)),
\`Links.Attributes\` Array(Map(LowCardinality(String), String)) CODEC(ZSTD(1)),
INDEX idx_trace_id TraceId TYPE bloom_filter(0.001) GRANULARITY 1,
INDEX idx_res_attr_key mapKeys(ResourceAttributes) TYPE bloom_filter(0.01) GRANULARITY 1,
INDEX idx_res_attr_value mapValues(ResourceAttributes) TYPE bloom_filter(0.01) GRANULARITY 1,
INDEX idx_span_attr_key mapKeys(SpanAttributes) TYPE bloom_filter(0.01) GRANULARITY 1,
INDEX idx_span_attr_value mapValues(SpanAttributes) TYPE bloom_filter(0.01) GRANULARITY 1,
INDEX idx_duration Duration TYPE minmax GRANULARITY 1)
ENGINE = MergeTree PARTITION BY toDate(Timestamp) ORDER BY (ServiceName, SpanName, toDateTime(Timestamp))
SETTINGS index_granularity = 8192, ttl_only_drop_parts = 1`;
const EXPORTER_TRACE_IDS = `CREATE TABLE default.otel_traces_trace_id_ts (
\`TraceId\` String CODEC(ZSTD(1)), \`Start\` DateTime CODEC(Delta(4), ZSTD(1)), \`End\` DateTime CODEC(Delta(4), ZSTD(1)),
INDEX idx_trace_id TraceId TYPE bloom_filter(0.01) GRANULARITY 1)
ENGINE = MergeTree PARTITION BY toDate(Start) ORDER BY (TraceId, Start)
SETTINGS index_granularity = 8192, ttl_only_drop_parts = 1`;
const EXPORTER_VIEW = `CREATE MATERIALIZED VIEW default.otel_traces_trace_id_ts_mv TO default.otel_traces_trace_id_ts (
\`TraceId\` String, \`Start\` DateTime64(9), \`End\` DateTime64(9))
AS SELECT TraceId, min(Timestamp) AS Start, max(Timestamp) AS End FROM default.otel_traces WHERE TraceId != '' GROUP BY TraceId`;

let engine: TestEngine;
const read = async <Row>(query: string): Promise<Row[]> =>
  (await engine.client.query({ query, format: 'JSONEachRow' })).json<Row>();

beforeAll(async () => {
  engine = await startEngine();
  await migrate({ client: engine.client, events: { migrationApplied: () => undefined } });
});
afterAll(async () => {
  await engine.stop();
});

describe("tables shared with the Collector's ClickHouse exporter", () => {
  test.each([
    ['otel_traces', EXPORTER_TRACES],
    ['otel_traces_trace_id_ts', EXPORTER_TRACE_IDS],
    ['otel_traces_trace_id_ts_mv', EXPORTER_VIEW],
  ])('%s is what the exporter makes', async (name, ddl) => {
    const [table] = await read<{ ddl: string }>(
      `SELECT create_table_query AS ddl FROM system.tables WHERE database = 'default' AND name = '${name}'`,
    );
    expect(table!.ddl).toBe(ddl.replaceAll('(\n', '(').replaceAll('\n', ' '));
  });

  test("the exporter's insert names the declared columns; the times of a trace follow", async () => {
    const columns = OTEL_TRACES_COLUMNS.map(([name]) => name);
    const span = (second: number) => [
      `2026-11-01 00:00:0${second}.5`,
      'trace',
      `span${second}`,
      '',
      '',
      'GET /',
      'Server',
      'shop',
      { 'service.name': 'shop' },
      'scope',
      '1',
      { 'http.route': '/' },
      1000,
      'Ok',
      '',
      ['2026-11-01 00:00:01'],
      ['exception'],
      [{ a: 'b' }],
      [],
      [],
      [],
      [],
    ];
    await engine.client.insert({
      table: 'otel_traces',
      columns: columns as [string, ...string[]],
      values: [span(1), span(7)],
      format: 'JSONCompactEachRow',
    });
    expect(
      await read(
        "SELECT toString(min(Start)) AS start, toString(max(End)) AS end FROM otel_traces_trace_id_ts WHERE TraceId = 'trace'",
      ),
    ).toEqual([{ start: '2026-11-01 00:00:01', end: '2026-11-01 00:00:07' }]);
  });
});
