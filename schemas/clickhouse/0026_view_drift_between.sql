-- How far any two ranges, versions or segments of a model are apart, of stored feature windows only. Called with all of its
-- parameters: v_drift_between(model = 'fraud', ref_from = '2026-11-01 00:00:00', ref_to = …, ref_version = 'v1', ref_segment = '',
-- cur_from = …, cur_to = …, cur_version = '*', cur_segment = 'country=NL'). Version '*' is all versions, segment '' all traffic.
-- Both sides are counted on the newest bins that both have rows on. The formulas are those of stats/distances (a test compares
-- them). p-values and what would have been seen need more than SQL: POST /api/v1/compare.
CREATE VIEW IF NOT EXISTS v_drift_between AS
WITH
  sides.reference_counts AS rc,
  sides.current_counts AS cc,
  length(rc) AS places,
  length(made.edges) + 1 AS value_bins,
  made.kind = 'number' AS numeric,
  arraySum(rc) AS m,
  arraySum(cc) AS n_all,
  -- Usable places, rising by value; an atom is before or after the rest of the bin around it, as that rest is on average.
  if(numeric,
    arrayMap(t -> t.4, arraySort(arrayConcat(
      arrayMap(i -> (toUInt64(i), if(rc[i + 1] > 0, sides.reference_sums[i + 1] / rc[i + 1], inf), toUInt8(1), toUInt64(i + 1)), range(value_bins)),
      arrayMap((a, j) -> (toUInt64(arrayCount(e -> e <= a, made.edges)), a, toUInt8(0), toUInt64(value_bins + j)), made.atoms, arrayEnumerate(made.atoms))))),
    arrayMap(i -> toUInt64(i), range(1, places - 1))) AS usable,
  arrayMap(p -> rc[p], usable) AS ru,
  arrayMap(p -> cc[p], usable) AS cu,
  arraySum(ru) AS mu,
  arraySum(cu) AS nu,
  sides.reference_sum / mu AS from_mean,
  sides.current_sum / nu AS to_mean,
  sqrt(greatest(0., sides.reference_squares / mu - from_mean * from_mean)) AS from_sd,
  sqrt(greatest(0., sides.current_squares / nu - to_mean * to_mean)) AS to_sd,
  arraySort(t -> t.1, arrayConcat(
    arrayMap(p -> (sides.reference_sums[p] / rc[p], rc[p] / mu), arrayFilter(p -> rc[p] > 0, usable)),
    arrayMap(p -> (sides.current_sums[p] / cc[p], -(cc[p] / nu)), arrayFilter(p -> cc[p] > 0, usable)))) AS steps,
  arraySum((d, a, b) -> abs(d) * (b - a),
    arrayPopBack(arrayCumSum(arrayMap(t -> t.2, steps))), arrayPopBack(arrayMap(t -> t.1, steps)), arrayPopFront(arrayMap(t -> t.1, steps))) AS area,
  arrayMap((r, c) -> 2 * asin(sqrt(c / nu)) - 2 * asin(sqrt(r / mu)), ru, cu) AS arcs,
  multiIf(
    NOT numeric, arraySort(x -> -abs(x), arcs)[1],
    from_sd > 0, (to_mean - from_mean) / from_sd,
    to_mean = from_mean, 0.,
    (to_mean - from_mean) / to_sd) AS moved,
  arraySum((r, c) -> ((c + 0.5) / (n_all + places / 2) - (r + 0.5) / (m + places / 2)) * log(((c + 0.5) / (n_all + places / 2)) / ((r + 0.5) / (m + places / 2))), rc, cc) AS stability,
  sqrt(greatest(0., arraySum((r, c) -> if(r > 0, r / m * log2(r / m / ((r / m + c / n_all) / 2)) / 2, 0.) + if(c > 0, c / n_all * log2(c / n_all / ((r / m + c / n_all) / 2)) / 2, 0.), rc, cc))) AS divergence,
  arrayMax(arrayMap(d -> abs(d), arrayCumSum(arrayMap((r, c) -> c / nu - r / mu, ru, cu)))) AS gap
SELECT
  {cur_from:DateTime64(3)} AS time,
  sides.tenant AS tenant,
  sides.environment AS environment,
  {model:String} AS model,
  {cur_version:String} AS version,
  {cur_segment:String} AS segment,
  {ref_version:String} AS reference_version,
  {ref_segment:String} AS reference_segment,
  sides.feature AS feature,
  made.kind AS feature_type,
  if(m > 0 AND n_all > 0 AND isFinite(moved), moved, NULL) AS effect,
  if(m > 0 AND n_all > 0, stability, NULL) AS psi,
  if(m > 0 AND n_all > 0, divergence, NULL) AS js,
  if(numeric AND mu > 0 AND nu > 0, gap, NULL) AS ks,
  if(numeric AND mu > 0 AND nu > 0 AND (from_sd > 0 OR area = 0) AND isFinite(area), if(area = 0, 0., area / from_sd), NULL) AS wasserstein,
  n_all AS n,
  m AS reference_n,
  if(numeric AND isFinite(to_mean), to_mean, NULL) AS mean,
  if(numeric AND isFinite(from_mean), from_mean, NULL) AS reference_mean,
  if(n_all > 0, cc[places - 1] / n_all, NULL) AS missing_share,
  if(m > 0, rc[places - 1] / m, NULL) AS reference_missing_share,
  sides.bins_version AS bins_version
FROM (
  SELECT
    reference.tenant AS tenant, reference.environment AS environment, reference.feature AS feature, reference.bins_version AS bins_version,
    reference.total_counts AS reference_counts, reference.total_sums AS reference_sums, reference.total AS reference_sum, reference.squares AS reference_squares,
    other.total_counts AS current_counts, other.total_sums AS current_sums, other.total AS current_sum, other.squares AS current_squares
  FROM (
    SELECT tenant, environment, feature, bins_version, sumForEach(told.counts) AS total_counts, sumForEach(told.sums) AS total_sums, sum(told.sum) AS total, sum(told.sum_squares) AS squares
    FROM ml_feature_windows AS told FINAL
    WHERE told.model = {model:String} AND (told.version = {ref_version:String} OR {ref_version:String} = '*') AND told.segment = {ref_segment:String}
      AND told.time >= {ref_from:DateTime64(3)} AND told.time < {ref_to:DateTime64(3)}
    GROUP BY tenant, environment, feature, bins_version
  ) AS reference
  INNER JOIN (
    SELECT tenant, environment, feature, bins_version, sumForEach(told.counts) AS total_counts, sumForEach(told.sums) AS total_sums, sum(told.sum) AS total, sum(told.sum_squares) AS squares
    FROM ml_feature_windows AS told FINAL
    WHERE told.model = {model:String} AND (told.version = {cur_version:String} OR {cur_version:String} = '*') AND told.segment = {cur_segment:String}
      AND told.time >= {cur_from:DateTime64(3)} AND told.time < {cur_to:DateTime64(3)}
    GROUP BY tenant, environment, feature, bins_version
  ) AS other USING (tenant, environment, feature, bins_version)
  ORDER BY arraySum(reference.total_counts) > 0 AND arraySum(other.total_counts) > 0 DESC, bins_version DESC
  LIMIT 1 BY tenant, environment, feature
) AS sides
INNER JOIN (
  SELECT tenant, environment, feature, bins_version, kind, edges, atoms
  FROM ml_bins FINAL
  WHERE ml_bins.model = {model:String}
) AS made USING (tenant, environment, feature, bins_version)
SETTINGS do_not_merge_across_partitions_select_final = 1;
