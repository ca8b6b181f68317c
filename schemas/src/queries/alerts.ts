import { type Scope, whereInRange } from './scope';
import { TABLE_LIMIT } from './traffic';

/** State changes of alerts, the newest first. */
export const alertEvents = (scope: Scope): string =>
  `SELECT time, rule, state, environment, model, version, toString(labels) AS labels, toString(evidence) AS evidence,
  starts_at, ends_at, rule_uid
FROM v_alert_events
${whereInRange(scope)}
ORDER BY time DESC
LIMIT ${TABLE_LIMIT}`;

/** State changes per point, by state. */
export const alertsOverTime = (scope: Scope): string =>
  `SELECT $__timeInterval(time) AS at, state, toFloat64(count()) AS value
FROM v_alert_events
${whereInRange(scope)}
GROUP BY at, state
ORDER BY at, state`;

/** One row per rule and model: how often it fired, when last; the loudest first. */
export const loudAlerts = (scope: Scope): string =>
  `SELECT rule, environment, model, toFloat64(countIf(state = 'firing')) AS firings, max(time) AS newest,
  argMax(state, time) AS state
FROM v_alert_events
${whereInRange(scope)}
GROUP BY rule, environment, model
ORDER BY firings DESC
LIMIT ${TABLE_LIMIT}`;
