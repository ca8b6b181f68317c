import { inRange, timeText, type TimeRange } from '../timeText';

const DAY_MS = 86_400_000;
/** A label or evaluation may say that it is older than its prediction: clocks differ. Further back none is looked for. */
const EARLIER_MS = DAY_MS;
/** Segments of a model's hour with rows of their own, largest first; all others together are the segment `other`. */
const MAX_SEGMENTS = 100;
/** Up to this many labelled rows in a model's hour scores are kept as they are; beyond, in bins of a thousandth. */
const EXACT_ROWS = 5_000;

export const HOUR = 'toDateTime64(toStartOfInterval(time, toIntervalSecond(3600)), 3)';
export const KEY = 'tenant, environment, model, version, hour';

/** A condition on the hour of a model, by the subquery that names those to compute. */
export const inWindows = (windows: string | undefined, key = KEY): string =>
  windows === undefined ? '' : ` AND (${key}) IN (${windows})`;

export const aboutTime = ({ fromMs }: TimeRange): string =>
  `time >= ${timeText(fromMs - EARLIER_MS)}`;

/** The predictions of a range; what does not count is there too, because versions are over all rows. */
export const predictions = (range: TimeRange, windows: string | undefined): string => `
SELECT tenant, environment, model, version, ${HOUR} AS hour, inference_id, response_id,
  toUnixTimestamp64Milli(time) AS at, toUnixTimestamp64Milli(written_at) AS written,
  rollup = 0 AND clock_skew = 0 AS counted, toString(model_type) AS told_type,
  toString(prediction_label) AS prediction_label, prediction_value, score, probabilities,
  arrayDistinct(arrayConcat([''], if(model_type = 'llm' AND service != '', [concat('service=', service)], []),
    arrayMap((name, value) -> concat(name, '=', value), mapKeys(segments), mapValues(segments)))) AS segment_list
FROM (SELECT * FROM ml_inferences FINAL WHERE ${inRange(range)})
WHERE 1${inWindows(windows)}`;

/** Of each prediction the label that was written last. */
const labels = (range: TimeRange): string => `
SELECT tenant, inference_id,
  argMax((label, value, toUnixTimestamp64Milli(time)), (written_at, time, record_id)) AS told,
  toUnixTimestamp64Milli(max(written_at)) AS label_written, uniqExact(record_id) AS label_rows
FROM ml_labels
WHERE ${aboutTime(range)} AND inference_id IN (SELECT inference_id FROM ml_inferences WHERE ${inRange(range)})
GROUP BY tenant, inference_id`;

/** 1 for what says yes, 0 for what says no, NULL for anything else: which of two names is the positive one is not guessed. */
const flagOf = (text: string): string =>
  `multiIf(lower(${text}) IN ('1', '1.0', 'true', 'yes', 'positive'), 1, lower(${text}) IN ('0', '0.0', 'false', 'no', 'negative'), 0, NULL)`;
const finite = (number: string): string => `if(isFinite(${number}), ${number}, NULL)`;
/** Numbers have one spelling, so that the label 1.0 is the class 1. */
const classOf = (text: string): string =>
  `if(isFinite(toFloat64OrNull(${text})), toString(toFloat64OrNull(${text})), ${text})`;

/** Predictions with what they turned out to be, as numbers and texts. */
const joinedRows = (range: TimeRange, windows: string | undefined): string => `
SELECT ${KEY}, at, greatest(written, label_written) AS newest_row, 1 + label_rows AS rows_read, counted, told_type,
  segment_list, probabilities, prediction_label, told.1 AS actual_text,
  counted AND label_written > 0 AS is_labelled,
  greatest(0, told.3 - at) / 1000 AS lag_s,
  ${finite('told.2')} AS actual_number,
  ${finite('prediction_value')} AS predicted_number,
  if(prediction_label = '' AND isFinite(ifNull(prediction_value, nan)), toString(prediction_value), prediction_label) AS predicted_text,
  ${finite('score')} AS told_score
FROM (${predictions(range, windows)}) AS p
LEFT JOIN (${labels(range)}) AS l USING (tenant, inference_id)`;

/** … each read as flag and class, with the scores. Every step is a query of its own: plans grow with repeated expressions. */
const typedRows = (range: TimeRange, windows: string | undefined): string => `
SELECT *, multiIf(prediction_label != '', ${flagOf('prediction_label')}, isNotNull(predicted_number), toUInt8(predicted_number >= 0.5),
    isNotNull(positive_score), toUInt8(positive_score >= 0.5), NULL) AS predicted_flag
FROM (
  SELECT *,
    ${classOf('actual_text')} AS actual_class,
    ${classOf('predicted_text')} AS predicted_class,
    ${flagOf('actual_text')} AS actual_flag,
    multiIf(isNotNull(told_score), told_score, mapContains(probabilities, '1'), probabilities['1'],
      mapContains(probabilities, 'true'), probabilities['true'],
      prediction_label = '' AND predicted_number NOT IN (0, 1), predicted_number, NULL) AS positive_score,
    if(mapContains(probabilities, predicted_text), probabilities[predicted_text], told_score) AS confidence
  FROM (${joinedRows(range, windows)})
)`;

const OF_HOUR = `OVER (PARTITION BY ${KEY})`;
const ofLabelled = (condition: string): string =>
  `ifNull(avg(if(is_labelled, toFloat64(${condition}), NULL)) ${OF_HOUR}, 0)`;

/**
 * … and with the kind of their model: as told, else as the labels and predictions of the hour are, most of them. A binary
 * model whose classes have other names than yes and no is measured as one of several classes.
 */
const kindRows = (range: TimeRange, windows: string | undefined): string => `
SELECT *, ifNull(min(usable_score) ${OF_HOUR} >= 0 AND max(usable_score) ${OF_HOUR} <= 1, 0) AS is_probability
FROM (SELECT *,
  multiIf(hour_type IN ('regression', 'multiclass'), hour_type, hour_labelled = 0, hour_type, flags >= 0.5, 'binary',
    hour_type = 'binary', 'multiclass', numbers >= 0.5, 'regression', 'multiclass') AS model_kind,
  if(model_kind = 'multiclass', confidence, positive_score) AS usable_score
FROM (SELECT *,
  max(if(told_type IN ('binary', 'multiclass', 'regression'), told_type, '')) ${OF_HOUR} AS hour_type,
  max(newest_row) ${OF_HOUR} AS newest,
  sum(rows_read) ${OF_HOUR} AS read,
  countIf(is_labelled) ${OF_HOUR} AS hour_labelled,
  avg(actual_number) ${OF_HOUR} AS centre,
  ${ofLabelled('isNotNull(actual_flag) AND isNotNull(predicted_flag)')} AS flags,
  ${ofLabelled("isNotNull(actual_number) AND isNotNull(predicted_number) AND prediction_label = ''")} AS numbers
FROM (${typedRows(range, windows)})))`;

/** … once for each of their segments. */
export const segmentRows = (range: TimeRange, windows: string | undefined): string => `
SELECT *, if(place > ${MAX_SEGMENTS + 1}, 'other', one_segment) AS segment,
  hour_labelled <= ${EXACT_ROWS} AS is_exact,
  if(is_exact, usable_score, floor(1000 * if(is_probability, usable_score, 1 / (1 + exp(-usable_score))))) AS score_key
FROM (
  SELECT *, dense_rank() OVER (PARTITION BY ${KEY} ORDER BY size DESC, one_segment) AS place
  FROM (
    SELECT *, count() OVER (PARTITION BY ${KEY}, one_segment) AS size
    FROM (SELECT *, arrayJoin(segment_list) AS one_segment FROM (${kindRows(range, windows)}))
  )
)`;
