-- Bins of a feature, frozen: versions and segments of a model share them, so that any two can be compared. Bins that are made
-- anew get a later `bins_version` (Unix milliseconds of their making), and what was counted on older ones stays readable.
-- `edges` rise: value bin i holds edges[i - 1] <= x < edges[i], the first and the last one are open. A value in `atoms` has a
-- bin of its own and is in no value bin. Categories in `rare` were seen and count as other; a text in neither list is new.
CREATE TABLE IF NOT EXISTS ml_bins (
  tenant LowCardinality(String),
  environment LowCardinality(String),
  model LowCardinality(String),
  feature LowCardinality(String),
  bins_version UInt64,
  kind LowCardinality(String),
  edges Array(Float64) CODEC(ZSTD(1)),
  atoms Array(Float64) CODEC(ZSTD(1)),
  categories Array(String) CODEC(ZSTD(1)),
  rare Array(String) CODEC(ZSTD(1)),
  created_at DateTime64(3),
  row_version UInt64
) ENGINE = ReplacingMergeTree(row_version)
ORDER BY (tenant, environment, model, feature, bins_version);

-- Reference counts on the bins, and moments. Numbers count as [value bins, atoms, missing, new], categories as [categories,
-- other, missing, new]; `n` is their sum. `sums` has the sum of the values of each bin, and is empty for categories. The moments
-- are over finite numbers; a sum beyond the largest double is infinite. `source` is auto, range or import. A baseline that
-- is pinned is the one in use; one that is expired never is; else the newest is.
CREATE TABLE IF NOT EXISTS ml_baselines (
  tenant LowCardinality(String),
  environment LowCardinality(String),
  model LowCardinality(String),
  version LowCardinality(String),
  segment LowCardinality(String),
  feature LowCardinality(String),
  baseline String,
  bins_version UInt64,
  n UInt64,
  counts Array(UInt64) CODEC(ZSTD(1)),
  sums Array(Float64) CODEC(ZSTD(1)),
  sum Float64,
  sum_squares Float64,
  minimum Nullable(Float64),
  maximum Nullable(Float64),
  from_time DateTime64(3),
  to_time DateTime64(3),
  source LowCardinality(String),
  pinned UInt8,
  expired UInt8,
  created_at DateTime64(3),
  row_version UInt64
) ENGINE = ReplacingMergeTree(row_version)
ORDER BY (tenant, environment, model, version, segment, feature, baseline);
