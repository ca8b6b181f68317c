import { inRange, type TimeRange } from './timeText';

/**
 * Statements that list the models and versions of stored windows: smallest, largest, newest and union are the same however
 * often they are added.
 */
export const listModels = (table: string, range: TimeRange): readonly string[] => {
  const counted = `${table} FINAL
WHERE ${inRange(range)} AND rows > 0`;
  return [
    `INSERT INTO ml_models
SELECT tenant, environment, model, min(first_time), max(last_time), groupUniqArray(100)(toString(version))
FROM ${counted}
GROUP BY tenant, environment, model`,
    `INSERT INTO ml_model_versions
SELECT tenant, environment, model, version, min(first_time), max(last_time),
  argMaxState(toString(model_type), last_time), argMaxState(toString(provider), last_time),
  argMaxState(toString(team), last_time), groupUniqArray(100)(toString(service))
FROM ${counted}
GROUP BY tenant, environment, model, version`,
  ];
};
