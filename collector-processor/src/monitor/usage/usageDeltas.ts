import { inRange, type TimeRange } from '../timeText';

const HOUR_MS = 3_600_000;
/** A point is compared with the one before it up to this far back; after a longer silence it is a new beginning. */
export const LOOKBACK_MS = 24 * HOUR_MS;
/** The first point of a process that nobody has heard of before counts from its start if that is not longer ago. */
const FRESH_MS = HOUR_MS;

const LABELS =
  'tenant, environment, model, version, service, team, route, provider, service_tier, model_type, quantity, bucket, error_type, rollup';
const VALUES = ['count', 'sum', 'bounds', 'bucket_counts', 'written_at'] as const;
const AT = 'toUnixTimestamp64Milli(time) AS at, toUnixTimestamp64Milli(start_time) AS began';

/** The points of the range, and of each cumulative stream the last one before it. */
const points = (range: TimeRange): string => `
SELECT ${LABELS}, series, start_time, resource, cumulative, ${AT}, ${VALUES.join(', ')}, 1 AS inside
FROM ml_metric_usage FINAL
WHERE ${inRange(range)}
UNION ALL
SELECT ${LABELS}, series, start_time, resource, 1 AS cumulative, last.1 AS at,
  toUnixTimestamp64Milli(start_time) AS began, last.2 AS count, last.3 AS sum, last.4 AS bounds, last.5 AS bucket_counts,
  last.6 AS written_at, 0 AS inside
FROM (
  SELECT ${LABELS}, series, start_time, resource,
    argMax((toUnixTimestamp64Milli(time), ${VALUES.join(', ')}), (time, received_at)) AS last
  FROM ml_metric_usage
  WHERE ${inRange({ fromMs: range.fromMs - LOOKBACK_MS, toMs: range.fromMs })} AND cumulative = 1
  GROUP BY ${LABELS}, series, start_time, resource
)`;

/**
 * Query of what each point of a range adds: `added_count`, `added_sum`, `added_buckets` (empty when unknown), `from_at` and
 * `at` (Unix milliseconds) and `newest`, the newest `written_at` of the rows it was made of.
 *
 * A delta point adds what it says. A cumulative point adds its difference to the one before it with the same start, or all
 * of itself after a reset: another start, or a value that fell. The first point of a stream adds all of itself if we have
 * heard of its process before (then the stream is new since) or if it began within the last hour; otherwise nobody knows
 * when its usage was, and it adds nothing. Streams are told apart by their start too: two processes that forgot to name
 * their instances do not reset each other.
 */
export const usageDeltas = (range: TimeRange): string => `
SELECT ${LABELS}, at, bounds,
  before_at > 0 AND count >= before_count AND sum >= before_sum AS grew,
  cumulative = 0 OR if(before_at > 0, NOT grew, heard_at > 0 OR (began > 0 AND at - began <= ${FRESH_MS})) AS whole,
  multiIf(whole, toInt64(count), grew, toInt64(count) - toInt64(before_count), toInt64(0)) AS added_count,
  multiIf(whole, sum, grew, sum - before_sum, 0.) AS added_sum,
  arrayMap((n, i) -> toInt64(n) - toInt64(before_buckets[if(i > length(bounds), length(before_bounds) + 1, indexOf(before_bounds, bounds[i]))]),
    bucket_counts, arrayEnumerate(bucket_counts)) AS grown_buckets,
  multiIf(whole, arrayMap(n -> toInt64(n), bucket_counts), grew AND NOT arrayExists(n -> n < 0, grown_buckets), grown_buckets, CAST([], 'Array(Int64)')) AS added_buckets,
  least(at, multiIf(cumulative = 0, if(began > 0, began, at), before_at > 0, before_at, greatest(began, heard_at))) AS from_at,
  greatest(written_at, before_written) AS newest
FROM (
  SELECT *,
    lagInFrame(at) OVER stream AS before_at,
    lagInFrame(count) OVER stream AS before_count,
    lagInFrame(sum) OVER stream AS before_sum,
    lagInFrame(bounds) OVER stream AS before_bounds,
    lagInFrame(bucket_counts) OVER stream AS before_buckets,
    lagInFrame(written_at) OVER stream AS before_written,
    max(at) OVER (PARTITION BY tenant, resource ORDER BY at RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS heard_at
  FROM (${points(range)})
  WINDOW stream AS (PARTITION BY tenant, series, start_time, cumulative ORDER BY at ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
)
WHERE inside = 1`;

/** As `WindowKind.changed`: a point also changes what the next one of its stream adds. */
export const changedPoints = (range: TimeRange, sinceMs: number): string => {
  const since = `fromUnixTimestamp64Milli(toInt64(${Math.trunc(sinceMs)}))`;
  const fresh = `FROM ml_metric_usage WHERE written_at > ${since} AND ${inRange(range)}`;
  return `SELECT tenant, environment, model, version, moment, greatest(written_at, before_written) AS written_at
FROM (
  SELECT tenant, environment, model, version, time AS moment, written_at,
    lagInFrame(written_at) OVER (PARTITION BY tenant, series, start_time, cumulative ORDER BY time ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS before_written
  FROM ml_metric_usage
  WHERE ${inRange(range)} AND time >= (SELECT min(time) ${fresh}) AND (tenant, series) IN (SELECT tenant, series ${fresh})
)
WHERE greatest(written_at, before_written) > ${since}`;
};
