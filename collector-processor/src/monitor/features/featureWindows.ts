import { inRange, timeText, type TimeRange } from '../timeText';
import type { WindowKind } from '../windowKind';
import { BIN_SHAPE, countColumns, countOnBins, longestOf } from './countOnBins';
import { COUNTED, featureColumns } from './featureValues';

const MODEL = 'tenant, environment, model';
const WINDOW = `${MODEL}, version, time`;
const CELL = `cityHash64(${MODEL}, version, time, segment)`;
/** Rows that one statement reads: each has many values, and their counts are in memory at once. */
const MAX_ROWS = 200_000;

/** Models that have, or had, bins: far cheaper to tell than those with bins in use, and hardly more. */
const KNOWN_MODELS = `SELECT DISTINCT ${MODEL} FROM ml_baselines`;

/** Bins of the models that have rows in the range. */
const binsOf = (range: TimeRange): string =>
  `SELECT * FROM ml_current_bins WHERE (${MODEL}) IN (SELECT DISTINCT ${MODEL} FROM ml_inferences WHERE ${inRange(range)})`;

/** Segments with a baseline are counted by themselves, other values of the same keys together as `key=other`. */
const SEGMENTS = `
SELECT ${MODEL}, groupUniqArray(toString(segment)) AS known, arrayDistinct(arrayMap(text -> substringIndex(text, '=', 1), known)) AS known_keys
FROM ml_baselines FINAL
WHERE segment != '' AND expired = 0
GROUP BY ${MODEL}`;

const SEGMENTS_OF_ROW = `arrayConcat([''], arrayMap(
  (name, value) -> if(has(known, concat(name, '=', value)), concat(name, '=', value), concat(name, '=other')),
  arrayFilter(name -> has(known_keys, name), mapKeys(segments)),
  arrayFilter((value, name) -> has(known_keys, name), mapValues(segments), mapKeys(segments))))`;

interface Reading {
  readonly range: TimeRange;
  readonly start: string;
  readonly windows: string | undefined;
}

const readRows = (columns: string, { range, start, windows }: Reading): string => `
SELECT ${MODEL}, version, start AS time, ${columns}
FROM (
  SELECT *, ${start} AS start FROM ml_inferences FINAL
  WHERE ${inRange(range)} AND (${MODEL}) IN (${KNOWN_MODELS})
) AS told
LEFT JOIN (${SEGMENTS}) AS spoken USING (${MODEL})
${windows === undefined ? '' : `WHERE (${MODEL}, version, start) IN (${windows})`}`;

const valuesOf = (reading: Reading): string => `
SELECT ${MODEL}, arrayMap(segment -> ${CELL}, row_segments) AS cells, number_keys, number_values, text_keys, text_values
FROM (${readRows(`rollup, clock_skew, ${SEGMENTS_OF_ROW} AS row_segments, ${featureColumns('inferences')}`, reading)})
WHERE ${COUNTED}`;

/**
 * Windows of the model by segment: rows that count, and the version, which is over all rows of the version's window. What is
 * stored is read with it, so that a segment or a version whose rows are gone is written again, without rows.
 */
const cellsOf = (reading: Reading): string => `
SELECT ${WINDOW}, segment, sum(counted) AS rows, max(max(newest)) OVER (PARTITION BY ${WINDOW}) AS newest_written,
  sum(sum(read)) OVER (PARTITION BY ${WINDOW}) AS rows_read
FROM (
  SELECT ${WINDOW}, segment, countIf(${COUNTED}) AS counted, max(written_at) AS newest, if(segment = '', count(), 0) AS read
  FROM (${readRows(`rollup, clock_skew, written_at, ${SEGMENTS_OF_ROW} AS row_segments`, reading)})
  ARRAY JOIN row_segments AS segment
  GROUP BY ${WINDOW}, segment
  UNION ALL
  SELECT DISTINCT ${WINDOW}, segment, 0 AS counted, toDateTime64(0, 3) AS newest, 0 AS read
  FROM ml_feature_windows FINAL
  WHERE n > 0 AND ${inRange(reading.range)}${reading.windows === undefined ? '' : ` AND (${WINDOW}) IN (${reading.windows})`}
)
GROUP BY ${WINDOW}, segment`;

const computeWindows = (
  reading: Reading,
  minutes: number,
  most: number,
): string => `INSERT INTO ml_feature_windows
  (${MODEL}, version, segment, feature, time, bins_version, window_minutes, n, counts, sums, sum, sum_squares, minimum, maximum, window_version)
SELECT wanted.tenant, wanted.environment, wanted.model, version, segment, feature, time, bins_version, ${minutes},
  ${countColumns('rows')},
  bitShiftLeft(toUInt128(toUnixTimestamp64Milli(newest_written)), 64) + rows_read
FROM (${countOnBins(valuesOf(reading), binsOf(reading.range), most)}) AS tally
RIGHT JOIN (
  SELECT cell.tenant AS tenant, cell.environment AS environment, cell.model AS model, cell.version AS version, cell.segment AS segment,
    cell.time AS time, cell.rows AS rows, cell.newest_written AS newest_written, cell.rows_read AS rows_read,
    bins.feature AS feature, bins.bins_version AS bins_version, bins.kind AS kind, bins.key AS key,
    bins.missing_place AS missing_place, bins.places AS places,
    cityHash64(cell.tenant, cell.environment, cell.model, cell.version, cell.time, cell.segment) AS cell_key
  FROM (${cellsOf(reading)}) AS cell
  JOIN (SELECT ${MODEL}, feature, bins_version, kind, ${BIN_SHAPE} FROM (${binsOf(reading.range)})) AS bins USING (${MODEL})
) AS wanted ON wanted.cell_key = tally.cell AND wanted.key = tally.key`;

/** Rows written after a time, and all rows since the start of baselines that were made, pinned or expired after it. */
const changedRows = (range: TimeRange, sinceMs: number): string => `
SELECT ${MODEL}, version, time AS moment, written_at FROM ml_inferences
WHERE written_at > ${timeText(sinceMs)} AND ${inRange(range)} AND (${MODEL}) IN (${KNOWN_MODELS})
UNION ALL
SELECT told.tenant, told.environment, told.model, told.version, told.time AS moment, made.made_at AS written_at
FROM (
  SELECT ${MODEL}, version, time FROM ml_inferences
  WHERE ${inRange(range)} AND (${MODEL}) IN (SELECT DISTINCT ${MODEL} FROM ml_baselines WHERE row_version > ${Math.trunc(sinceMs)})
) AS told
JOIN (
  SELECT ${MODEL}, min(from_time) AS made_from, fromUnixTimestamp64Milli(toInt64(max(row_version))) AS made_at
  FROM ml_baselines FINAL WHERE row_version > ${Math.trunc(sinceMs)} GROUP BY ${MODEL}
) AS made USING (${MODEL})
WHERE told.time >= made.made_from`;

/**
 * Counts on the bins in use by window, version, segment and feature. A feature that a row does not have is missing in it;
 * a model without bins has no windows until it gets some, and then from the start of its first baseline on.
 */
export const createFeatureWindows = (windowMinutes: number): WindowKind => {
  const widthMs = windowMinutes * 60_000;
  const start = `toDateTime64(toStartOfInterval(time, toIntervalSecond(${widthMs / 1000})), 3)`;
  return {
    name: 'feature',
    table: 'ml_feature_windows',
    source: `(SELECT time FROM ml_inferences WHERE (${MODEL}) IN (${KNOWN_MODELS}))`,
    sources: ['ml_inferences', 'ml_baselines'],
    needs: ['ml_inferences', 'ml_baselines'],
    widthMs,
    maxRows: MAX_ROWS,
    changed: changedRows,
    async compute(statements, range, windows) {
      const [longest] = await statements.read<{ most: number }>(longestOf(binsOf(range)));
      if (longest!.most === 0) return;
      await statements.run(
        computeWindows({ range, start, windows }, windowMinutes, longest!.most),
        'heavy',
      );
    },
  };
};
