import { COUNTED } from '../features/featureValues';
import { inRange, timeText, type TimeRange } from '../timeText';
import type { WindowKind } from '../windowKind';

const MODEL = 'tenant, environment, model, version, time';
const KEY = `${MODEL}, provider, service`;
/** Fingerprints and reasons that a window keeps, the most frequent ones: a provider may make up one for each call. */
const VALUES_KEPT = 20;

/** Models that a provider may replace behind their name. */
const IS_ALIAS = "model_type IN ('llm', 'embedding')";

const counts = (column: string): string =>
  `CAST(arraySlice(arrayReverseSort(pair -> pair.2, CAST(sumMapIf(map(toString(${column}), toUInt64(1)), counted AND ${column} != ''), 'Array(Tuple(String, UInt64))')), 1, ${VALUES_KEPT}), 'Map(String, UInt64)')`;
const moments = (value: string, there: string): string =>
  `[toFloat64(countIf(counted AND ${there})), sumIf(${value}, counted AND ${there}), sumIf(pow(${value}, 2), counted AND ${there})]`;

const OUTPUT = "tokens['output'] + tokens['reasoning'] + tokens['audio_out']";

const COLUMNS: Readonly<Record<string, string>> = {
  rows: 'countIf(counted)',
  told: 'countIf(counted AND version_assumed = 0)',
  first_time: 'minIf(moment, counted)',
  fingerprints: counts('system_fingerprint'),
  finish_reasons: counts('finish_reason'),
  refusals_told: 'countIf(counted AND refusal IS NOT NULL)',
  refusals: 'countIf(counted AND refusal = 1)',
  length_moments: moments(`log(${OUTPUT})`, `${OUTPUT} > 0`),
  density_moments: moments(
    "tokens['output'] / assumeNotNull(output_chars)",
    "output_chars > 0 AND tokens['output'] > 0",
  ),
  first_chunk_moments: moments('log(assumeNotNull(ttft_ms))', 'ttft_ms > 0'),
};
const VALUES = Object.keys(COLUMNS);

const HOUR_MS = 3_600_000;

/** The stored combinations are read with the fresh ones, so that one whose rows are gone is written again, without rows. */
const computeWindows = (
  range: TimeRange,
  windows: string | undefined,
): string => `INSERT INTO ml_answer_windows (${KEY}, ${VALUES.join(', ')}, window_version)
SELECT ${KEY}, ${VALUES.map((name) => `value_${name}`).join(', ')},
  bitShiftLeft(toUInt128(toUnixTimestamp64Milli(newest)), 64) + read
FROM (
  SELECT ${KEY}, ${VALUES.map((name) => `anyIf(${name}, fresh) AS value_${name}`).join(', ')},
    max(NOT fresh) AS stored,
    max(max(newest_written_at)) OVER (PARTITION BY ${MODEL}) AS newest,
    sum(sum(rows_read)) OVER (PARTITION BY ${MODEL}) AS read
  FROM (
    SELECT ${KEY}, ${VALUES.map((name) => `${COLUMNS[name]!} AS ${name}`).join(', ')},
      max(written_at) AS newest_written_at, count() AS rows_read, 1 AS fresh
    FROM (
      SELECT tenant, environment, model, version, start AS time, provider, service, moment, written_at, counted,
        version_assumed, system_fingerprint, finish_reason, refusal, tokens, output_chars, ttft_ms
      FROM (
        SELECT *, time AS moment, toDateTime64(toStartOfHour(time), 3) AS start, ${COUNTED} AND status = 'ok' AS counted
        FROM ml_inferences FINAL
        WHERE ${inRange(range)} AND ${IS_ALIAS}
        SETTINGS do_not_merge_across_partitions_select_final = 1
      )
    )
    ${windows === undefined ? '' : `WHERE (${MODEL}) IN (${windows})`}
    GROUP BY ${KEY}
    UNION ALL
    SELECT ${KEY}, ${VALUES.join(', ')}, toDateTime64(0, 3) AS newest_written_at, 0 AS rows_read, 0 AS fresh
    FROM ml_answer_windows FINAL
    WHERE ${inRange(range)} AND rows > 0${windows === undefined ? '' : ` AND (${MODEL}) IN (${windows})`}
  )
  GROUP BY ${KEY}
)
WHERE value_rows > 0 OR stored`;

/** How aliases are answered, by hour. */
export const answerWindows: WindowKind = {
  name: 'answers',
  table: 'ml_answer_windows',
  source: `(SELECT time FROM ml_inferences WHERE ${IS_ALIAS})`,
  sources: ['ml_inferences'],
  needs: ['ml_inferences'],
  widthMs: HOUR_MS,
  maxRows: Infinity,
  changed: (range, sinceMs) =>
    `SELECT tenant, environment, model, version, time AS moment, written_at FROM ml_inferences WHERE written_at > ${timeText(sinceMs)} AND ${inRange(range)} AND ${IS_ALIAS}`,
  async compute(statements, range, windows) {
    await statements.run(computeWindows(range, windows));
  },
};
