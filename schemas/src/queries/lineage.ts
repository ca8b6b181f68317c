import { type Scope, scopeConditions, whereInRange } from './scope';

/** Rows that a part of a lineage has at most; one more is asked for, so that the page can say that there are more. */
export const LINEAGE_LIMIT = 1000;

/** The data that the versions of a model are compared with: one row per baseline, version and feature, whatever range is shown. */
export const lineageBaselines = (scope: Scope): string =>
  `SELECT version, baseline, feature, any(source) AS made, toFloat64(max(n)) AS row_count,
  toUnixTimestamp64Milli(min(from_time)) AS from_ms, toUnixTimestamp64Milli(max(to_time)) AS to_ms
FROM v_baselines
WHERE ${['1', ...scopeConditions(scope), "segment = ''"].join(' AND ')}
GROUP BY version, baseline, feature
ORDER BY to_ms DESC, version, baseline, feature
LIMIT ${LINEAGE_LIMIT + 1}`;

/**
 * The stores that calls took data from (`gen_ai.data_source.id`, `ml.data.source`), by version. No view tells them, and whether
 * a call was delivered twice does not change the answer: the table is read as it is.
 */
export const lineageSources = (scope: Scope): string =>
  `SELECT version, data_source, toFloat64(uniqExact(inference_id)) AS requests
FROM ml_inferences
${whereInRange(scope, "data_source != ''", 'rollup = 0')}
GROUP BY version, data_source
ORDER BY requests DESC
LIMIT ${LINEAGE_LIMIT + 1}`;

/** The features that came in the range, by version, with their newest finding about drift (empty where there is none). */
export const lineageFeatures = (scope: Scope): string =>
  `SELECT version, feature, max(found) AS drift_status
FROM (
  SELECT version, feature, '' AS found
  FROM v_feature_windows
  ${whereInRange(scope, "segment = ''")}
  GROUP BY version, feature
  UNION ALL
  SELECT version, feature, argMax(toString(status), time) AS found
  FROM v_drift
  ${whereInRange(scope, "segment = ''")}
  GROUP BY version, feature
)
GROUP BY version, feature
ORDER BY feature, version
LIMIT ${LINEAGE_LIMIT + 1}`;

/** Who calls the versions in the range: services with their teams and routes. */
export const lineageServices = (scope: Scope): string =>
  `SELECT version, service, arrayStringConcat(arraySort(groupUniqArray(toString(team))), ', ') AS teams,
  arrayStringConcat(arraySort(groupUniqArray(toString(route))), ', ') AS routes, any(provider) AS provider,
  sum(told.requests) AS requests, sum(told.errors) AS errors
FROM v_traffic AS told
${whereInRange(scope)}
GROUP BY version, service
ORDER BY requests DESC
LIMIT ${LINEAGE_LIMIT + 1}`;
