import { setTimeout as delay } from 'node:timers/promises';
import type { ClickHouseClient } from '@clickhouse/client';
import { FIRE_DRILL_TENANT } from '@plumbline/schemas/rules';

export interface Removal {
  readonly rows: number;
  /** False: something of the drill was still there when it gave up. */
  readonly complete: boolean;
}

/** How often it looks whether the monitor, which was at work meanwhile, has written something again. */
const LOOKS = 10;
const TENANT = `'${FIRE_DRILL_TENANT}'`;
const TRACES = `ResourceAttributes['plumbline.tenant'] = ${TENANT}`;

interface Place {
  readonly table: string;
  readonly condition: string;
}

async function rowsOf<Row>(client: ClickHouseClient, query: string): Promise<Row[]> {
  const answer = await client.query({ query, format: 'JSONEachRow' });
  return answer.json<Row>();
}

/** Every table with a tenant, and the spans; the look-up of times goes by the ids of the spans, so before them. */
async function placesOf(client: ClickHouseClient): Promise<Place[]> {
  const own = await rowsOf<{ table: string }>(
    client,
    `SELECT table FROM system.columns
WHERE database = currentDatabase() AND name = 'tenant' AND table IN (
  SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree'
) ORDER BY table`,
  );
  return [
    ...own.map(({ table }) => ({ table, condition: `tenant = ${TENANT}` })),
    {
      table: 'otel_traces_trace_id_ts',
      condition: `TraceId IN (SELECT TraceId FROM otel_traces WHERE ${TRACES})`,
    },
    { table: 'otel_traces', condition: TRACES },
  ];
}

/** Resolves to the rows that were there. A table without any is not touched: a mutation of a large one is not cheap. */
async function removeOnce(client: ClickHouseClient, places: readonly Place[]): Promise<number> {
  let removed = 0;
  for (const { table, condition } of places) {
    const [found] = await rowsOf<{ rows: number }>(
      client,
      `SELECT toFloat64(count()) AS rows FROM ${table} WHERE ${condition}`,
    );
    if (found!.rows === 0) continue;
    await client.command({
      query: `ALTER TABLE ${table} DELETE WHERE ${condition}`,
      clickhouse_settings: { mutations_sync: '2' },
    });
    removed += found!.rows;
  }
  return removed;
}

/**
 * Removes all that has the drill's tenant, then looks until nothing has come again for `pauseMs`: a run of the monitor that
 * began before writes what it read.
 */
export async function removeDrill(client: ClickHouseClient, pauseMs: number): Promise<Removal> {
  const places = await placesOf(client);
  let rows = 0;
  for (let look = 0; look < LOOKS; look++) {
    const removed = await removeOnce(client, places);
    rows += removed;
    if (removed === 0 && look > 0) return { rows, complete: true };
    await delay(pauseMs);
  }
  return { rows, complete: false };
}
