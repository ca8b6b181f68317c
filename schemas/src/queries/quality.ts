import { overTime, share } from './overTime';
import { type Scope, whereInRange } from './scope';
import { TABLE_LIMIT } from './traffic';

/** Rows that broke a check as a share of those that it looked at, 0 to 1. */
export const violationRate = (scope: Scope, by: readonly ('model' | 'check' | 'feature')[]): string =>
  overTime({ view: 'v_quality', value: share('sum(violations)', 'sum(n)'), by, scope });

/** One row: windows that broke a check, pages, checks and models that were looked at. */
export const qualityTotals = (scope: Scope): string =>
  `SELECT
  toFloat64(sum(violations)) AS violations,
  toFloat64(sum(page)) AS pages,
  toFloat64(uniqExact(check)) AS checks,
  toFloat64(uniqExact(model)) AS models
FROM v_quality
${whereInRange(scope)}`;

/** The newest window of each check of each feature, the worst first, with the evidence. */
export const qualityTable = (scope: Scope): string =>
  `SELECT * FROM (
  SELECT time, environment, model, version, feature, check, status, toFloat64(violations) AS violations,
    toFloat64(n) AS n, rate, rate_low, rate_high, expected, p_value, detail, toFloat64(page) AS page
  FROM v_quality
  ${whereInRange(scope)}
  ORDER BY time DESC
  LIMIT 1 BY tenant, environment, model, version, feature, check
)
ORDER BY page DESC, rate DESC NULLS LAST
LIMIT ${TABLE_LIMIT}`;

/** Marks of windows in which a check paged. */
export const qualityPages = (scope: Scope): string =>
  `SELECT time, concat('Data quality of ', model, ' ', version, ': ', check, ' ', feature) AS text, 'quality' AS tags
FROM v_quality
${whereInRange(scope, 'page = 1')}
ORDER BY time`;
