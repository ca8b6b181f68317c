import type { ModelKey } from './fleet';
import { share } from './overTime';
import { type Scope, scopeConditions, whereInRange } from './scope';

/** Features that the drift tab ranks; one more is asked for, so that it can say that there are more. */
export const RANKING_LIMIT = 300;

/** One feature of one version and segment. */
export interface FeatureKey extends ModelKey {
  readonly version: string;
  /** `key=value`; '' is all traffic. */
  readonly segment: string;
  readonly feature: string;
}

/** A window by its start, Unix milliseconds, and length; left out: the range that Grafana shows. */
export interface OneWindow {
  readonly startMs: number;
  readonly minutes: number;
}

const EVIDENCE = `status, score, p_value, q_value, toFloat64(n) AS rows, toFloat64(reference_n) AS reference_rows,
  detectable_effect, direction, psi, js, ks, wasserstein, rule, toFloat64(page) AS paged`;

const whereFeature = (key: FeatureKey): string =>
  scopeConditions({
    tenant: [key.tenant],
    environment: [key.environment],
    model: [key.model],
    version: [key.version],
    segment: [key.segment],
    feature: [key.feature],
  }).join(' AND ');

/**
 * The newest window of each feature in the range with its evidence, the strongest first: what pages, what drifts, then by
 * q-value, then by the size of the effect where there is none yet.
 */
export const driftRankingSql = (scope: Scope): string => `SELECT * FROM (
  SELECT toUnixTimestamp64Milli(time) AS start_ms, toFloat64(window_minutes) AS minutes, tenant, environment, model, version,
    segment, feature, feature_type, ${EVIDENCE}, baseline
  FROM v_drift
  ${whereInRange(scope)}
  ORDER BY time DESC
  LIMIT 1 BY tenant, environment, model, version, segment, feature
)
ORDER BY paged DESC, status = 'drift' DESC, q_value ASC NULLS LAST, abs(score) DESC NULLS LAST, feature, version
LIMIT ${RANKING_LIMIT + 1}`;

/** All windows of one feature in the range, with the evidence of each. */
export const featureDriftSql = (key: FeatureKey): string => `SELECT
  toUnixTimestamp64Milli(time) AS start_ms, ${EVIDENCE}
FROM v_drift
WHERE $__timeFilter(time) AND ${whereFeature(key)}
ORDER BY start_ms`;

const inWindow = (window: OneWindow | undefined): string =>
  window === undefined
    ? '$__timeFilter(time)'
    : `time >= fromUnixTimestamp64Milli(${Math.floor(window.startMs)}) AND time < fromUnixTimestamp64Milli(${Math.floor(
        window.startMs + window.minutes * 60_000,
      )})`;

/**
 * A feature beside its baseline, bin by bin in the order of the bins: shares 0 to 1, NULL for a side without rows. Only
 * windows counted on the baseline's own bins: the bins of others are not the same.
 */
export const featureBinsSql = (key: FeatureKey, window?: OneWindow): string => {
  const feature = whereFeature(key);
  return `SELECT
  toFloat64(place) AS bin, any(bottom) AS low, any(top) AS high, any(text) AS label,
  ${share('sum(reference_count)', 'sum(sum(reference_count)) OVER ()')} AS reference_share,
  ${share('sum(current_count)', 'sum(sum(current_count)) OVER ()')} AS current_share,
  toFloat64(sum(sum(current_count)) OVER ()) AS current_rows
FROM (
  SELECT toUInt64(bin) AS place, low AS bottom, high AS top, label AS text,
    toFloat64(count) AS reference_count, toFloat64(0) AS current_count
  FROM v_baselines
  WHERE ${feature}
  UNION ALL
  SELECT toUInt64(bin) AS place, low AS bottom, high AS top, label AS text,
    toFloat64(0) AS reference_count, toFloat64(count) AS current_count
  FROM v_feature_windows
  WHERE ${inWindow(window)} AND ${feature} AND bins_version IN (SELECT bins_version FROM v_baselines WHERE ${feature})
)
GROUP BY place
ORDER BY place`;
};

/** The segments in which a model's features are counted, '' (all traffic) included. */
export const driftSegmentsSql = (scope: Scope): string => `SELECT DISTINCT segment
FROM v_baselines
WHERE ${['1', ...scopeConditions(scope)].join(' AND ')}
ORDER BY segment
LIMIT 500`;
