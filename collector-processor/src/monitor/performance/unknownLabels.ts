import { inRange, type TimeRange } from '../timeText';
import type { HourKey } from './segmentSums';
import { HOUR, inWindows, KEY } from './toldRows';

/** Labels by the hour of their own time, and those of them whose prediction nobody knows. */
export interface LabelCounts extends HourKey {
  readonly newest: number;
  readonly read: number;
  readonly n: number;
  readonly unknown: number;
}

/** Query of `LabelCounts`, by model and version as the labels tell them: often neither. */
export const labelCounts = (range: TimeRange, windows: string | undefined): string => `
SELECT tenant, environment, model, version, toUnixTimestamp64Milli(hour) AS hourMs,
  max(greatest(label_written, predicted)) AS newest, count() + sum(predictions) AS read,
  count() AS n, countIf(predictions = 0) AS unknown
FROM (
  SELECT tenant, environment, model, version, ${HOUR} AS hour, inference_id, toUnixTimestamp64Milli(written_at) AS label_written
  FROM (SELECT * FROM ml_labels FINAL WHERE ${inRange(range)})
  WHERE 1${inWindows(windows)}
) AS l
LEFT JOIN (
  SELECT tenant, inference_id, toUnixTimestamp64Milli(max(written_at)) AS predicted, 1 AS predictions
  FROM ml_inferences
  WHERE inference_id IN (SELECT inference_id FROM ml_labels WHERE ${inRange(range)})
  GROUP BY tenant, inference_id
) AS i USING (tenant, inference_id)
GROUP BY ${KEY}`;
