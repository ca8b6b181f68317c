/** End of a price that has none: the last whole year of ClickHouse's DateTime. */
export const NO_END_MS = Date.UTC(2106, 0, 1);

/**
 * One price, as a row of `ml_prices`. The rows are all that pricing knows: an operator can add some with SQL.
 *
 * `bucket` is a token bucket, `request` (a fee per call) or one of these names with `_max` (see `priceBuckets.ts`).
 */
export interface PriceRow {
  /** Empty: for every tenant. */
  readonly tenant: string;
  /** As the price book spells it; `*`: any; empty: for calls that tell no provider. */
  readonly provider: string;
  /** For example `equals:gpt-4o` or `starts_with:claude-3-haiku`; `matchClause.ts` has the grammar. */
  readonly modelMatch: string;
  readonly modelId: string;
  /** Empty: the standard tier; else `batch`, `flex`, `priority`, … */
  readonly serviceTier: string;
  readonly bucket: string;
  /** Billionths of `currency` per million tokens (or requests): an integer, so that no price is rounded. */
  readonly nanoPerMillion: number;
  /** The price holds when the call has more input tokens than this, cached ones included; 0: from the first on. */
  readonly tierStartTokens: number;
  /** ISO 4217. */
  readonly currency: string;
  /** Unix milliseconds, whole seconds; the end is exclusive. */
  readonly validFromMs: number;
  readonly validToMs: number;
  /** Where the number comes from, for people. */
  readonly source: string;
  readonly priceVersion: string;
  /** Name of the rule that this row belongs to; goes into `price_rule` of what it prices. */
  readonly rule: string;
}
