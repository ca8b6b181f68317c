import { BUCKET, Inference } from '../../collector-processor/src/core/inference';
import type { PriceRow } from '../../collector-processor/src/core/priceRow';
import { createPricer } from '../../collector-processor/src/enrich/price/pricer';
import { priceRow } from './priceRow';

/** As `priceRow`, from the price book. */
export const row = (more: Partial<PriceRow>): PriceRow =>
  priceRow({ source: 'test', priceVersion: 'genai-prices@1.0.0', ...more });

/** Input $1 (1,000 nano-dollars a token), output $4. */
export const BASE = [row({}), row({ bucket: 'output', nanoPerMillion: 4e9 })];
/** Half those prices, from a contract. */
export const contract = (more: Partial<PriceRow>): PriceRow[] =>
  [row({ nanoPerMillion: 5e8 }), row({ bucket: 'output', nanoPerMillion: 2e9 })].map((price) => ({
    ...price,
    priceVersion: 'contracts@abc',
    rule: 'contract',
    ...more,
  }));

type Told = Partial<
  Pick<
    Inference,
    | 'tenant'
    | 'provider'
    | 'model'
    | 'version'
    | 'serviceTier'
    | 'modelType'
    | 'time'
    | 'inputTokensHigh'
    | 'reportedCost'
    | 'reportedCurrency'
    | 'reportedSource'
  >
>;

/** A call with this usage, priced by these rows. */
export function priced(
  rows: readonly PriceRow[],
  usage: Partial<Record<keyof typeof BUCKET, number>>,
  told: Told = {},
): Inference {
  const inference = new Inference();
  Object.assign(
    inference,
    { modelType: 'llm', provider: 'acme', model: 'm', version: 'm', time: 1 },
    told,
  );
  for (const [bucket, count] of Object.entries(usage))
    inference.tokens[BUCKET[bucket as keyof typeof BUCKET]] = count;
  createPricer(rows).price(inference);
  return inference;
}

/** What a bill is judged by, in billionths of the currency. */
export const outcome = ({
  costStatus,
  cost,
  costLow,
  costHigh,
  priceRule,
}: Inference): unknown[] => [costStatus, cost, costLow, costHigh, priceRule];
export const USED = { input: 10, output: 5 };
