/** The queries that the app, the dashboards and the alert rules share; this module and all it imports run in a browser too. */
export {
  FLEET_LIMIT,
  fleetCurrencySql,
  fleetDriftSql,
  fleetModelsSql,
  fleetPerformanceSql,
  fleetQualitySql,
  type ModelKey,
  modelStatusSql,
} from './fleet';
export { ALL_VALUE, type Choice, type Scope, scopeConditions, whereInRange } from './scope';
export { quoteText, quoteTexts } from './text';
