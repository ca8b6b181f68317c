import type { ClickHouseClient } from '@clickhouse/client';
import { OTEL_LOGS_COLUMNS, OTEL_METRICS_COLUMNS, OTEL_TRACES_COLUMNS } from '@plumbline/schemas';
import { type ExpectedTable, readColumns, shapeOf } from './tableShape';

/** Tables that another program may have made, with what came to the exporter's tables later. */
export const SHARED_TABLES: readonly ExpectedTable[] = [
  {
    table: 'otel_traces',
    columns: OTEL_TRACES_COLUMNS,
    optional: ['ScopeName', 'ScopeVersion'],
  },
  { table: 'otel_logs', columns: OTEL_LOGS_COLUMNS, optional: ['EventName'] },
  ...Object.entries(OTEL_METRICS_COLUMNS).map(([table, columns]) => ({
    table,
    columns,
    optional: [],
  })),
];

/** Why one of the `otel_` tables cannot be written to; undefined when all can. */
export async function checkTables(client: ClickHouseClient): Promise<string | undefined> {
  for (const expected of SHARED_TABLES) {
    const found = await readColumns(client, expected.table);
    if (found.length === 0) continue;
    const shape = shapeOf(expected, found);
    if (!shape.ok) return shape.reason;
  }
  return undefined;
}

/**
 * Whether the table is one of an older exporter, which lacks columns that came later: they are left out of its inserts,
 * as that exporter did. Any other column that is not there is an error, or it would be lost without a word.
 */
export async function isOlderTable(client: ClickHouseClient, table: string): Promise<boolean> {
  const expected = SHARED_TABLES.find((shared) => shared.table === table);
  if (expected === undefined) return false;
  const shape = shapeOf(expected, await readColumns(client, table));
  return shape.ok && shape.columns.length < expected.columns.length;
}
