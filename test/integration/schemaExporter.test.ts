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

/** On a server before 26.2, where it makes no text indexes. */
const EXPORTER_LOGS = `CREATE TABLE default.otel_logs (
\`Timestamp\` DateTime64(9) COMMENT 'Event timestamp with nanosecond precision' CODEC(Delta(8), ZSTD(1)),
\`TraceId\` String COMMENT 'W3C trace identifier' CODEC(ZSTD(1)),
\`SpanId\` String COMMENT 'W3C span identifier' CODEC(ZSTD(1)),
\`TraceFlags\` UInt8 COMMENT 'W3C trace flags',
\`SeverityText\` LowCardinality(String) COMMENT 'Log severity as text' CODEC(ZSTD(1)),
\`SeverityNumber\` UInt8 COMMENT 'Log severity as number (1-24)',
\`ServiceName\` LowCardinality(String) COMMENT 'Service that emitted the log' CODEC(ZSTD(1)),
\`Body\` String COMMENT 'Log message body' CODEC(ZSTD(1)),
\`ResourceSchemaUrl\` LowCardinality(String) COMMENT 'Schema URL for the resource' CODEC(ZSTD(1)),
\`ResourceAttributes\` Map(LowCardinality(String), String) COMMENT 'Resource attributes as key-value pairs' CODEC(ZSTD(1)),
\`ScopeSchemaUrl\` LowCardinality(String) COMMENT 'Schema URL for the instrumentation scope' CODEC(ZSTD(1)),
\`ScopeName\` String COMMENT 'Instrumentation scope name' CODEC(ZSTD(1)),
\`ScopeVersion\` LowCardinality(String) COMMENT 'Instrumentation scope version' CODEC(ZSTD(1)),
\`ScopeAttributes\` Map(LowCardinality(String), String) COMMENT 'Instrumentation scope attributes' CODEC(ZSTD(1)),
\`LogAttributes\` Map(LowCardinality(String), String) COMMENT 'Log record attributes' CODEC(ZSTD(1)),
\`EventName\` String COMMENT 'Event name for log records representing events' CODEC(ZSTD(1)),
\`__otel_materialized_k8s.cluster.name\` LowCardinality(String) MATERIALIZED ResourceAttributes['k8s.cluster.name'] CODEC(ZSTD(1)),
\`__otel_materialized_k8s.container.name\` LowCardinality(String) MATERIALIZED ResourceAttributes['k8s.container.name'] CODEC(ZSTD(1)),
\`__otel_materialized_k8s.deployment.name\` LowCardinality(String) MATERIALIZED ResourceAttributes['k8s.deployment.name'] CODEC(ZSTD(1)),
\`__otel_materialized_k8s.namespace.name\` LowCardinality(String) MATERIALIZED ResourceAttributes['k8s.namespace.name'] CODEC(ZSTD(1)),
\`__otel_materialized_k8s.node.name\` LowCardinality(String) MATERIALIZED ResourceAttributes['k8s.node.name'] CODEC(ZSTD(1)),
\`__otel_materialized_k8s.pod.name\` LowCardinality(String) MATERIALIZED ResourceAttributes['k8s.pod.name'] CODEC(ZSTD(1)),
\`__otel_materialized_k8s.pod.uid\` LowCardinality(String) MATERIALIZED ResourceAttributes['k8s.pod.uid'] CODEC(ZSTD(1)),
\`__otel_materialized_deployment.environment.name\` LowCardinality(String) MATERIALIZED ResourceAttributes['deployment.environment.name'] CODEC(ZSTD(1)),
INDEX idx_trace_id TraceId TYPE bloom_filter(0.001) GRANULARITY 1,
INDEX idx_res_attr_key mapKeys(ResourceAttributes) TYPE bloom_filter(0.01) GRANULARITY 1,
INDEX idx_res_attr_value mapValues(ResourceAttributes) TYPE bloom_filter(0.01) GRANULARITY 1,
INDEX idx_scope_attr_key mapKeys(ScopeAttributes) TYPE bloom_filter(0.01) GRANULARITY 1,
INDEX idx_scope_attr_value mapValues(ScopeAttributes) TYPE bloom_filter(0.01) GRANULARITY 1,
INDEX idx_log_attr_key mapKeys(LogAttributes) TYPE bloom_filter(0.01) GRANULARITY 1,
INDEX idx_log_attr_value mapValues(LogAttributes) TYPE bloom_filter(0.01) GRANULARITY 1,
INDEX idx_lower_body lower(Body) TYPE tokenbf_v1(32768, 3, 0) GRANULARITY 8)
ENGINE = MergeTree PARTITION BY toDate(Timestamp) ORDER BY (toStartOfFiveMinutes(Timestamp), ServiceName, Timestamp)
SETTINGS index_granularity = 8192, ttl_only_drop_parts = 1`;

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
    ['otel_logs', EXPORTER_LOGS],
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
