import type { ClickHouseClient } from '@clickhouse/client';
import { type InferenceKey, KEY_ORDER, keyCondition } from './inferenceKey';
import { REPRICED_STRUCTURE, STORED_CALL, type StoredCall } from './repricedRow';

/** What repricing needs of the store. */
export type RepriceClient = Pick<ClickHouseClient, 'query' | 'command'>;

/** Times of calls, Unix milliseconds; the end is exclusive. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** The new prices of a row (a line in the columns of `REPRICED_STRUCTURE`), and which row. */
export interface Replacement {
  readonly key: InferenceKey;
  readonly line: string;
}

/** Rows travel in the text of the statement; ClickHouse's default limit for one is 256 KiB. */
const MAX_QUERY_BYTES = 2 * 1024 * 1024;
const MAX_ROWS_BYTES = MAX_QUERY_BYTES - 64 * 1024;

const IN_RANGE =
  'time >= fromUnixTimestamp64Milli({from:Int64}) AND time < fromUnixTimestamp64Milli({to:Int64})';

/** Reads the next rows of a time range in the order of the primary key, each de-duplicated. */
export async function readPage(
  client: RepriceClient,
  range: TimeRange,
  after: InferenceKey | undefined,
  limit: number,
): Promise<StoredCall[]> {
  const rest = after && keyCondition('after', '>', after);
  const result = await client.query({
    query: `
      SELECT ${STORED_CALL}
      FROM ml_inferences FINAL
      WHERE ${IN_RANGE}${rest === undefined ? '' : ` AND ${rest.sql}`}
      ORDER BY ${KEY_ORDER}
      LIMIT {limit:UInt32}`,
    query_params: { ...range, ...rest?.params, limit },
    format: 'JSONEachRow',
    clickhouse_settings: {
      output_format_json_quote_decimals: 1,
      output_format_json_quote_64bit_integers: 1,
      do_not_merge_across_partitions_select_final: 1,
    },
  });
  return result.json<StoredCall>();
}

/** A string literal of ClickHouse. */
const quoted = (text: string): string =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;

const SAME = ['tenant', 'environment', 'model', 'version', 'inference_id', 'row_version'];

async function writePiece(
  client: RepriceClient,
  range: TimeRange,
  piece: readonly Replacement[],
): Promise<void> {
  const from = keyCondition('first', '>=', piece[0]!.key);
  const to = keyCondition('last', '<=', piece.at(-1)!.key);
  const lines = piece.map(({ line }) => line).join('\n');
  await client.command({
    query: `
      INSERT INTO ml_inferences
      SELECT s.* REPLACE (
        p.cost AS cost, p.cost_low AS cost_low, p.cost_high AS cost_high, p.costs AS costs, p.currency AS currency,
        p.cost_status AS cost_status, p.price_version AS price_version, p.price_rule AS price_rule,
        s.row_version + 1 AS row_version, now64(3) AS written_at)
      FROM (
        SELECT * FROM ml_inferences FINAL WHERE ${IN_RANGE} AND ${from.sql} AND ${to.sql}
      ) AS s
      INNER JOIN (
        SELECT * FROM format(JSONCompactEachRow, ${quoted(REPRICED_STRUCTURE)}, ${quoted(lines)})
      ) AS p
      ON ${SAME.map((name) => `s.${name} = p.${name}`).join(' AND ')}
        AND toUnixTimestamp(toStartOfHour(s.time)) = p.hour`,
    query_params: { ...range, ...from.params, ...to.params },
    clickhouse_settings: {
      async_insert: 0,
      do_not_merge_across_partitions_select_final: 1,
      max_query_size: String(MAX_QUERY_BYTES),
    },
  });
}

/** Cuts replacements into pieces that fit into a statement. */
function* pieces(replacements: readonly Replacement[]): Generator<Replacement[]> {
  let piece: Replacement[] = [];
  let bytes = 0;
  for (const replacement of replacements) {
    const more = Buffer.byteLength(quoted(replacement.line));
    if (piece.length > 0 && bytes + more > MAX_ROWS_BYTES) {
      yield piece;
      piece = [];
      bytes = 0;
    }
    piece.push(replacement);
    bytes += more;
  }
  if (piece.length > 0) yield piece;
}

/**
 * Writes replacements (in key order, of one range): the stored rows as they are, with the new prices and the next
 * `row_version`. The engine copies them, so no column passes through JavaScript and none can be forgotten. A row that
 * somebody else has replaced since it was read does not match any more and stays as it is; the next run sees it.
 */
export async function writeReplacements(
  client: RepriceClient,
  range: TimeRange,
  replacements: readonly Replacement[],
): Promise<void> {
  for (const piece of pieces(replacements)) await writePiece(client, range, piece);
}
