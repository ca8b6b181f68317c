import { listModels } from './listModels';
import { inRange, timeText, type TimeRange } from './timeText';
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

const HOUR_MS = 3_600_000;

/** Marks the hours of the range in which spans count; metrics of the same service and model are then left out. */
const markHours = ({ fromMs, toMs }: TimeRange): string => `INSERT INTO ml_span_hours
SELECT tenant, environment, service, name, toStartOfHour(time) AS hour, sum(rows), max(computed_at)
FROM ml_traffic_windows FINAL
ARRAY JOIN arrayDistinct(['', toString(model), toString(version)]) AS name
WHERE ${inRange({
  fromMs: Math.floor(fromMs / HOUR_MS) * HOUR_MS,
  toMs: Math.ceil(toMs / HOUR_MS) * HOUR_MS,
})}
GROUP BY tenant, environment, service, name, hour`;

/** Requests, errors, latency, tokens and cost by minute and labels; the models are discovered on the way. */
export const trafficWindows: WindowKind = {
  name: 'traffic',
  table: 'ml_traffic_windows',
  source: 'ml_inferences',
  sources: ['ml_inferences'],
  needs: ['ml_inferences'],
  widthMs: 60_000,
  maxRows: Infinity,
  changed: (range, sinceMs) =>
    `SELECT tenant, environment, model, version, time AS moment, written_at FROM ml_inferences WHERE written_at > ${timeText(sinceMs)} AND ${inRange(range)}`,
  async compute(statements, range, windows) {
    await statements.run(computeWindows(conditionOf(range, windows)));
    await statements.run(markHours(range));
    for (const query of listModels('ml_traffic_windows', range)) await statements.run(query);
  },
};
