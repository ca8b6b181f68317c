import { inRange, timeText, type TimeRange } from '../timeText';

const MODEL = 'tenant, environment, model, version';

/** What was told about predictions since, by `about`: the id of the prediction or of its response. */
const toldSince = (table: string, column: string, since: string): string =>
  `SELECT tenant, ${column}, max(written_at) AS told_at FROM ${table} WHERE ${since} AND ${column} != '' GROUP BY tenant, ${column}`;

const aboutPredictions = (range: TimeRange, told: string, column: string): string => `
SELECT ${MODEL}, moment, told_at AS written_at
FROM (
  SELECT ${MODEL}, time AS moment, ${column}
  FROM ml_inferences
  WHERE ${inRange(range)} AND ${column} IN (SELECT ${column} FROM (${told}))
) AS p
JOIN (${told}) AS t USING (tenant, ${column})`;

/**
 * As `WindowKind.changed`: predictions that were written, predictions about which something was told, labels that were
 * written (for the count of unknown ones), and labels whose prediction was written after them.
 */
export function changedPerformance(range: TimeRange, sinceMs: number): string {
  const since = `written_at > ${timeText(sinceMs)}`;
  const fresh = (table: string): string =>
    `SELECT ${MODEL}, time AS moment, written_at FROM ${table} WHERE ${since} AND ${inRange(range)}`;
  return [
    fresh('ml_inferences'),
    aboutPredictions(range, toldSince('ml_labels', 'inference_id', since), 'inference_id'),
    aboutPredictions(range, toldSince('ml_evaluations', 'inference_id', since), 'inference_id'),
    aboutPredictions(range, toldSince('ml_evaluations', 'response_id', since), 'response_id'),
    fresh('ml_labels'),
    `
SELECT ${MODEL}, moment, told_at AS written_at
FROM (
  SELECT ${MODEL}, time AS moment, inference_id
  FROM ml_labels
  WHERE ${inRange(range)} AND inference_id IN (SELECT inference_id FROM ml_inferences WHERE ${since})
) AS l
JOIN (${toldSince('ml_inferences', 'inference_id', since)}) AS t USING (tenant, inference_id)`,
  ].join('\nUNION ALL\n');
}
