-- Dated prices: what a million tokens of a bucket cost, for whom, from when until when. Loading the same price book again
-- changes nothing; older price versions stay, so that any call can be priced again with the book of its day.
-- `tenant` is empty for everyone, `valid_to` far in the future while a price holds, `price_per_million` NULL where unknown.
CREATE TABLE IF NOT EXISTS ml_prices (
  tenant LowCardinality(String),
  provider LowCardinality(String),
  model_match String CODEC(ZSTD(1)),
  model_id String CODEC(ZSTD(1)),
  service_tier LowCardinality(String),
  bucket LowCardinality(String),
  price_per_million Nullable(Decimal(18, 9)) CODEC(ZSTD(1)),
  tier_start_tokens UInt64 CODEC(ZSTD(1)),
  currency LowCardinality(String),
  valid_from DateTime CODEC(ZSTD(1)),
  valid_to DateTime CODEC(ZSTD(1)),
  source LowCardinality(String),
  price_version LowCardinality(String),
  rule String CODEC(ZSTD(1)),
  written_at DateTime64(3) DEFAULT now64(3) CODEC(Delta, ZSTD(1))
) ENGINE = ReplacingMergeTree(written_at)
ORDER BY (tenant, source, price_version, provider, model_id, service_tier, bucket, tier_start_tokens, valid_from, currency, rule, model_match);
