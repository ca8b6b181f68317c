import { quoteTexts } from './text';
import { type Scope, scopeConditions, whereInRange } from './scope';
import { TABLE_LIMIT } from './traffic';

const all = (scope: Scope): string => ['1', ...scopeConditions(scope)].join(' AND ');

/** One row per model and version, whatever range is shown; the busiest of the last 24 hours first. */
export const modelTable = (scope: Scope): string =>
  `SELECT
  environment, model, version, stage, owner, team, model_type, provider, status, drift_status, quality_status,
  performance_status, requests_24h, errors_24h / nullIf(requests_24h, 0) AS error_rate_24h,
  toFloat64(latency_p95_ms) AS latency_p95_ms, toFloat64(cost_24h) AS cost_24h, cost_coverage, first_seen, last_seen,
  arrayStringConcat(services, ', ') AS services
FROM v_models
WHERE ${all(scope)}
ORDER BY requests_24h DESC, last_seen DESC
LIMIT ${TABLE_LIMIT}`;

/** One row: models, versions, and how many need somebody. */
export const modelTotals = (scope: Scope): string =>
  `SELECT
  toFloat64(uniqExact(model)) AS models,
  toFloat64(count()) AS versions,
  toFloat64(countIf(status NOT IN ('ok', 'healthy', 'insufficient_data', 'learning'))) AS unhealthy,
  sum(requests_24h) AS requests_24h
FROM v_models
WHERE ${all(scope)}`;

/** What happened to models, the newest first. */
export const modelEvents = (scope: Scope): string =>
  `SELECT time, environment, model, version, event, text, actor, evidence
FROM v_model_events
${whereInRange(scope)}
ORDER BY time DESC
LIMIT ${TABLE_LIMIT}`;

/** Events of some kinds as marks on charts. */
export const eventMarks = (scope: Scope, events: readonly string[]): string =>
  `SELECT time, concat(model, ' ', version, ': ', text) AS text, event AS tags
FROM v_model_events
${whereInRange(scope, `event IN (${quoteTexts(events)})`)}
ORDER BY time`;

/** How many events of each kind per point. */
export const eventsOverTime = (scope: Scope): string =>
  `SELECT $__timeInterval(time) AS at, event, toFloat64(count()) AS value
FROM v_model_events
${whereInRange(scope)}
GROUP BY at, event
ORDER BY at, event`;

/** Who changed what through the API, refused attempts included. */
export const audit = (scope: Scope): string =>
  `SELECT time, actor_name, role, action, object, outcome, reason, environment, model, version
FROM v_audit
${whereInRange(scope)}
ORDER BY time DESC
LIMIT ${TABLE_LIMIT}`;
