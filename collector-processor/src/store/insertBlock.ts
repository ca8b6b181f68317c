import { Readable } from 'node:stream';
import type { ClickHouseClient } from '@clickhouse/client';
import { MAX_DAYS_PER_INSERT } from './errorClass';

/**
 * In the statement, not beside it: the embedded engine needs no connection of its own for it then.
 * - `async_insert`: a server may be set to batch inserts by itself; an answer would not mean that the rows are written.
 * - `optimize_on_insert`: de-duplicating inside the block would cost four times the insert; every reader does it anyway.
 * - `input_format_native_allow_types_conversion`: a table of an older exporter is written in its own types.
 */
const SETTINGS = [
  'async_insert = 0',
  'optimize_on_insert = 0',
  `max_partitions_per_insert_block = ${MAX_DAYS_PER_INSERT}`,
  'input_format_native_allow_types_conversion = 1',
].join(', ');

/**
 * Inserts a Native block and resolves when the engine has written it. The block's chunks must stay as they are until
 * then. What the table has no column for is an error, or it would be lost without a word, unless the table is known to
 * be an older exporter's (`isOlderTable`). Rejects with a `ClickHouseError` when the engine refuses, with a network error
 * when it cannot be reached.
 */
export async function insertBlock(
  client: ClickHouseClient,
  table: string,
  chunks: readonly Buffer[],
  isOlder = false,
): Promise<void> {
  const skip = `input_format_skip_unknown_fields = ${isOlder ? 1 : 0}`;
  const { stream } = await client.exec({
    query: `INSERT INTO ${table} SETTINGS ${SETTINGS}, ${skip} FORMAT Native`,
    values: Readable.from(chunks, { objectMode: false }),
  });
  stream.resume();
}
