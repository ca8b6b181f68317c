import { inRange, type TimeRange } from '../timeText';
import type { HourKey } from './segmentSums';
import { aboutTime, KEY, predictions } from './toldRows';

/** What one judge (a name of evaluations) said of the predictions of one segment of a model's hour. */
export interface EvaluationSums extends HourKey {
  readonly segment: string;
  readonly name: string;
  readonly newest: number;
  readonly read: number;
  /** Predictions with a score, sums of the scores and of their squares, median seconds from prediction to score. */
  readonly n: number;
  readonly sum: number | null;
  readonly squares: number | null;
  readonly least: number;
  readonly most: number;
  readonly lag: number;
}

const idsOf = (column: string, range: TimeRange): string =>
  `(SELECT ${column} FROM ml_inferences WHERE ${inRange(range)} AND ${column} != '')`;

/** Judges of a model's hour that are told of, in the order of their names. */
const MAX_JUDGES = 100;

/**
 * Query of `EvaluationSums`. An evaluation names the prediction or the response; of several by one judge about one
 * prediction the one that was written last counts.
 */
export const evaluationSums = (range: TimeRange, windows: string | undefined): string => `
SELECT tenant, environment, model, version, toUnixTimestamp64Milli(hour) AS hourMs, segment, name,
  max(row_written) AS newest, sum(row_count) AS read, count() AS n,
  sum(told.1) AS sum, sum(pow(told.1, 2)) AS squares, min(told.1) AS least, max(told.1) AS most,
  quantileExact(0.5)(greatest(0, told.2 - at) / 1000) AS lag
FROM (
  SELECT ${KEY}, inference_id, any(at) AS at, any(segment_list) AS segment_list, name,
    argMax(told, (evaluated, told.2)) AS told, max(evaluated) AS row_written, count() AS row_count
  FROM (
    SELECT *, arrayJoin([concat('i', inference_id), concat('r', response_id)]) AS about
    FROM (${predictions(range, windows)})
    WHERE counted
  ) AS p
  JOIN (
    SELECT tenant, if(inference_id != '', concat('i', inference_id), concat('r', response_id)) AS about, toString(name) AS name,
      argMax((assumeNotNull(score), toUnixTimestamp64Milli(time)), (written_at, time, record_id)) AS told,
      toUnixTimestamp64Milli(max(written_at)) AS evaluated
    FROM ml_evaluations
    WHERE ${aboutTime(range)} AND isFinite(ifNull(score, nan))
      AND (inference_id IN ${idsOf('inference_id', range)} OR (inference_id = '' AND response_id IN ${idsOf('response_id', range)}))
    GROUP BY tenant, about, name
  ) AS e USING (tenant, about)
  GROUP BY ${KEY}, inference_id, name
)
ARRAY JOIN segment_list AS segment
GROUP BY ${KEY}, segment, name
ORDER BY name
LIMIT ${MAX_JUDGES} BY ${KEY}, segment`;
