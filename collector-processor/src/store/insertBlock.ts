import { Readable } from 'node:stream';
import type { ClickHouseClient } from '@clickhouse/client';
import { MAX_DAYS_PER_INSERT } from './errorClass';

/**
 * In the statement, not beside it: the embedded engine needs no connection of its own for it then.
 * - `async_insert`: a server may be set to batch inserts by itself; an answer would not mean that the rows are written.
 * - `optimize_on_insert`: de-duplicating inside the block would cost four times the insert; every reader does it anyway.
 * - The last two write a table in its own shape where an older exporter made it (`tableShape.ts` says which are known):
 *   values are converted to its types, and columns that it lacks are left out.
 */
const SETTINGS = [
  'async_insert = 0',
  'optimize_on_insert = 0',
  `max_partitions_per_insert_block = ${MAX_DAYS_PER_INSERT}`,
  'input_format_native_allow_types_conversion = 1',
  'input_format_skip_unknown_fields = 1',
].join(', ');

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
    query: `INSERT INTO ${table} SETTINGS ${SETTINGS} FORMAT Native`,
    values: Readable.from(chunks, { objectMode: false }),
  });
  stream.resume();
}
