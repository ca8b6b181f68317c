import { overTime, share } from './overTime';
import { type Scope, scopeConditions, whereInRange } from './scope';
import { TABLE_LIMIT } from './traffic';

const KEY = 'tenant, environment, model, feature, bins_version';

/**
 * What the features looked like in the range beside their baselines: one row per feature and bin, shares 0 to 1. Only windows
 * that were counted on a baseline's bins: the bins of others are not the same.
 */
export const featureDistribution = (scope: Scope): string =>
  `SELECT concat(feature, ': ', any(label)) AS bin, any(reference_part) AS reference, any(current_part) AS current
FROM (
  SELECT feature, place, max(text) AS label,
    ${share('sum(reference_count)', 'sum(sum(reference_count)) OVER (PARTITION BY feature)')} AS reference_part,
    ${share('sum(current_count)', 'sum(sum(current_count)) OVER (PARTITION BY feature)')} AS current_part
  FROM (
    SELECT feature, bin AS place, label AS text, reference_count, counted[bin] AS current_count
    FROM (
      SELECT ${KEY}, bin, any(label) AS label, sum(count) AS reference_count
      FROM v_baselines
      WHERE ${['1', ...scopeConditions(scope)].join(' AND ')}
      GROUP BY ${KEY}, bin
    ) AS reference
    LEFT JOIN (
      SELECT ${KEY}, sumForEach(counts) AS counted
      FROM v_feature_counts
      ${whereInRange(scope)}
      GROUP BY ${KEY}
    ) AS current USING (${KEY})
  )
  GROUP BY feature, place
)
GROUP BY feature, place
ORDER BY feature, place
LIMIT ${TABLE_LIMIT}`;

/** Rows in which the feature was missing as a share of all, by feature. */
export const missingShare = (scope: Scope): string =>
  overTime({
    view: 'v_feature_counts',
    value: share('sum(missing)', 'sum(n)'),
    by: ['model', 'feature'],
    scope,
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
