import type { ClickHouseClient } from '@clickhouse/client';
import { Inference } from '../core/inference';
import {
  fillInference,
  isSamePrice,
  REPRICED_STRUCTURE,
  repricedLine,
  type RowKey,
  STORED_CALL,
  storedCost,
  type StoredCall,
} from './repricedRow';

/** Which rows, and how many at a time. */
export interface RepriceRange {
  /** Start of the calls, Unix milliseconds; the end is exclusive. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Rows read at once; default 5,000. */
  readonly batch?: number;
}

/** What repricing changed in one currency, in billionths, rollups left out as in every sum. */
export interface MoneyDifference {
  readonly currency: string;
  /** What the calls cost before in this currency, and what they cost now; unknown costs count as nothing. */
  readonly beforeNano: bigint;
  readonly afterNano: bigint;
}

export interface RepriceReport {
  readonly rowsRead: number;
  readonly rowsChanged: number;
  readonly differences: readonly MoneyDifference[];
}

const DAY_MS = 86_400_000;

/** Below ClickHouse's default `max_query_size` of 256 KiB, with room for the statement around the rows. */
const MAX_ROWS_BYTES = 200_000;

const KEY = '(tenant, environment, model, version, toStartOfHour(time), inference_id)';
const keyOf = (name: string): string =>
  `({${name}_tenant:String}, {${name}_environment:String}, {${name}_model:String}, ` +
  `{${name}_version:String}, toDateTime({${name}_hour:UInt32}), {${name}_id:String})`;
const keyParams = (name: string, key: RowKey): Record<string, string | number> => ({
  [`${name}_tenant`]: key.tenant,
  [`${name}_environment`]: key.environment,
  [`${name}_model`]: key.model,
  [`${name}_version`]: key.version,
  [`${name}_hour`]: key.hour,
  [`${name}_id`]: key.inference_id,
});

const IN_RANGE =
  'time >= fromUnixTimestamp64Milli({from:Int64}) AND time < fromUnixTimestamp64Milli({to:Int64})';

interface Range {
  readonly from: number;
  readonly to: number;
}

async function readPage(
  client: ClickHouseClient,
  range: Range,
  after: RowKey | undefined,
  limit: number,
): Promise<StoredCall[]> {
  const result = await client.query({
    query: `
      SELECT ${STORED_CALL}
      FROM ml_inferences FINAL
      WHERE ${IN_RANGE}${after === undefined ? '' : ` AND ${KEY} > ${keyOf('after')}`}
      ORDER BY tenant, environment, model, version, toStartOfHour(time), inference_id
      LIMIT {limit:UInt32}`,
    query_params: { ...range, ...(after && keyParams('after', after)), limit },
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

/**
 * Writes replacements: the stored rows as they are, with the new prices and the next `row_version`. The engine copies
 * them, so no column passes through JavaScript and none can be forgotten. A row that somebody else has replaced since it
 * was read does not match any more and stays as it is; the next run sees it.
 */
async function writeReplacements(
  client: ClickHouseClient,
  range: Range,
  first: RowKey,
  last: RowKey,
  lines: readonly string[],
): Promise<void> {
  const same = ['tenant', 'environment', 'model', 'version', 'inference_id', 'row_version'];
  await client.command({
    query: `
      INSERT INTO ml_inferences
      SELECT s.* REPLACE (
        p.cost AS cost, p.cost_low AS cost_low, p.cost_high AS cost_high, p.costs AS costs, p.currency AS currency,
        p.cost_status AS cost_status, p.price_version AS price_version, p.price_rule AS price_rule,
        s.row_version + 1 AS row_version, now64(3) AS written_at)
      FROM (
        SELECT * FROM ml_inferences FINAL
        WHERE ${IN_RANGE} AND ${KEY} >= ${keyOf('first')} AND ${KEY} <= ${keyOf('last')}
      ) AS s
      INNER JOIN (
        SELECT * FROM format(JSONEachRow, ${quoted(REPRICED_STRUCTURE)}, ${quoted(lines.join('\n'))})
      ) AS p
      ON ${same.map((name) => `s.${name} = p.${name}`).join(' AND ')}
        AND toUnixTimestamp(toStartOfHour(s.time)) = p.hour`,
    query_params: { ...range, ...keyParams('first', first), ...keyParams('last', last) },
    clickhouse_settings: {
      async_insert: 0,
      do_not_merge_across_partitions_select_final: 1,
      max_partitions_per_insert_block: '0',
    },
  });
}

/** Cuts lines into pieces that fit into a statement. */
function* pieces(lines: readonly string[]): Generator<string[]> {
  let piece: string[] = [];
  let bytes = 0;
  for (const line of lines) {
    const more = Buffer.byteLength(quoted(line));
    if (piece.length > 0 && bytes + more > MAX_ROWS_BYTES) {
      yield piece;
      piece = [];
      bytes = 0;
    }
    piece.push(line);
    bytes += more;
  }
  if (piece.length > 0) yield piece;
}

interface Money {
  beforeNano: bigint;
  afterNano: bigint;
}

class Tally {
  rowsRead = 0;
  rowsChanged = 0;
  private readonly money = new Map<string, Money>();

  add(inference: Inference, row: StoredCall): void {
    this.rowsChanged++;
    if (row.rollup !== 0) return;
    const before = storedCost(row);
    if (!Number.isNaN(before)) this.of(row.currency).beforeNano += BigInt(before);
    if (!Number.isNaN(inference.cost))
      this.of(inference.currency).afterNano += BigInt(inference.cost);
  }

  report(): RepriceReport {
    const differences = [...this.money]
      .map(([currency, money]) => ({ currency, ...money }))
      .sort((a, b) => a.currency.localeCompare(b.currency));
    return { rowsRead: this.rowsRead, rowsChanged: this.rowsChanged, differences };
  }

  private of(currency: string): Money {
    let money = this.money.get(currency);
    if (money === undefined) this.money.set(currency, (money = { beforeNano: 0n, afterNano: 0n }));
    return money;
  }
}

/** The range in pieces of a day (UTC), so that no statement has to sort more than one. */
function* days({ fromMs, toMs }: RepriceRange): Generator<Range> {
  for (let from = fromMs; from < toMs;) {
    const to = Math.min(toMs, (Math.floor(from / DAY_MS) + 1) * DAY_MS);
    yield { from, to };
    from = to;
  }
}

/**
 * Prices stored model calls again and replaces those whose price, status or rule differs. A second run over the same
 * rows changes nothing. Memory is bounded by the batch. Rejects with the client's error when the store fails; what was
 * replaced until then stays.
 *
 * @param price writes the cost fields of an inference, as `Pricer.price` does
 * @param onProgress hears the report so far after each batch
 */
export async function reprice(
  client: ClickHouseClient,
  price: (inference: Inference) => void,
  range: RepriceRange,
  onProgress: (report: RepriceReport) => void = () => undefined,
): Promise<RepriceReport> {
  const limit = range.batch ?? 5_000;
  const inference = new Inference();
  const tally = new Tally();
  for (const day of days(range)) {
    let page: StoredCall[];
    let after: RowKey | undefined;
    do {
      page = await readPage(client, day, after, limit);
      const lines: string[] = [];
      for (const row of page) {
        fillInference(inference, row);
        price(inference);
        if (isSamePrice(inference, row)) continue;
        lines.push(repricedLine(inference, row));
        tally.add(inference, row);
      }
      after = page.at(-1);
      for (const piece of pieces(lines))
        await writeReplacements(client, day, page[0]!, after!, piece);
      tally.rowsRead += page.length;
      onProgress(tally.report());
    } while (page.length === limit);
  }
  return tally.report();
}
