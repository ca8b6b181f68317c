import type { ClickHouseClient } from '@clickhouse/client';
import type { PriceRow } from '../../collector-processor/src/core/priceRow';
import { createPricer } from '../../collector-processor/src/enrich/price/pricer';
import type { RepeatedRun } from '../../collector-processor/src/monitor/repeatedRun';
import { createWindowJob } from '../../collector-processor/src/monitor/windowJob';
import {
  WINDOW_JOB_DEFAULTS,
  type WindowJobSettings,
} from '../../collector-processor/src/monitor/windowJobSettings';
import { migrate } from '../../collector-processor/src/store/migrate';
import { startEngine } from './engine';
import { insertInferences, type InferenceRow } from './insertInferences';
import { insertMetricPoints, type MetricPoint } from './insertMetricPoints';

const TABLES = [
  'ml_inferences',
  'ml_traffic_windows',
  'ml_metric_usage',
  'ml_usage_windows',
  'ml_span_hours',
  'ml_bins',
  'ml_baselines',
  'ml_feature_windows',
  'ml_performance',
  'ml_answer_windows',
  'ml_model_events',
  'ml_quality',
  'ml_labels',
  'ml_evaluations',
  'ml_models',
  'ml_model_versions',
  'otel_traces',
];

/** A real engine with the schema, and the job that makes windows in it. */
export interface WindowStore {
  /** `job: reason` of each failed step since the last `clear()`. */
  readonly failures: readonly string[];
  /** Rollup bits changed since the last `clear()`. */
  readonly changed: number;
  read<Row = Record<string, unknown>>(query: string): Promise<Row[]>;
  run(query: string): Promise<void>;
  insert(...rows: InferenceRow[]): Promise<void>;
  /** Points of `ml_metric_usage`. */
  insertPoints(...rows: MetricPoint[]): Promise<void>;
  /** Rows of any table, as JSON. */
  insertRows(table: string, rows: readonly Record<string, unknown>[]): Promise<void>;
  insertSpans(rows: readonly Record<string, unknown>[]): Promise<void>;
  createJob(settings?: Partial<WindowJobSettings>): RepeatedRun;
  clear(): Promise<void>;
  readonly client: ClickHouseClient;
  stop(): Promise<void>;
}

/** @param prices of the job; none when left out, so that nothing has a price */
export async function startWindowStore(prices: readonly PriceRow[] = []): Promise<WindowStore> {
  const engine = await startEngine();
  const { client } = engine;
  const pricer = createPricer(prices);
  const failures: string[] = [];
  let changed = 0;
  const events = {
    migrationApplied: (): void => undefined,
    windowsComputed: (): void => undefined,
    baselineCreated: (): void => undefined,
    baselineRefused: ({ reason }: { reason: string }): void => {
      failures.push(`baseline: ${reason}`);
    },
    silentChange: (): void => undefined,
    rollupsChanged: ({ n }: { n: number }): void => {
      changed += n;
    },
    jobFailed: ({ job, reason }: { job: string; reason: string }): void => {
      failures.push(`${job}: ${reason}`);
    },
  };
  const report = await migrate({ client, events });
  if (report.status === 'refused') throw new Error(report.reason);
  const run = async (query: string): Promise<void> => {
    await client.command({ query });
  };
  const insertRows: WindowStore['insertRows'] = async (table, values) => {
    const columns = [...new Set(values.flatMap((row) => Object.keys(row)))] as [
      string,
      ...string[],
    ];
    await client.insert({ table, columns, values, format: 'JSONEachRow' });
  };
  return {
    failures,
    get changed() {
      return changed;
    },
    async read<Row>(query: string) {
      return (await client.query({ query, format: 'JSONEachRow' })).json<Row>();
    },
    run,
    insert: (...rows) => insertInferences(client, rows),
    insertPoints: (...rows) => insertMetricPoints(client, rows),
    insertRows,
    insertSpans: (rows) => insertRows('otel_traces', rows),
    createJob: (settings = {}) =>
      createWindowJob({ client, pricer, events }, { ...WINDOW_JOB_DEFAULTS, ...settings }),
    async clear() {
      failures.length = 0;
      changed = 0;
      for (const table of TABLES) await run(`TRUNCATE TABLE ${table}`);
    },
    client,
    stop: () => engine.stop(),
  };
}

/** The start of a minute an hour ago: its windows are over. */
export const pastMinute = (): number => Math.floor((Date.now() - 3_600_000) / 60_000) * 60_000;
