import type { ClickHouseClient } from '@clickhouse/client';
import { type Cluster, clusterStatements, storedName } from '@plumbline/schemas';

/**
 * Days by table. null keeps rows of our tables (`ml_`) for ever, and leaves the TTL of others as it is: they may be shared
 * with an exporter that has set one. Tables that are not named are left alone.
 */
export type RetentionSettings = Readonly<Record<string, number | null>>;

export interface RetentionChange {
  readonly table: string;
  /** Days; the expression where it is not one in days that we know; null: for ever. */
  readonly before: number | string | null;
  readonly after: number | null;
}

/** The column by which rows of a table grow old; tables of ours have `time`. */
const TIME_COLUMNS: Readonly<Record<string, string>> = {
  otel_traces: 'Timestamp',
  otel_traces_trace_id_ts: 'Start',
  otel_logs: 'Timestamp',
  otel_metrics_gauge: 'TimeUnix',
  otel_metrics_sum: 'TimeUnix',
  otel_metrics_histogram: 'TimeUnix',
  otel_metrics_exponential_histogram: 'TimeUnix',
  otel_metrics_summary: 'TimeUnix',
};

/** Tables that live and die with another one. */
const FOLLOWERS: Readonly<Record<string, readonly string[]>> = {
  otel_traces: ['otel_traces_trace_id_ts'],
};

/** As the exporter writes it, so that both agree on a table they share. */
const expressionOf = (table: string, days: number): string =>
  `toDateTime(${TIME_COLUMNS[table] ?? 'time'}) + toIntervalDay(${days})`;

const TTL_CLAUSE = /\sTTL (.+?)(?= SETTINGS |$)/;
const IN_DAYS = /^toDateTime\(\w+\) \+ toIntervalDay\((\d+)\)$/;

/** The table's TTL as the engine stored it; null without one. */
async function readTtl(client: ClickHouseClient, table: string): Promise<string | null> {
  const answer = await client.query({
    query:
      'SELECT engine_full FROM system.tables WHERE database = currentDatabase() AND name = {table: String}',
    query_params: { table },
    format: 'JSONEachRow',
  });
  const [row] = await answer.json<{ engine_full: string }>();
  if (row === undefined) throw new Error(`there is no table ${table} to keep for some days`);
  return TTL_CLAUSE.exec(row.engine_full)?.[1] ?? null;
}

const daysOf = (ttl: string | null): number | string | null => {
  if (ttl === null) return null;
  const days = IN_DAYS.exec(ttl)?.[1];
  return days === undefined ? ttl : Number(days);
};

/**
 * Makes the TTL of each table what the configuration says and tells what differed. Old parts are dropped whole in the
 * background; existing parts are not rewritten for a new TTL (`materialize_ttl_after_modify = 0`).
 */
export async function reconcileRetention(
  client: ClickHouseClient,
  settings: RetentionSettings,
  cluster: Cluster | null = null,
): Promise<RetentionChange[]> {
  const changes: RetentionChange[] = [];
  const wanted = Object.entries(settings).flatMap(([table, days]) =>
    [table, ...(FOLLOWERS[table] ?? [])].map((name) => [name, days] as const),
  );
  for (const [table, after] of wanted) {
    if (after === null && !table.startsWith('ml_')) continue;
    const before = daysOf(await readTtl(client, storedName(table, cluster)));
    if (before === after) continue;
    const change = after === null ? 'REMOVE TTL' : `MODIFY TTL ${expressionOf(table, after)}`;
    const statement = `ALTER TABLE ${table} ${change}`;
    for (const query of cluster === null ? [statement] : clusterStatements(statement, cluster)) {
      await client.command({ query, clickhouse_settings: { materialize_ttl_after_modify: 0 } });
    }
    changes.push({ table, before, after });
  }
  return changes;
}
