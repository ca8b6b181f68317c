import { Readable } from 'node:stream';
import type { ClickHouseClient } from '@clickhouse/client';
import { MAX_DAYS_PER_INSERT } from './errorClass';

/**
 * Inserts a Native block and resolves when the engine has written it. The block's chunks must stay as they are until
 * then. Rejects with a `ClickHouseError` when the engine refuses, with a network error when it cannot be reached.
 */
export async function insertBlock(
  client: ClickHouseClient,
  table: string,
  chunks: readonly Buffer[],
): Promise<void> {
  const { stream } = await client.exec({
    query: `INSERT INTO ${table} FORMAT Native`,
    values: Readable.from(chunks, { objectMode: false }),
    // A server may be set to batch inserts by itself; then an answer would not mean that the rows are written.
    clickhouse_settings: {
      async_insert: 0,
      // De-duplicating inside the block would cost four times the insert; every reader de-duplicates anyway.
      optimize_on_insert: 0,
      max_partitions_per_insert_block: String(MAX_DAYS_PER_INSERT),
    },
  });
  stream.resume();
}
