import { VIEWS } from '../views';
import { quoteTexts } from './text';

/** What dashboards, rules and the app read: whoever sees all of it can use everything. */
const READ = [...Object.keys(VIEWS), 'otel_traces'];

/** One row: the server, the database, and which of our views and tables are not there or may not be seen. */
export const databaseSql = (): string => `SELECT
  version() AS server,
  currentDatabase() AS database,
  toFloat64(${READ.length}) AS expected,
  arrayStringConcat(arraySort(arrayFilter(name -> NOT has(seen, name), [${quoteTexts(READ)}])), ', ') AS missing
FROM (
  SELECT groupArray(name) AS seen FROM system.tables WHERE database = currentDatabase() AND name IN (${quoteTexts(READ)})
)`;

/** One row: the newest step of the schema that was applied. */
export const schemaVersionSql = (): string =>
  'SELECT toFloat64(max(number)) AS schema_version FROM ml_migrations';

/** One row: the models that were seen, the newest call, and spans of any kind in the last hour. Times are epoch milliseconds. */
export const firstTelemetrySql = (): string => `SELECT
  toFloat64(count()) AS models,
  toFloat64(toUnixTimestamp64Milli(max(last_seen))) AS newest_ms,
  toFloat64(sum(requests_24h)) AS requests,
  (SELECT toFloat64(count()) FROM otel_traces WHERE Timestamp > now() - INTERVAL 1 HOUR) AS spans
FROM v_models
WHERE last_seen IS NOT NULL`;

/** One row: models that the monitor has a reference for, and state changes of alerts in the last 30 days. */
export const monitorSql = (): string => `SELECT
  toFloat64(uniqExact(tenant, environment, model)) AS references,
  (SELECT toFloat64(count()) FROM v_alert_events WHERE time > now() - INTERVAL 30 DAY) AS alert_events
FROM v_baselines`;
