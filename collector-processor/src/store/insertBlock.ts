import { Readable } from 'node:stream';
import type { ClickHouseClient } from '@clickhouse/client';
import { MAX_DAYS_PER_INSERT } from './errorClass';

/**
 * In the statement, not beside it: the embedded engine needs no connection of its own for it then.
 * - `async_insert`: a server may be set to batch inserts by itself; an answer would not mean that the rows are written.
 * - `input_format_skip_unknown_fields`: what a table has no column for would be lost without a word.
 * - `optimize_on_insert`: de-duplicating inside the block would cost four times the insert; every reader does it anyway.
 */
const SETTINGS = [
  'async_insert = 0',
  'input_format_skip_unknown_fields = 0',
  'optimize_on_insert = 0',
  `max_partitions_per_insert_block = ${MAX_DAYS_PER_INSERT}`,
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
