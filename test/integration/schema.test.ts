import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  ML_ALERT_EVENTS_COLUMNS,
  ML_AUDIT_COLUMNS,
  ML_BASELINES_COLUMNS,
  ML_BINS_COLUMNS,
  ML_FEATURE_WINDOWS_COLUMNS,
  ML_DRIFT_COLUMNS,
  ML_INFERENCES_COLUMNS,
  ML_METRIC_USAGE_COLUMNS,
  ML_MODEL_EVENTS_COLUMNS,
  ML_MODEL_VERSIONS_COLUMNS,
  ML_MODEL_METADATA_COLUMNS,
  ML_MODELS_COLUMNS,
  ML_PERFORMANCE_COLUMNS,
  ML_QUALITY_COLUMNS,
  ML_PRICES_COLUMNS,
  ML_RECORD_COLUMNS,
  ML_SPAN_HOURS_COLUMNS,
  ML_STAGE_CHANGES_COLUMNS,
  ML_TRAFFIC_WINDOWS_COLUMNS,
  ML_USAGE_WINDOWS_COLUMNS,
  OTEL_LOGS_COLUMNS,
  OTEL_LOGS_MATERIALIZED,
  OTEL_METRICS_COLUMNS,
  OTEL_TRACES_COLUMNS,
  OTEL_TRACES_TRACE_ID_TS_COLUMNS,
  VIEWS,
  type Column,
  loadMigrations,
} from '@plumbline/schemas';
import { createClient } from '@clickhouse/client';
import { migrate } from '../../collector-processor/src/store/migrate';
import { reconcileRetention } from '../../collector-processor/src/store/retention';
import { startEngine, type TestEngine } from '../support/engine';

let engine: TestEngine;
const applied: string[] = [];
const events = {
  migrationApplied: ({ name }: { name: string }): void => {
    applied.push(name);
  },
};
const read = async <Row>(query: string): Promise<Row[]> =>
  (await engine.client.query({ query, format: 'JSONEachRow' })).json<Row>();
const run = (query: string) => engine.client.command({ query });

const describeTable = async (name: string): Promise<Column[]> =>
  (await read<{ name: string; type: string }>(`DESCRIBE TABLE ${name}`)).map(
    (column) => [column.name, column.type] as const,
  );

beforeAll(async () => {
  engine = await startEngine();
});
afterAll(async () => {
  await engine.stop();
});

describe('migrate', () => {
  test('two replicas that start together make one schema', async () => {
    const reports = await Promise.all([
      migrate({ client: engine.client, events }),
      migrate({ client: engine.client, events }),
    ]);
    expect(reports.map(({ status }) => status)).toEqual(['ready', 'ready']);
    const records = await read<{ number: number }>(
      'SELECT DISTINCT number, name, checksum FROM ml_migrations ORDER BY number',
    );
    expect(records.map(({ number }) => number)).toEqual(
      loadMigrations().map(({ number }) => number),
    );
  });

  test('a second start applies nothing', async () => {
    applied.length = 0;
    expect(await migrate({ client: engine.client, events })).toEqual({
      status: 'ready',
      applied: [],
    });
    expect(applied).toEqual([]);
  });

  test('a new migration is applied alone, with comments and semicolons in it', async () => {
    const migrations = [
      ...loadMigrations(),
      {
        number: 99,
        name: 'note',
        checksum: 'a',
        statements: ["CREATE TABLE note (x String DEFAULT ';--') ENGINE = Memory"],
      },
    ];
    expect(await migrate({ client: engine.client, events, migrations })).toEqual({
      status: 'ready',
      applied: ['0099_note'],
    });
    expect(applied).toEqual(['0099_note']);
  });

  test('a schema that this binary does not know is refused', async () => {
    const report = await migrate({ client: engine.client, events });
    expect(report).toEqual({
      status: 'refused',
      reason: expect.stringContaining('0099_note, which this version of Plumbline does not know'),
    });
    await run('ALTER TABLE ml_migrations DELETE WHERE number = 99 SETTINGS mutations_sync = 2');
  });

  test('a changed checksum of an applied migration is refused', async () => {
    const [first, ...others] = loadMigrations();
    const migrations = [{ ...first!, checksum: 'changed' }, ...others];
    const report = await migrate({ client: engine.client, events, migrations });
    expect(report).toEqual({
      status: 'refused',
      reason: expect.stringContaining('0001_otel_traces is not the one that was applied'),
    });
  });

  test('a start that was cut short is finished by the next', async () => {
    await run('ALTER TABLE ml_migrations DELETE WHERE number >= 4 SETTINGS mutations_sync = 2');
    await run('DROP VIEW v_models');
    const report = await migrate({ client: engine.client, events });
    expect(report.status).toBe('ready');
    expect(await describeTable('v_models')).toHaveLength(VIEWS.v_models.length);
  });

  test('a table of an exporter with JSON attributes is refused, with what to do', async () => {
    await run('CREATE DATABASE json_exporter');
    const client = createClient({ url: engine.url, database: 'json_exporter' });
    await client.command({
      query:
        'CREATE TABLE otel_traces (Timestamp DateTime64(9), TraceId String, SpanAttributes JSON) ENGINE = MergeTree ORDER BY Timestamp',
    });
    const [migration] = loadMigrations();
    const report = await migrate({
      client,
      events,
      migrations: [{ ...migration!, statements: migration!.statements.slice(0, 1) }],
    });
    expect(report).toEqual({
      status: 'refused',
      reason: expect.stringContaining('storage.database'),
    });
    await client.close();
  });

  test('so is one of logs, and one that lacks columns', async () => {
    await run('CREATE DATABASE other_logs');
    const client = createClient({ url: engine.url, database: 'other_logs' });
    const create = (columns: string) =>
      client.command({
        query: `CREATE OR REPLACE TABLE otel_logs (Timestamp DateTime64(9), ${columns}) ENGINE = MergeTree ORDER BY Timestamp`,
      });
    await create('LogAttributes JSON');
    const report = await migrate({ client, events, migrations: [] });
    expect(report).toEqual({
      status: 'refused',
      reason: expect.stringContaining('otel_logs has JSON attributes'),
    });
    await create('Body String');
    expect(await migrate({ client, events, migrations: [] })).toEqual({
      status: 'refused',
      reason: expect.stringContaining('otel_logs lacks the columns TraceId, SpanId,'),
    });
    await client.close();
  });
});

describe('declared columns', () => {
  test.each<[string, readonly Column[]]>([
    ['otel_traces', OTEL_TRACES_COLUMNS],
    ['otel_traces_trace_id_ts', OTEL_TRACES_TRACE_ID_TS_COLUMNS],
    ...Object.entries(OTEL_METRICS_COLUMNS),
    ['otel_logs', [...OTEL_LOGS_COLUMNS, ...OTEL_LOGS_MATERIALIZED]],
    ['ml_inferences', ML_INFERENCES_COLUMNS],
    ['ml_prices', ML_PRICES_COLUMNS],
    ['ml_models', ML_MODELS_COLUMNS],
    ['ml_model_versions', ML_MODEL_VERSIONS_COLUMNS],
    ['ml_model_events', ML_MODEL_EVENTS_COLUMNS],
    ['ml_traffic_windows', ML_TRAFFIC_WINDOWS_COLUMNS],
    ['ml_bins', ML_BINS_COLUMNS],
    ['ml_baselines', ML_BASELINES_COLUMNS],
    ['ml_feature_windows', ML_FEATURE_WINDOWS_COLUMNS],
    ['ml_drift', ML_DRIFT_COLUMNS],
    ...Object.entries<readonly Column[]>(ML_RECORD_COLUMNS),
    ['ml_stage_changes', ML_STAGE_CHANGES_COLUMNS],
    ['ml_model_metadata', ML_MODEL_METADATA_COLUMNS],
    ['ml_alert_events', ML_ALERT_EVENTS_COLUMNS],
    ['ml_audit', ML_AUDIT_COLUMNS],
    ['ml_metric_usage', ML_METRIC_USAGE_COLUMNS],
    ['ml_usage_windows', ML_USAGE_WINDOWS_COLUMNS],
    ['ml_span_hours', ML_SPAN_HOURS_COLUMNS],
    ['ml_performance', ML_PERFORMANCE_COLUMNS],
    ['ml_quality', ML_QUALITY_COLUMNS],
    ...Object.entries<readonly Column[]>(VIEWS),
  ])('%s has exactly the declared names, types and order', async (name, columns) => {
    expect(await describeTable(name)).toEqual(columns);
  });

  test('every view starts with time, tenant, environment, model, version', () => {
    for (const columns of Object.values<readonly Column[]>(VIEWS)) {
      expect(columns.slice(0, 5).map(([name]) => name)).toEqual([
        'time',
        'tenant',
        'environment',
        'model',
        'version',
      ]);
      expect(columns[0]![1]).toBe('DateTime64(3)');
    }
  });
});

describe('reconcileRetention', () => {
  const ttlOf = async (table: string): Promise<string | undefined> => {
    const [row] = await read<{ ddl: string }>(
      `SELECT engine_full AS ddl FROM system.tables WHERE database = currentDatabase() AND name = '${table}'`,
    );
    return /TTL .*(?= SETTINGS)/.exec(row!.ddl)?.[0];
  };

  test('sets, changes and removes what differs, and says what it was', async () => {
    const first = { otel_traces: 30, ml_inferences: 90, ml_traffic_windows: null };
    expect(await reconcileRetention(engine.client, first)).toEqual([
      { table: 'otel_traces', before: null, after: 30 },
      { table: 'otel_traces_trace_id_ts', before: null, after: 30 },
      { table: 'ml_inferences', before: null, after: 90 },
    ]);
    expect(await ttlOf('otel_traces')).toBe('TTL toDateTime(Timestamp) + toIntervalDay(30)');
    expect(await ttlOf('otel_traces_trace_id_ts')).toBe(
      'TTL toDateTime(Start) + toIntervalDay(30)',
    );
    expect(await reconcileRetention(engine.client, first)).toEqual([]);
    expect(
      await reconcileRetention(engine.client, { ...first, otel_traces: 7, ml_inferences: null }),
    ).toEqual([
      { table: 'otel_traces', before: 30, after: 7 },
      { table: 'otel_traces_trace_id_ts', before: 30, after: 7 },
      { table: 'ml_inferences', before: 90, after: null },
    ]);
    expect(await ttlOf('ml_inferences')).toBeUndefined();
  });

  test('logs are kept by their own time', async () => {
    expect(await reconcileRetention(engine.client, { otel_logs: 14 })).toEqual([
      { table: 'otel_logs', before: null, after: 14 },
    ]);
    expect(await ttlOf('otel_logs')).toBe('TTL toDateTime(Timestamp) + toIntervalDay(14)');
  });

  test('metrics are kept by their own time', async () => {
    expect(await reconcileRetention(engine.client, { otel_metrics_sum: 90 })).toEqual([
      { table: 'otel_metrics_sum', before: null, after: 90 },
    ]);
    expect(await ttlOf('otel_metrics_sum')).toBe('TTL toDateTime(TimeUnix) + toIntervalDay(90)');
    expect(await ttlOf('otel_metrics_gauge')).toBeUndefined();
  });

  test("an exporter's own TTL is told, changed when configured, left alone when not", async () => {
    await run('ALTER TABLE otel_traces MODIFY TTL toDateTime(Timestamp) + toIntervalHour(72)');
    expect(await reconcileRetention(engine.client, { otel_traces: null })).toEqual([]);
    expect(await reconcileRetention(engine.client, { otel_traces: 3 })).toEqual([
      { table: 'otel_traces', before: 'toDateTime(Timestamp) + toIntervalHour(72)', after: 3 },
      { table: 'otel_traces_trace_id_ts', before: 7, after: 3 },
    ]);
  });
});
