-- The prices in force by validity: of every source the version that was loaded last.
CREATE VIEW IF NOT EXISTS v_prices AS
SELECT
  toDateTime64(valid_from, 3) AS time,
  tenant,
  '' AS environment,
  model_id AS model,
  '' AS version,
  provider,
  model_match,
  service_tier,
  tier_start_tokens,
  bucket,
  price_per_million,
  currency,
  valid_from,
  valid_to,
  source,
  price_version
FROM ml_prices FINAL
WHERE (tenant, source, price_version) IN (
  SELECT tenant, source, argMax(price_version, written_at) FROM ml_prices GROUP BY tenant, source
);
