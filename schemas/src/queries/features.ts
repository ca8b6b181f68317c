import { overTime, share } from './overTime';
import { type Scope, scopeConditions, whereInRange } from './scope';
import { TABLE_LIMIT } from './traffic';

const KEY = 'tenant, environment, model, feature, bins_version';

/**
 * What the features looked like in the range beside their baselines: one row per feature and bin, shares 0 to 1. Only windows
 * that were counted on a baseline's bins: the bins of others are not the same.
 */
export const featureDistribution = (scope: Scope): string => {
  const inScope = `WHERE ${['1', ...scopeConditions(scope)].join(' AND ')}`;
  return `SELECT concat(feature, ': ', any(label)) AS bin, any(reference_part) AS reference, any(current_part) AS current
FROM (
  SELECT feature, bin, max(text) AS label,
    ${share('sum(reference_count)', 'sum(sum(reference_count)) OVER (PARTITION BY feature)')} AS reference_part,
    ${share('sum(current_count)', 'sum(sum(current_count)) OVER (PARTITION BY feature)')} AS current_part
  FROM (
    SELECT feature, toUInt64(bin) AS bin, label AS text, count AS reference_count, 0 AS current_count
    FROM v_baselines
    ${inScope}
    UNION ALL
    SELECT feature, toUInt64(bin) AS bin, label AS text, 0 AS reference_count, count AS current_count
    FROM v_feature_windows
    ${whereInRange(scope, `(${KEY}) IN (SELECT ${KEY} FROM v_baselines ${inScope})`)}
  )
  GROUP BY feature, bin
)
GROUP BY feature, bin
ORDER BY feature, bin
LIMIT ${TABLE_LIMIT}`;
};

/** Rows in which the feature was missing as a share of all, by feature. */
export const missingShare = (scope: Scope): string =>
  overTime({
    view: 'v_feature_windows',
    value: share('sum(count)', 'sum(n)'),
    by: ['model', 'feature'],
    scope,
    where: ["label = 'missing'"],
  });

/** The baselines in use: whose, of when, of how many rows. */
export const baselines = (scope: Scope): string =>
  `SELECT
  environment, model, version, segment, baseline, source, toFloat64(uniqExact(feature)) AS features,
  toFloat64(max(n)) AS reference_n, min(from_time) AS reference_from, max(to_time) AS reference_to,
  toFloat64(max(pinned)) AS pinned, max(time) AS created
FROM v_baselines
WHERE ${['1', ...scopeConditions(scope)].join(' AND ')}
GROUP BY environment, model, version, segment, baseline, source
ORDER BY created DESC
LIMIT ${TABLE_LIMIT}`;
