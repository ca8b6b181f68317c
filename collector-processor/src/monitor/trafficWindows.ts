import { inRange, type TimeRange } from './timeText';
import type { WindowKind } from './windowKind';

const MODEL = 'tenant, environment, model, version, time';
const KEY = `${MODEL}, service, team, route, provider, currency`;
const VALUES =
  'model_type rows requests errors priced_requests unpriced_requests tokens priced_tokens unpriced_tokens costs cost cost_low cost_high price_version latency first_time last_time'.split(
    ' ',
  );

const conditionOf = (range: TimeRange, windows: string | undefined): string =>
  windows === undefined ? inRange(range) : `${inRange(range)} AND (${MODEL}) IN (${windows})`;

/**
 * The stored combinations of labels are read with the fresh ones, so that one whose rows are gone (a changed rollup bit,
 * another currency after repricing) is written again, without rows. The version is over the whole window of the model,
 * or a combination with few rows could not win against an older state of itself.
 */
const computeWindows = (
  condition: string,
): string => `INSERT INTO ml_traffic_windows (${KEY}, ${VALUES.join(', ')}, window_version)
SELECT ${KEY}, ${VALUES.map((name) => `value_${name}`).join(', ')},
  bitShiftLeft(toUInt128(toUnixTimestamp64Milli(newest)), 64) + read
FROM (
  SELECT ${KEY}, ${VALUES.map((name) => `anyIf(${name}, fresh) AS value_${name}`).join(', ')},
    max(NOT fresh) AS stored,
    max(max(newest_written_at)) OVER (PARTITION BY ${MODEL}) AS newest,
    sum(sum(rows_read)) OVER (PARTITION BY ${MODEL}) AS read
  FROM (
    SELECT ${KEY}, ${VALUES.join(', ')}, newest_written_at, rows_read, 1 AS fresh
    FROM ml_traffic_minutes
    WHERE ${condition}
    UNION ALL
    SELECT ${KEY}, ${VALUES.join(', ')}, toDateTime64(0, 3) AS newest_written_at, 0 AS rows_read, 0 AS fresh
    FROM ml_traffic_windows FINAL
    WHERE ${condition} AND rows > 0
  )
  GROUP BY ${KEY}
)
WHERE value_rows > 0 OR stored`;

/** Models are listed from the windows: smallest, largest, newest and union are the same however often they are added. */
const listModels = (condition: string): string => `INSERT INTO ml_models
SELECT tenant, environment, model, min(first_time), max(last_time), groupUniqArray(100)(toString(version))
FROM ml_traffic_windows FINAL
WHERE ${condition} AND rows > 0
GROUP BY tenant, environment, model`;

const listVersions = (condition: string): string => `INSERT INTO ml_model_versions
SELECT tenant, environment, model, version, min(first_time), max(last_time),
  argMaxState(toString(model_type), last_time), argMaxState(toString(provider), last_time),
  argMaxState(toString(team), last_time), groupUniqArray(100)(toString(service))
FROM ml_traffic_windows FINAL
WHERE ${condition} AND rows > 0
GROUP BY tenant, environment, model, version`;

/** Requests, errors, latency, tokens and cost by minute and labels; the models are discovered on the way. */
export const trafficWindows: WindowKind = {
  name: 'traffic',
  table: 'ml_traffic_windows',
  widthMs: 60_000,
  statements: (range, windows) => [
    computeWindows(conditionOf(range, windows)),
    listModels(inRange(range)),
    listVersions(inRange(range)),
  ],
};
