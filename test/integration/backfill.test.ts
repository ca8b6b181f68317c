import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type ClickHouseClient, createClient } from '@clickhouse/client';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadMigrations } from '@plumbline/schemas';
import { configuredPrices } from '../../collector-processor/src/configuredPrices';
import { createPricer } from '../../collector-processor/src/enrich/price/pricer';
import { createWindowJob } from '../../collector-processor/src/monitor/windowJob';
import { WINDOW_JOB_DEFAULTS } from '../../collector-processor/src/monitor/windowJobSettings';
import { createNormalizer } from '../../collector-processor/src/normalize/normalizer';
import { insertBlock } from '../../collector-processor/src/store/insertBlock';
import { migrate } from '../../collector-processor/src/store/migrate';
import {
  type Pricer,
  type TraceBlock,
  TraceDecoder,
} from '../../collector-processor/src/store/traceBlock';
import { rowsOf } from '../support/clickHouse';
import { startEngine, type TestEngine } from '../support/engine';
import { jsonToRequest } from '../support/jsonToRequest';
import { traceRequestType } from '../support/otlpProto';
import { makeTraceRequest } from '../support/payloads/makeTraceRequest';

const MAIN = join(
  dirname(require.resolve('@plumbline/collector-processor/package.json')),
  'dist/main.js',
);
const CASES = resolve(__dirname, '../cases/traces');
const PRICES = join(CASES, 'prices.yaml');
const NO_EVENTS = { migrationApplied: (): void => undefined };
/** What tells when a row came, not what it says. */
const COMPARED = '* EXCEPT (received_at, written_at, row_version)';
const RANGE = ['--from', '2020-01-01', '--to', '2100-01-01'];

/** An exporter's table of some years ago: other types for maps, times and durations. */
const OLDER_TRACES = `CREATE TABLE otel_traces (
  Timestamp DateTime64(6), TraceId String, SpanId String, ParentSpanId String, TraceState String,
  SpanName LowCardinality(String), SpanKind LowCardinality(String), ServiceName LowCardinality(String),
  ResourceAttributes Map(String, String), ScopeName String, ScopeVersion String, SpanAttributes Map(String, String),
  Duration Int64, StatusCode LowCardinality(String), StatusMessage String,
  Events Nested (Timestamp DateTime64(6), Name LowCardinality(String), Attributes Map(String, String)),
  Links Nested (TraceId String, SpanId String, TraceState String, Attributes Map(String, String))
) ENGINE = MergeTree PARTITION BY toDate(Timestamp) ORDER BY (ServiceName, SpanName, toUnixTimestamp(Timestamp), TraceId)`;

let engine: TestEngine;
let folder: string;
const clients: ClickHouseClient[] = [];
const databaseNamed = async (name: string): Promise<ClickHouseClient> => {
  await engine.client.command({ query: `CREATE DATABASE ${name}` });
  const client = createClient({ url: engine.url, database: name });
  clients.push(client);
  return client;
};

/** Requests of every golden case, and of the load that figures are stated for, each with its tenant. */
function* requests(): Generator<{ bytes: Uint8Array; tenant: string }> {
  for (const entry of readdirSync(CASES, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const files = readdirSync(join(CASES, entry.name)).filter((file) => file.startsWith('input'));
    for (const file of files) {
      const json = readFileSync(join(CASES, entry.name, file), 'utf8');
      if (!json.includes('"resourceSpans"')) continue;
      yield { bytes: jsonToRequest(traceRequestType(), json), tenant: entry.name };
    }
  }
  for (let seed = 1; seed <= 4; seed++) {
    const timeMs = Date.UTC(2026, 10, 17 + seed, 12);
    const { bytes } = makeTraceRequest({
      seed,
      spans: 512,
      mix: seed === 4 ? 'plain' : 'ml',
      timeMs,
    });
    yield { bytes, tenant: 'default' };
  }
}

/** Decodes and inserts as the service does. */
async function store(
  client: ClickHouseClient,
  pricer: Pricer,
  tables: (block: TraceBlock) => TraceBlock['tables'],
): Promise<TraceBlock> {
  const decoder = new TraceDecoder(createNormalizer(), pricer);
  const block = decoder.createBlock();
  for (const { bytes, tenant } of requests()) {
    const request = { signal: 'traces', bytes, tenant, receivedAtMs: Date.now() } as const;
    expect(decoder.decode(request, block)).toMatchObject({ ok: true, rejected: 0 });
  }
  for (const [table, rows] of tables(block)) await insertBlock(client, table, rows.block());
  return block;
}

const run = (
  database: string,
  ...args: string[]
): Promise<{ code: number; out: string; error: string }> =>
  new Promise((done) => {
    const config = join(folder, `${database}.yaml`);
    const storage = { url: engine.url, database };
    writeFileSync(config, JSON.stringify({ storage, prices: { overrideFile: PRICES } }));
    const all = [MAIN, 'backfill', '--config', config, ...args];
    execFile(process.execPath, all, (failure, out, error) => {
      done({ code: typeof failure?.code === 'number' ? failure.code : 0, out, error });
    });
  });

/** Every row as text, so that a difference is shown as what it is. */
const inferencesOf = async (client: ClickHouseClient): Promise<string[]> => {
  const rows = await rowsOf<Record<string, unknown>>(
    client,
    `SELECT ${COMPARED} FROM ml_inferences FINAL ORDER BY tenant, inference_id, time`,
  );
  return rows.map((row) => JSON.stringify(row));
};
const RECORDS = ['ml_labels', 'ml_feedback', 'ml_explanations', 'ml_evaluations', 'ml_flags'];
/** The rows of each table of records, as text. */
const recordsOf = async (client: ClickHouseClient): Promise<Record<string, string[]>> => {
  const all: Record<string, string[]> = {};
  for (const table of RECORDS) {
    const rows = await rowsOf<Record<string, unknown>>(
      client,
      `SELECT ${COMPARED} FROM ${table} FINAL ORDER BY tenant, inference_id, time, record_id`,
    );
    all[table] = rows.map((row) => JSON.stringify(row));
  }
  return all;
};
const ddlOf = async (client: ClickHouseClient): Promise<string> => {
  const [row] = await rowsOf<{ statement: string }>(client, 'SHOW CREATE TABLE otel_traces');
  return row!.statement;
};

let live: ClickHouseClient;
let expected: string[];
let expectedRecords: Record<string, string[]>;
/** Rows that live ingestion wrote; some of them are the same inference, delivered twice. */
let written: number;
beforeAll(async () => {
  engine = await startEngine();
  folder = mkdtempSync(join(tmpdir(), 'backfill-'));
  live = await databaseNamed('live');
  await migrate({ client: live, events: NO_EVENTS });
  const pricer = createPricer((await configuredPrices(PRICES)).rows);
  const block = await store(live, pricer, ({ tables }) => tables);
  written = block.ml.inferences.rows;
  expected = await inferencesOf(live);
  expectedRecords = await recordsOf(live);
}, 60_000);
afterAll(async () => {
  for (const client of clients) await client.close();
  await engine.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Of a block only the spans, as an exporter stores them. */
const exporterSpans = ({ tables }: TraceBlock): TraceBlock['tables'] =>
  tables.filter(([table]) => table === 'otel_traces');
const unpriced: Pricer = { price: () => undefined };

describe('plumbline backfill', () => {
  test("an exporter's database gets the rows that live ingestion would have made, once", async () => {
    const client = await databaseNamed('exporter');
    for (const query of loadMigrations()[0]!.statements) await client.command({ query });
    await store(client, unpriced, exporterSpans);
    const before = await ddlOf(client);
    const first = await run('exporter', ...RANGE);
    expect(first).toMatchObject({ code: 0, error: '' });
    expect(first.out).toContain(`${written} inferences written`);
    expect(await inferencesOf(client)).toEqual(expected);
    expect(Object.values(expectedRecords).every((rows) => rows.length > 0)).toBe(true);
    expect(await recordsOf(client)).toEqual(expectedRecords);
    expect((await run('exporter', ...RANGE)).code).toBe(0);
    expect(await inferencesOf(client)).toEqual(expected);
    expect(await recordsOf(client)).toEqual(expectedRecords);
    expect(await ddlOf(client)).toBe(before);
  }, 60_000);

  test('rows lost from a database of ours come back, without the costs that we had added to the spans', async () => {
    const client = await databaseNamed('restored');
    await migrate({ client, events: NO_EVENTS });
    await client.command({ query: 'INSERT INTO otel_traces SELECT * FROM live.otel_traces' });
    expect(await run('restored', ...RANGE)).toMatchObject({ code: 0, error: '' });
    // A cost that the sender had called `local`, too, is taken for ours: only what was reported is forgotten.
    const local = '"reported_cost":0.5,"reported_currency":"EUR","reported_source":"local"';
    const none = '"reported_cost":null,"reported_currency":"","reported_source":""';
    expect(expected.filter((row) => row.includes(local))).toHaveLength(1);
    expect(await inferencesOf(client)).toEqual(expected.map((row) => row.replace(local, none)));
  }, 60_000);

  test('an older table is read in its own shape, with the words of its time', async () => {
    const client = await databaseNamed('older');
    await client.command({ query: OLDER_TRACES });
    await client.command({
      query: `INSERT INTO otel_traces SELECT * REPLACE (
        concat('SPAN_KIND_', upper(SpanKind)) AS SpanKind, concat('STATUS_CODE_', upper(StatusCode)) AS StatusCode)
        FROM exporter.otel_traces`,
    });
    expect(await run('older', ...RANGE)).toMatchObject({ code: 0, error: '' });
    expect(await inferencesOf(client)).toEqual(expected);
  }, 60_000);

  test('live rows win over backfilled ones', async () => {
    expect(await run('live', ...RANGE)).toMatchObject({ code: 0, error: '' });
    expect(await inferencesOf(live)).toEqual(expected);
    expect(
      await rowsOf(live, 'SELECT countIf(row_version = 0) AS n FROM ml_inferences FINAL'),
    ).toEqual([{ n: 0 }]);
    expect(
      await rowsOf(live, 'SELECT countIf(row_version = 0) > 0 AS some FROM ml_inferences'),
    ).toEqual([{ some: 1 }]);
  }, 60_000);

  test('a dry run counts and writes nothing, not even tables', async () => {
    const client = await databaseNamed('dry');
    for (const query of loadMigrations()[0]!.statements) await client.command({ query });
    await store(client, unpriced, exporterSpans);
    const { code, out } = await run('dry', ...RANGE, '--dry-run');
    expect(code).toBe(0);
    expect(out).toContain(`${written} inferences found`);
    expect(out).toMatch(/otel: \d+ priced/);
    expect(
      await rowsOf(
        client,
        "SELECT name FROM system.tables WHERE database = 'dry' AND name LIKE 'ml%'",
      ),
    ).toEqual([]);
  }, 60_000);

  test('history older than monitor.lateness gets its windows', async () => {
    const old = await databaseNamed('old');
    for (const query of loadMigrations()[0]!.statements) await old.command({ query });
    await old.command({
      query: `INSERT INTO otel_traces SELECT * REPLACE (Timestamp - toIntervalDay(90) AS Timestamp)
        FROM (SELECT * FROM live.otel_traces WHERE toDate(Timestamp) = '2026-11-18')`,
    });
    expect((await run('old', '--from', '2026-08-20', '--to', '2026-08-21')).code).toBe(0);
    const events = {
      windowsComputed: (): void => undefined,
      baselineCreated: () => undefined,
      baselineRefused: () => undefined,
      silentChange: (): void => undefined,
      rollupsChanged: (): void => undefined,
      jobFailed: ({ reason }: { reason: string }): void => {
        throw new Error(reason);
      },
    };
    const job = createWindowJob(
      { client: old, pricer: createPricer([]), events },
      WINDOW_JOB_DEFAULTS,
    );
    await job.runNow();
    const [row] = await rowsOf<{ windows: number; rows: number }>(
      old,
      `SELECT (SELECT sum(rows) FROM ml_traffic_windows FINAL) AS windows,
        (SELECT count() FROM ml_inferences FINAL WHERE rollup = 0) AS rows`,
    );
    expect(row!.rows).toBeGreaterThan(300);
    expect(row!.windows).toBe(row!.rows);
  }, 60_000);

  test('a table with JSON attributes is refused with what to do', async () => {
    const client = await databaseNamed('json');
    await client.command({
      query: `CREATE TABLE otel_traces (Timestamp DateTime64(9), TraceId String, SpanId String, SpanAttributes JSON)
        ENGINE = MergeTree ORDER BY Timestamp`,
    });
    const { code, error } = await run('json', ...RANGE);
    expect(code).toBe(1);
    expect(error).toContain('otel_traces has JSON attributes');
  }, 60_000);

  test.each([
    [['--from', 'yesterday', '--to', '2026-11-21'], '--from yesterday: must be a day'],
    [[...RANGE, '--max-spans-per-second', '1'], '--max-spans-per-second 1: must be a number'],
  ])('%j is refused with what is wrong', async (args, message) => {
    const { code, error } = await run('live', ...args);
    expect(code).toBe(2);
    expect(error).toContain(message);
  });
});
