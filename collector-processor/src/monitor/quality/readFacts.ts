import { COUNTED, featureColumns } from '../features/featureValues';
import { quoteText } from '../quoteText';
import type { Statements } from '../statements';
import { inRange, type TimeRange } from '../timeText';
import { type ModelVersion, UNIT, unitsIn } from '../drift/driftUnit';
import { hourOf } from '../drift/readWindows';

/** Beyond this many features of a version's hour none is looked at. */
export const MOST_FEATURES = 10_000;

/** The rows of an hour of a version. */
export interface HourFacts extends ModelVersion {
  readonly timeMs: number;
  /** Rows that count. */
  readonly n: number;
  readonly lastMs: number;
  /** Rows with features, and how many different ones. */
  readonly told: number;
  readonly different: number;
  /** Upper and lower half of a `quality_version`. */
  readonly newest: string;
  readonly rowsRead: string;
}

/** What an hour told of one feature. */
export interface FeatureFacts extends ModelVersion {
  readonly timeMs: number;
  readonly feature: string;
  readonly numbers: number;
  readonly texts: number;
  /** Finite numbers beyond the fences, and beyond the baseline's smallest and largest. */
  readonly outliers: number;
  readonly outside: number;
  /** Whether all that was told is one value. */
  readonly same: number;
}

/** How often rows of an hour have a violation that was noted when they came. */
export interface RowViolations extends ModelVersion {
  readonly timeMs: number;
  readonly violation: string;
  readonly count: number;
}

/** Limits of a feature of a version; null: none. */
export interface FeatureLimits extends ModelVersion {
  readonly feature: string;
  readonly low: number | null;
  readonly high: number | null;
  readonly minimum: number | null;
  readonly maximum: number | null;
}

const LIMITS =
  't String, e String, m String, v String, f String, low Nullable(Float64), high Nullable(Float64), minimum Nullable(Float64), maximum Nullable(Float64)';
const KEY = 'cityHash64(unit_key, feature)';

const limitRows = (limits: readonly FeatureLimits[]): string =>
  limits
    .map((one) =>
      JSON.stringify([
        ...[one.tenant, one.environment, one.model, one.version, one.feature],
        ...[one.low, one.high, one.minimum, one.maximum],
      ]),
    )
    .join('\n');

/** Limits by `limit_key`. Versions without baselines have none, and the engine takes no columns from an empty text. */
const limitsFrom = (limits: readonly FeatureLimits[]): string =>
  limits.length === 0
    ? `SELECT toUInt64(0) AS limit_key, ${['low', 'high', 'minimum', 'maximum'].map((name) => `CAST(NULL, 'Nullable(Float64)') AS ${name}`).join(', ')} WHERE 0`
    : `SELECT cityHash64(cityHash64(t, e, m, v), f) AS limit_key, low, high, minimum, maximum
    FROM format(JSONCompactEachRow, ${quoteText(LIMITS)}, ${quoteText(limitRows(limits))})`;

const from = (units: readonly ModelVersion[], range: TimeRange): string =>
  `FROM ml_inferences FINAL WHERE ${inRange(range)} AND ${unitsIn(units)}`;

export const readHours = (
  statements: Statements,
  units: readonly ModelVersion[],
  range: TimeRange,
): Promise<HourFacts[]> =>
  statements.read<HourFacts>(
    `SELECT ${UNIT}, toUnixTimestamp64Milli(hour) AS timeMs, countIf(counted) AS n,
  toUnixTimestamp64Milli(maxIf(at, counted)) AS lastMs, countIf(counted AND has_features) AS told,
  uniqExactIf(content, counted AND has_features) AS different,
  toString(toUnixTimestamp64Milli(max(written_at))) AS newest, toString(count()) AS rowsRead
FROM (
  SELECT ${UNIT}, ${hourOf('time')} AS hour, time AS at, written_at, ${COUNTED} AS counted,
    notEmpty(feature_numbers) OR notEmpty(feature_texts) AS has_features,
    cityHash64(feature_numbers, feature_texts, toString(prediction_label), prediction_value, score) AS content
  ${from(units, range)}
)
GROUP BY ${UNIT}, timeMs`,
  );

export const readFeatures = (
  statements: Statements,
  units: readonly ModelVersion[],
  range: TimeRange,
  limits: readonly FeatureLimits[],
): Promise<FeatureFacts[]> => {
  const rows = `SELECT ${UNIT}, cityHash64(${UNIT}) AS unit_key, toUnixTimestamp64Milli(${hourOf('time')}) AS timeMs,
  ${featureColumns('inferences')}
  ${from(units, range)} AND ${COUNTED}`;
  // Told apart by their first two values: more is not asked.
  return statements.read<FeatureFacts>(
    `SELECT ${UNIT}, timeMs, feature, sum(number_count) AS numbers, sum(text_count) AS texts, sum(outlier_count) AS outliers,
  sum(outside_count) AS outside, sum(values_told) = 1 AS same
FROM (
  SELECT ${UNIT}, timeMs, toString(feature) AS feature, count() AS number_count, 0 AS text_count,
    countIf(isFinite(value) AND (value < low OR value > high)) AS outlier_count,
    countIf(isFinite(value) AND (value < minimum OR value > maximum)) AS outside_count,
    if(min(value) = max(value), 1, 2) AS values_told
  FROM (SELECT ${UNIT}, timeMs, unit_key, feature, value FROM (${rows}) ARRAY JOIN number_names AS feature, number_values AS value) AS told
  LEFT JOIN (
    ${limitsFrom(limits)}
  ) AS limit ON ${KEY} = limit.limit_key
  GROUP BY ${UNIT}, timeMs, feature
  UNION ALL
  SELECT ${UNIT}, timeMs, toString(feature) AS feature, 0 AS number_count, count() AS text_count, 0 AS outlier_count, 0 AS outside_count,
    uniqUpTo(1)(text) AS values_told
  FROM (SELECT ${UNIT}, timeMs, feature, text FROM (${rows}) ARRAY JOIN text_names AS feature, text_values AS text WHERE notEmpty(text))
  GROUP BY ${UNIT}, timeMs, feature
)
GROUP BY ${UNIT}, timeMs, feature
ORDER BY numbers + texts DESC, feature
LIMIT ${MOST_FEATURES} BY ${UNIT}, timeMs`,
  );
};

export const readViolations = (
  statements: Statements,
  units: readonly ModelVersion[],
  range: TimeRange,
): Promise<RowViolations[]> =>
  statements.read<RowViolations>(
    `SELECT ${UNIT}, toUnixTimestamp64Milli(${hourOf('time')}) AS timeMs, toString(arrayJoin(violations)) AS violation, count() AS count
${from(units, range)} AND ${COUNTED} AND notEmpty(violations)
GROUP BY ${UNIT}, timeMs, violation
ORDER BY count DESC, violation
LIMIT ${MOST_FEATURES} BY ${UNIT}, timeMs`,
  );
