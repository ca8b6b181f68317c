import type { Statements } from '../statements';

const COLUMNS =
  'tenant, environment, model, event_id, time, version, event, text, actor, evidence, row_version';
const NOW = 'toUnixTimestamp64Milli(now64(3))';

/** Told again only when it turns out to have begun earlier: rows of the past came in. */
const newOrEarlier = (told: string): string => `
INSERT INTO ml_model_events (${COLUMNS})
SELECT ${COLUMNS} FROM (${told}) AS told
LEFT JOIN (
  SELECT tenant, environment, model, event_id, min(time) AS known_time, 1 AS known FROM ml_model_events FINAL
  GROUP BY tenant, environment, model, event_id
) AS old USING (tenant, environment, model, event_id)
WHERE known = 0 OR told.time < known_time`;

/**
 * A version was seen for the first time. For language models the version is the model that answers; a failed call does not
 * tell it, and stands under the alias itself: that is no version where others are known.
 */
const DEPLOYED = newOrEarlier(`
SELECT tenant, environment, model, concat('deployed:', version) AS event_id, first AS time, version,
  'deployed' AS event,
  concat(if(is_alias, 'answered by ', 'version '), version, if(is_alias, '', ' serves'), ' for the first time') AS text,
  'plumbline' AS actor,
  toJSONString(map('services', arrayStringConcat(arraySort(names), ', '))) AS evidence,
  ${NOW} AS row_version
FROM (
  SELECT tenant, environment, model, version, CAST(min(first_seen), 'DateTime64(3)') AS first,
    argMaxMerge(model_type) IN ('llm', 'embedding') AS is_alias, groupUniqArrayArray(services) AS names,
    count() OVER (PARTITION BY tenant, environment, model) AS versions
  FROM ml_model_versions
  WHERE version != ''
  GROUP BY tenant, environment, model, version
)
WHERE NOT (is_alias AND version = model AND versions > 1)`);

/** However it was made; of those made by themselves only that of all traffic, for its segments come with it. */
const BASELINE_CREATED = newOrEarlier(`
SELECT tenant, environment, model, concat('baseline_created:', version, ':', segment, ':', baseline) AS event_id, min(created_at) AS time, version,
  'baseline_created' AS event,
  concat('baseline ', baseline, ' of ', toString(max(n)), ' rows and ', toString(count()), ' features, ',
    formatDateTime(min(from_time), '%F %R', 'UTC'), ' to ', formatDateTime(max(to_time), '%F %R', 'UTC'), ' UTC', if(segment = '', '', concat(', ', segment))) AS text,
  if(any(source) = 'auto', 'plumbline', any(source)) AS actor,
  toJSONString(map('baseline', toString(baseline), 'segment', toString(segment), 'source', toString(any(source)))) AS evidence,
  ${NOW} AS row_version
FROM ml_baselines FINAL
WHERE segment = '' OR source != 'auto'
GROUP BY tenant, environment, model, version, segment, baseline`);

/** Writes an event for each version that appeared. */
export const writeDeployments = (statements: Statements): Promise<void> => statements.run(DEPLOYED);

/** Writes an event for each baseline that was made. */
export const writeNewBaselines = (statements: Statements): Promise<void> =>
  statements.run(BASELINE_CREATED);
