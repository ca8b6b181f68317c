import type { ClickHouseClient } from '@clickhouse/client';
import type { PriceRow } from '../core/priceRow';
import { decimalOfNano, nanoOfDecimal } from './nanoDecimal';

/** Rows written, and rows of versions that the store already had. */
export interface LoadedPrices {
  readonly written: number;
  readonly present: number;
}

/** A source and a price version: what is loaded together. */
type Edition = readonly [source: string, priceVersion: string];

function editionsOf(rows: readonly PriceRow[]): Map<string, PriceRow[]> {
  const editions = new Map<string, PriceRow[]>();
  for (const row of rows) {
    const edition: Edition = [row.source, row.priceVersion];
    const key = JSON.stringify(edition);
    const group = editions.get(key);
    if (group === undefined) editions.set(key, [row]);
    else group.push(row);
  }
  return editions;
}

/** How many rows the store has of the newest edition of each source, which is the one that `v_prices` shows. */
async function storedEditions(client: ClickHouseClient): Promise<Map<string, number>> {
  const result = await client.query({
    query: `
      SELECT source, price_version, toUInt32(count()) AS rows
      FROM ml_prices FINAL
      WHERE (source, price_version) IN (
        SELECT source, argMax(price_version, written_at) FROM ml_prices GROUP BY source)
      GROUP BY source, price_version`,
    format: 'JSONEachRow',
  });
  const found = await result.json<{ source: string; price_version: string; rows: number }>();
  return new Map(
    found.map(({ source, price_version: version, rows }) => [
      JSON.stringify([source, version] satisfies Edition),
      rows,
    ]),
  );
}

const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

const stored = (row: PriceRow): Record<string, string | number> => ({
  tenant: row.tenant,
  provider: row.provider,
  model_match: row.modelMatch,
  model_id: row.modelId,
  service_tier: row.serviceTier,
  bucket: row.bucket,
  price_per_million: decimalOfNano(row.nanoPerMillion),
  tier_start_tokens: row.tierStartTokens,
  currency: row.currency,
  valid_from: seconds(row.validFromMs),
  valid_to: seconds(row.validToMs),
  source: row.source,
  price_version: row.priceVersion,
  rule: row.rule,
});

/**
 * Writes the prices that the store does not have yet, or has not as the newest of their source. Safe for several
 * replicas at once and after a crash in the middle: the same rows written twice are one row.
 *
 * Rejects with the client's error when the store cannot be reached or refuses.
 */
export async function loadPrices(
  client: ClickHouseClient,
  rows: readonly PriceRow[],
): Promise<LoadedPrices> {
  const known = await storedEditions(client);
  const missing = [...editionsOf(rows)].flatMap(([edition, group]) =>
    (known.get(edition) ?? 0) < group.length ? group : [],
  );
  if (missing.length > 0)
    await client.insert({
      table: 'ml_prices',
      values: missing.map(stored),
      columns: Object.keys(stored(missing[0]!)) as [string, ...string[]],
      format: 'JSONEachRow',
      clickhouse_settings: { async_insert: 0 },
    });
  return { written: missing.length, present: rows.length - missing.length };
}

interface StoredPrice {
  readonly tenant: string;
  readonly provider: string;
  readonly model_match: string;
  readonly model_id: string;
  readonly service_tier: string;
  readonly bucket: string;
  readonly price: string;
  readonly tier_start_tokens: string;
  readonly currency: string;
  readonly from_s: number;
  readonly to_s: number;
  readonly source: string;
  readonly price_version: string;
  readonly rule: string;
}

/**
 * Reads all prices of all versions, in a fixed order. Rows whose price is NULL price nothing and are left out.
 * Rejects with the client's error when the store cannot be reached or refuses.
 */
export async function readPrices(client: ClickHouseClient): Promise<PriceRow[]> {
  const result = await client.query({
    query: `
      SELECT
        tenant, provider, model_match, model_id, service_tier, bucket,
        toString(assumeNotNull(price_per_million)) AS price,
        toString(tier_start_tokens) AS tier_start_tokens,
        currency, toUnixTimestamp(valid_from) AS from_s, toUnixTimestamp(valid_to) AS to_s,
        source, price_version, rule
      FROM ml_prices FINAL
      WHERE price_per_million IS NOT NULL
      ORDER BY ALL`,
    format: 'JSONEachRow',
  });
  const rows = await result.json<StoredPrice>();
  return rows.map((row) => ({
    tenant: row.tenant,
    provider: row.provider,
    modelMatch: row.model_match,
    modelId: row.model_id,
    serviceTier: row.service_tier,
    bucket: row.bucket,
    nanoPerMillion: nanoOfDecimal(row.price),
    tierStartTokens: Number(row.tier_start_tokens),
    currency: row.currency,
    validFromMs: row.from_s * 1000,
    validToMs: row.to_s * 1000,
    source: row.source,
    priceVersion: row.price_version,
    rule: row.rule,
  }));
}
