import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createWindowJob, type WindowJob } from '../../collector-processor/src/monitor/windowJob';
import { WINDOW_JOB_DEFAULTS } from '../../collector-processor/src/monitor/windowJobSettings';
import { migrate } from '../../collector-processor/src/store/migrate';
import { startEngine, type TestEngine } from '../support/engine';
import { insertInferences, type InferenceRow } from '../support/insertInferences';

const MINUTE = 60_000;
const failures: string[] = [];
const events = {
  windowsComputed: (): void => undefined,
  rollupsChanged: (): void => undefined,
  jobFailed: ({ job, reason }: { job: string; reason: string }): void => {
    failures.push(`${job}: ${reason}`);
  },
};
let engine: TestEngine;
/** A whole minute that is long over. */
let start: number;

const read = async <Row>(query: string): Promise<Row[]> =>
  (await engine.client.query({ query, format: 'JSONEachRow' })).json<Row>();
const run = (query: string) => engine.client.command({ query });
const insert = (...rows: InferenceRow[]) => insertInferences(engine.client, rows);
const createJob = (settings: Partial<typeof WINDOW_JOB_DEFAULTS> = {}): WindowJob =>
  createWindowJob({ client: engine.client, events }, { ...WINDOW_JOB_DEFAULTS, ...settings });
const stored = () =>
  read<{ model: string; rows: number; requests: number; version: string }>(
    `SELECT model, rows, requests, toString(window_version) AS version FROM ml_traffic_windows FINAL
     ORDER BY time, model, service, currency`,
  );
const traffic = (columns: string) =>
  read<Record<string, unknown>>(
    `SELECT ${columns} FROM v_traffic ORDER BY time, model, service, currency`,
  );

beforeAll(async () => {
  engine = await startEngine();
  const report = await migrate({
    client: engine.client,
    events: { migrationApplied: () => undefined },
  });
  expect(report.status).toBe('ready');
});
afterAll(async () => {
  await engine.stop();
});
beforeEach(async () => {
  failures.length = 0;
  start = Math.floor((Date.now() - 3_600_000) / MINUTE) * MINUTE;
  for (const table of [
    'ml_inferences',
    'ml_traffic_windows',
    'ml_models',
    'ml_model_versions',
    'otel_traces',
  ]) {
    await run(`TRUNCATE TABLE ${table}`);
  }
});

describe('counting', () => {
  test('an inference that is delivered twice counts once, in the rows, before and after the window is stored', async () => {
    const once = { inference_id: 'a', model: 'm', time: start + 1, latency_ms: 10 };
    await insert({ ...once, row_version: 1 });
    await insert({ ...once, row_version: 2 });
    await insert({ ...once, inference_id: 'b', latency_ms: 30, status: 'error' });
    const expected = [{ requests: 2, errors: 1, latency_p50_ms: expect.any(Number) }];
    expect(await traffic('requests, errors, latency_p50_ms')).toEqual(expected);
    expect(await createJob().runNow()).toBe(true);
    expect(failures).toEqual([]);
    expect(await stored()).toEqual([expect.objectContaining({ rows: 2, requests: 2 })]);
    expect(await traffic('requests, errors, latency_p50_ms')).toEqual(expected);
    expect(await read('SELECT count() AS n FROM v_inferences')).toEqual([{ n: 2 }]);
  });

  test('late rows make their window computed again, in the same job and in a new one', async () => {
    const job = createJob();
    await insert({ model: 'm', time: start }, { model: 'm', time: start + 5 * MINUTE });
    await job.runNow();
    await insert({ model: 'm', time: start + 1 });
    await job.runNow();
    expect((await stored()).map(({ rows }) => rows)).toEqual([2, 1]);
    await insert({ model: 'm', time: start + 2 }, { model: 'n', time: start - 60 * MINUTE });
    await createJob().runNow();
    expect((await stored()).map(({ model, rows }) => [model, rows])).toEqual([
      ['n', 1],
      ['m', 3],
      ['m', 1],
    ]);
    expect(failures).toEqual([]);
  });

  test('a run with nothing new computes nothing, apart from the second look at rows that have settled', async () => {
    const settled = Date.now() - 120_000;
    await insert({ model: 'm', time: start, written_at: settled });
    const job = createJob();
    const computedAt = () => read(`SELECT max(computed_at) AS at FROM ml_traffic_windows`);
    await job.runNow();
    const before = await computedAt();
    await job.runNow();
    await createJob().runNow();
    expect(await computedAt()).toEqual(before);
  });

  test('a row that became visible long after it was written is found by the second look', async () => {
    const settings = { settleMs: 1_500, graceMs: 0 };
    const job = createJob(settings);
    await insert({ model: 'm', time: start }, { model: 'm', time: start + MINUTE });
    await job.runNow();
    await insert({ model: 'm', time: start + 1, written_at: Date.now() - 1_400 });
    await run('SELECT sleep(1.6)');
    await job.runNow();
    expect((await stored()).map(({ rows }) => rows)).toEqual([2, 1]);
  });

  test('a slow replica that read less never wins', async () => {
    await insert({ model: 'm', time: start }, { model: 'm', time: start + 1 });
    await createJob().runNow();
    await run('CREATE OR REPLACE TABLE slow AS ml_traffic_windows');
    await run('INSERT INTO slow SELECT * FROM ml_traffic_windows');
    await insert({ model: 'm', time: start + 2 });
    await createJob().runNow();
    expect((await stored()).map(({ rows }) => rows)).toEqual([3]);
    await run('INSERT INTO ml_traffic_windows SELECT * REPLACE now64(3) AS computed_at FROM slow');
    expect((await stored()).map(({ rows }) => rows)).toEqual([3]);
    await run('OPTIMIZE TABLE ml_traffic_windows FINAL');
    expect((await stored()).map(({ rows }) => rows)).toEqual([3]);
  });

  test('with equal newest rows the replica that read more wins', async () => {
    const writtenAt = Date.now() - 1_000;
    await insert({ model: 'm', time: start, written_at: writtenAt });
    await createJob().runNow();
    await run('CREATE OR REPLACE TABLE slow AS ml_traffic_windows');
    await run('INSERT INTO slow SELECT * FROM ml_traffic_windows');
    await insert({ model: 'm', time: start + 1, written_at: writtenAt });
    await run('TRUNCATE TABLE ml_traffic_windows');
    await createJob().runNow();
    await run('INSERT INTO ml_traffic_windows SELECT * FROM slow');
    expect((await stored()).map(({ rows }) => rows)).toEqual([2]);
  });

  test('two replicas at the same time', async () => {
    await insert(
      ...Array.from({ length: 100 }, (_, index) => ({ model: 'm', time: start + index * 5_000 })),
    );
    await Promise.all([createJob().runNow(), createJob().runNow()]);
    expect(failures).toEqual([]);
    expect(await read('SELECT sum(requests) AS n, count() AS windows FROM v_traffic')).toEqual([
      { n: 100, windows: 9 },
    ]);
  });

  test('a combination of labels that lost its rows is written again without rows', async () => {
    const call = { inference_id: 'a', model: 'm', time: start, row_version: 1 };
    await insert({ ...call, cost_status: 'unpriced', tokens: { input: 5 } });
    const job = createJob();
    await job.runNow();
    await insert({
      ...call,
      row_version: 2,
      tokens: { input: 5 },
      cost: '0.5',
      costs: { input: '0.5' },
      currency: 'USD',
      cost_status: 'priced',
    });
    await job.runNow();
    expect(await stored()).toEqual([
      expect.objectContaining({ rows: 0, requests: 0 }),
      expect.objectContaining({ rows: 1, requests: 1 }),
    ]);
    expect(await traffic('currency, requests, priced_requests, unpriced_requests, cost')).toEqual([
      { currency: 'USD', requests: 1, priced_requests: 1, unpriced_requests: 0, cost: 0.5 },
    ]);
  });

  test('rows with clock skew, rollups and open minutes are not in windows; open minutes are in the views', async () => {
    const now = Date.now();
    await insert(
      { model: 'm', time: start },
      { model: 'm', time: start + 1, clock_skew: 1 },
      {
        model: 'm',
        time: start + 2,
        rollup: 1,
        operation: 'invoke_agent',
        trace_id: 't',
        span_id: 'x',
      },
      {
        model: 'm',
        time: start + 3,
        operation: 'chat',
        trace_id: 't',
        span_id: 'y',
        parent_span_id: 'x',
      },
      { model: 'm', time: now },
    );
    await createJob().runNow();
    expect(await stored()).toEqual([expect.objectContaining({ rows: 2 })]);
    expect(await traffic('requests')).toEqual([{ requests: 2 }, { requests: 1 }]);
  });

  test('each call counts as many times as it was sampled', async () => {
    await insert(
      {
        model: 'm',
        time: start,
        sample_weight: 4,
        tokens: { input: 10, output: 2 },
        cost: '0.25',
        costs: { input: '0.25' },
        currency: 'USD',
        cost_status: 'priced',
      },
      {
        model: 'm',
        time: start + 1,
        sample_weight: 1.5,
        currency: 'USD',
        status: 'error',
        tokens: {},
      },
    );
    await createJob().runNow();
    const columns = 'requests, errors, input_tokens, output_tokens, cost, priced_requests';
    expect(await traffic(columns)).toEqual([
      {
        requests: 5.5,
        errors: 1.5,
        input_tokens: 40,
        output_tokens: 8,
        cost: 1,
        priced_requests: 4,
      },
    ]);
  });

  test('windows whose rows may be gone are left alone', async () => {
    const old = start - 3 * 86_400_000;
    await insert({ model: 'm', time: old }, { model: 'm', time: start });
    await createJob().runNow();
    await insert({ model: 'm', time: old + 1 }, { model: 'm', time: start + 1 });
    await createJob({ rawRetentionDays: 2 }).runNow();
    expect((await stored()).map(({ rows }) => rows)).toEqual([1, 2]);
  });

  test('more windows than one pass may find are computed by the next ones', async () => {
    await insert(
      ...Array.from({ length: 10 }, (_, index) => ({ model: 'm', time: start + index * MINUTE })),
    );
    const job = createJob({ maxWindowsPerPass: 4 });
    expect(await job.runNow()).toBe(false);
    expect(await stored()).toHaveLength(4);
    expect(await read('SELECT sum(requests) AS n FROM v_traffic')).toEqual([{ n: 10 }]);
    await job.runNow();
    await job.runNow();
    expect(await stored()).toHaveLength(10);
  });
});

describe('models', () => {
  test('are discovered with what is known of them, from stored windows and open minutes', async () => {
    const now = Date.now();
    const base = {
      environment: 'prod',
      model: 'gpt-4o',
      version: 'gpt-4o-2024-08-06',
      provider: 'openai',
      model_type: 'llm',
      team: 'search',
    };
    await insert(
      {
        ...base,
        time: start,
        service: 'a',
        latency_ms: 100,
        tokens: { input: 3 },
        cost: '0.5',
        costs: { input: '0.5' },
        currency: 'USD',
        cost_status: 'priced',
      },
      { ...base, time: start + 1, service: 'a', cost_status: 'unpriced', status: 'error' },
    );
    await createJob().runNow();
    await insert(
      { ...base, time: now, service: 'b', team: 'ads' },
      { model: 'fraud', time: now, model_type: 'binary' },
    );
    expect(
      await read(
        `SELECT model, version, toUnixTimestamp64Milli(first_seen) AS first, toUnixTimestamp64Milli(last_seen) AS last,
         team, model_type, provider, services, requests_24h, errors_24h, latency_p95_ms, status, cost_24h, cost_coverage
         FROM v_models ORDER BY model`,
      ),
    ).toEqual([
      {
        model: 'fraud',
        version: '',
        first: now,
        last: now,
        team: '',
        model_type: 'binary',
        provider: '',
        services: [''],
        requests_24h: 1,
        errors_24h: 0,
        latency_p95_ms: null,
        status: null,
        cost_24h: null,
        cost_coverage: null,
      },
      {
        model: 'gpt-4o',
        version: 'gpt-4o-2024-08-06',
        first: start,
        last: now,
        team: 'ads',
        model_type: 'llm',
        provider: 'openai',
        services: ['a', 'b'],
        requests_24h: 3,
        errors_24h: 1,
        latency_p95_ms: 100,
        status: null,
        cost_24h: 0.5,
        cost_coverage: 0.5,
      },
    ]);
    expect(await read('SELECT model, versions FROM ml_models FINAL')).toEqual([
      { model: 'gpt-4o', versions: ['gpt-4o-2024-08-06'] },
    ]);
  });

  test('a cost over two currencies is no number', async () => {
    await insert(
      { model: 'm', time: start, cost: '1', currency: 'USD', cost_status: 'provider_reported' },
      { model: 'm', time: start, cost: '1', currency: 'EUR', cost_status: 'provider_reported' },
    );
    await createJob().runNow();
    expect(await read('SELECT cost_24h, cost_coverage FROM v_models')).toEqual([
      { cost_24h: null, cost_coverage: 1 },
    ]);
  });
});

describe('costs', () => {
  test('by token bucket and hour, with what is not priced', async () => {
    const hour = Math.floor(start / 3_600_000) * 3_600_000;
    await insert(
      {
        model: 'm',
        time: hour,
        tokens: { input: 1_000_000, output: 1000 },
        cost: '2.6',
        cost_low: '2.6',
        cost_high: '3.6',
        costs: { input: '2.5', output: '0.1' },
        currency: 'USD',
        cost_status: 'priced',
        price_version: 'p1',
      },
      {
        model: 'm',
        time: hour + MINUTE,
        tokens: { input: 1_000_000 },
        cost: '2.5',
        cost_low: '2.5',
        cost_high: '2.5',
        costs: { input: '2.5' },
        currency: 'USD',
        cost_status: 'priced',
        price_version: 'p1',
      },
      {
        model: 'm',
        time: hour + 2 * MINUTE,
        tokens: { input: 10, reasoning: 7 },
        cost: '1',
        cost_low: '1',
        costs: { input: '1' },
        currency: 'USD',
        cost_status: 'partial',
        price_version: 'p1',
      },
      {
        model: 'm',
        time: hour + 3 * MINUTE,
        tokens: { input: 4 },
        cost: '0.75',
        currency: 'USD',
        cost_status: 'provider_reported',
      },
      { model: 'u', time: hour, tokens: { input: 11 }, cost_status: 'unpriced' },
    );
    const query = `SELECT model, bucket, tokens, cost, cost_low, cost_high, unpriced_tokens, price_per_million, price_version
      FROM v_costs ORDER BY model, bucket`;
    const before = await read<{ price_per_million: number }>(query);
    await createJob().runNow();
    expect(await read(query)).toEqual(before);
    expect(before).toEqual([
      {
        model: 'm',
        bucket: 'input',
        tokens: 2_000_014,
        cost: 6,
        cost_low: 6,
        cost_high: 7,
        unpriced_tokens: 0,
        price_per_million: expect.closeTo(3, 3),
        price_version: 'p1',
      },
      {
        model: 'm',
        bucket: 'other',
        tokens: null,
        cost: 0.75,
        cost_low: 0.75,
        cost_high: 0.75,
        unpriced_tokens: 0,
        price_per_million: null,
        price_version: '',
      },
      {
        model: 'm',
        bucket: 'output',
        tokens: 1000,
        cost: 0.1,
        cost_low: 0.1,
        cost_high: 0.1,
        unpriced_tokens: 0,
        price_per_million: expect.closeTo(100),
        price_version: 'p1',
      },
      {
        model: 'm',
        bucket: 'reasoning',
        tokens: 7,
        cost: null,
        cost_low: null,
        cost_high: null,
        unpriced_tokens: 7,
        price_per_million: null,
        price_version: 'p1',
      },
      {
        model: 'u',
        bucket: 'input',
        tokens: 11,
        cost: null,
        cost_low: null,
        cost_high: null,
        unpriced_tokens: 11,
        price_per_million: null,
        price_version: '',
      },
    ]);
    expect(
      await read(
        "SELECT sum(cost) AS cost, sum(cost_low) AS low, sum(cost_high) AS high FROM v_traffic WHERE model = 'm'",
      ),
    ).toEqual([{ cost: 6.85, low: 6.85, high: 7.85 }]);
  });

  test('to the nano-dollar', async () => {
    await insert(
      ...Array.from({ length: 3 }, (_, index) => ({
        model: 'm',
        time: start + index,
        cost: '0.100000001',
        costs: { input: '0.100000001' },
        currency: 'USD',
        cost_status: 'priced',
        sample_weight: 2,
      })),
    );
    await createJob().runNow();
    expect(await read('SELECT toString(sum(cost)) AS cost FROM v_traffic')).toEqual([
      { cost: '0.600000006' },
    ]);
  });
});

describe('the schedule', () => {
  test('runs by itself, and stops when told, also twice', async () => {
    await insert({ model: 'm', time: start });
    const job = createJob({ everyMs: 50 });
    await job.start();
    while ((await stored()).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    await job.stop(AbortSignal.timeout(5_000));
    await job.stop(AbortSignal.timeout(5_000));
    await insert({ model: 'm', time: start + 1 });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await stored()).map(({ rows }) => rows)).toEqual([1]);
  });
});
