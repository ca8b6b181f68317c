import { quoteText } from './text';

/** Who a model is; without `version` all of its versions. */
export interface ModelKey {
  readonly tenant: string;
  readonly environment: string;
  readonly model: string;
  readonly version?: string | undefined;
}

const KEY = 'tenant, environment, model, version';

/** How far back the newest finding of the monitor may lie and still speak for a model. */
const RECENT = 'time > now64(3) - INTERVAL 48 HOUR';

/** More models than the fleet shows; one more is asked for than is shown, so that the page can say that there are more. */
export const FLEET_LIMIT = 2000;

/** Every model and version with what is known of its last 24 hours. Times are epoch milliseconds. */
export const fleetModelsSql = (): string => `SELECT
  ${KEY},
  toUnixTimestamp64Milli(last_seen) AS last_seen_ms,
  stage, owner, team, model_type, provider,
  requests_24h, errors_24h, latency_p95_ms,
  status, drift_status, quality_status, performance_status,
  toFloat64(cost_24h) AS cost_24h,
  cost_coverage
FROM v_models
ORDER BY last_seen DESC, ${KEY}
LIMIT ${FLEET_LIMIT + 1}`;

/** What the costs of every model are in; `v_models` has no cost where there are several. */
export const fleetCurrencySql = (): string => `SELECT
  ${KEY},
  any(currency) AS currency
FROM v_traffic
WHERE time > now64(3) - INTERVAL 24 HOUR AND currency != ''
GROUP BY ${KEY}`;

/** The newest finding about drift of every model. */
export const fleetDriftSql = (): string => `SELECT
  ${KEY},
  argMax(status, time) AS status,
  argMax(page, time) AS page,
  argMax(features, time) AS features,
  argMax(features_drifted, time) AS features_drifted,
  argMax(top_feature, time) AS top_feature,
  argMax(tuple(top_score), time).1 AS top_score,
  argMax(direction, time) AS direction
FROM v_drift_models
WHERE ${RECENT}
GROUP BY ${KEY}`;

/**
 * What the checks of the data found in the newest hour of every model: how many failed, and the worst one (a page first, then
 * the highest rate).
 */
export const fleetQualitySql = (): string => `SELECT
  ${KEY},
  countIf(failed) AS failed_checks,
  max(page) AS page,
  argMaxIf(feature, tuple(page, ifNull(rate, 0)), failed) AS top_feature,
  argMaxIf(\`check\`, tuple(page, ifNull(rate, 0)), failed) AS top_check,
  argMaxIf(tuple(rate), tuple(page, ifNull(rate, 0)), failed).1 AS top_rate
FROM (
  SELECT
    ${KEY}, time, feature, \`check\`, page, rate,
    status NOT IN ('ok', 'learning', 'insufficient_data', 'baseline_missing', 'no_traffic') AS failed,
    max(time) OVER (PARTITION BY ${KEY}) AS newest
  FROM v_quality
  WHERE ${RECENT}
)
WHERE time = newest
GROUP BY ${KEY}`;

/** The metrics that speak for a model, the first that it has. */
const HEADLINE_METRICS = ['roc_auc', 'f1', 'f1_macro', 'accuracy', 'rmse', 'mae'] as const;

/** The newest value of the headline metric of every model, over all of its traffic. */
export const fleetPerformanceSql = (): string => {
  const order = `[${HEADLINE_METRICS.map(quoteText).join(', ')}]`;
  return `SELECT
  ${KEY},
  argMin(metric, rank) AS metric,
  argMin(tuple(value), rank).1 AS value,
  argMin(tuple(low), rank).1 AS low,
  argMin(tuple(high), rank).1 AS high,
  argMin(status, rank) AS status,
  argMin(tuple(label_coverage), rank).1 AS label_coverage
FROM (
  SELECT
    ${KEY}, metric, indexOf(${order}, metric) AS rank,
    argMax(tuple(performance.value), time).1 AS value,
    argMax(tuple(performance.low), time).1 AS low,
    argMax(tuple(performance.high), time).1 AS high,
    argMax(performance.status, time) AS status,
    argMax(tuple(performance.label_coverage), time).1 AS label_coverage
  FROM v_performance AS performance
  WHERE time > now64(3) - INTERVAL 14 DAY AND segment = '' AND has(${order}, metric)
  GROUP BY ${KEY}, metric
)
GROUP BY ${KEY}`;
};

/** The status of one model: of the version that was seen last, unless one is named. */
export const modelStatusSql = ({ tenant, environment, model, version }: ModelKey): string => {
  const conditions = [
    `tenant = ${quoteText(tenant)}`,
    `environment = ${quoteText(environment)}`,
    `model = ${quoteText(model)}`,
    ...(version === undefined ? [] : [`version = ${quoteText(version)}`]),
  ];
  return `SELECT version, status
FROM v_models
WHERE ${conditions.join(' AND ')}
ORDER BY last_seen DESC
LIMIT 1`;
};
