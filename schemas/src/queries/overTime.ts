import { type Scope, whereInRange } from './scope';

/** What a series over time is made of. `value` is an aggregate of the rows of a point, `by` the columns that tell series apart. */
export interface OverTime {
  readonly view: string;
  readonly value: string;
  readonly by: readonly string[];
  readonly scope: Scope;
  readonly where?: readonly string[];
}

/**
 * One row per point of Grafana's interval and series: `at`, one text column for each of `by`, `value`. Ascending by time, as
 * the data source demands. The point is called `at` because an alias `time` would take the place of the column in `WHERE`,
 * and the primary key would not prune any more.
 */
export const overTime = ({ view, value, by, scope, where = [] }: OverTime): string =>
  `SELECT ${['$__timeInterval(time) AS at', ...by, `${value} AS value`].join(', ')}
FROM ${view}
${whereInRange(scope, ...where)}
GROUP BY ${['at', ...by].join(', ')}
ORDER BY ${['at', ...by].join(', ')}`;

/** Rows of windows as they are, one point per window: for views whose rows are windows already. */
export const windowsOverTime = ({ view, value, by, scope, where = [] }: OverTime): string =>
  `SELECT ${['time AS at', ...by, `${value} AS value`].join(', ')}
FROM ${view}
${whereInRange(scope, ...where)}
ORDER BY ${['at', ...by].join(', ')}`;

/** The mean of minutes' quantiles, weighted by their requests: what a call in a typical minute met. NULL where none told. */
export const typicalMinute = (column: string): string =>
  `toFloat64(avgWeighted(${column}, requests))`;

/** A share whose whole may be nothing: NULL then, never 0. */
export const share = (part: string, whole: string): string =>
  `toFloat64(${part}) / nullIf(toFloat64(${whole}), 0)`;
