import type { ClickHouseClient } from '@clickhouse/client';

/** Writes a few rows, and resolves when the store has them. Times are ISO texts. */
export async function insertRows(
  store: ClickHouseClient,
  table: string,
  values: readonly object[],
): Promise<void> {
  await store.insert({
    table,
    format: 'JSONEachRow',
    values: [...values],
    clickhouse_settings: { async_insert: 0, date_time_input_format: 'best_effort' },
  });
}
