import { Inference } from '../core/inference';
import type { InferenceKey } from './inferenceKey';
import {
  fillInference,
  isSamePrice,
  repricedLine,
  storedCost,
  type StoredCall,
} from './repricedRow';
import {
  readPage,
  type Replacement,
  type RepriceClient,
  type TimeRange,
  writeReplacements,
} from './repricePage';
import { type RepriceReport, RepriceTally } from './repriceReport';

/** Which rows, and how many at a time. */
export interface RepriceRange {
  /** Start of the calls, Unix milliseconds; the end is exclusive. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Rows read at once; default 5,000. */
  readonly batch?: number;
}

/** Writes the cost fields of an inference, as `Pricer.price` does. */
type Price = (inference: Inference) => void;

const DAY_MS = 86_400_000;
const DEFAULT_BATCH = 5_000;

/** The range in pieces of a day (UTC), so that no statement has to sort more than one. */
function* days({ fromMs, toMs }: RepriceRange): Generator<TimeRange> {
  for (let from = fromMs; from < toMs;) {
    const to = Math.min(toMs, (Math.floor(from / DAY_MS) + 1) * DAY_MS);
    yield { from, to };
    from = to;
  }
}

/** Prices a page of rows; returns what has to be replaced. */
function pricePage(
  page: readonly StoredCall[],
  price: Price,
  inference: Inference,
  tally: RepriceTally,
): Replacement[] {
  const replacements: Replacement[] = [];
  for (const row of page) {
    fillInference(inference, row);
    price(inference);
    if (isSamePrice(inference, row)) continue;
    replacements.push({ key: row, line: repricedLine(inference, row) });
    tally.rowsChanged++;
    if (row.rollup !== 0) continue;
    tally.add('beforeNano', row.currency, storedCost(row));
    tally.add('afterNano', inference.currency, inference.cost);
  }
  tally.rowsRead += page.length;
  return replacements;
}

/**
 * Prices stored model calls again and replaces those whose price, status or rule differs. A second run over the same
 * rows changes nothing. Memory is bounded by the batch. Rejects with the client's error when the store fails; what was
 * replaced until then stays.
 *
 * @param price with the prices of the version wanted (`createPricer(selectPrices(rows, version).rows).price`)
 * @param onProgress hears the report so far after each batch
 */
export async function reprice(
  client: RepriceClient,
  price: Price,
  range: RepriceRange,
  onProgress: (report: RepriceReport) => void = () => undefined,
): Promise<RepriceReport> {
  const limit = range.batch ?? DEFAULT_BATCH;
  const inference = new Inference();
  const tally = new RepriceTally();
  for (const day of days(range)) {
    let page: StoredCall[];
    let after: InferenceKey | undefined;
    do {
      page = await readPage(client, day, after, limit);
      after = page.at(-1);
      await writeReplacements(client, day, pricePage(page, price, inference, tally));
      onProgress(tally.report());
    } while (page.length === limit);
  }
  return tally.report();
}
