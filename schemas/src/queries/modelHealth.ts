import { type Scope, scopeConditions, whereInRange } from './scope';
import { quoteTexts } from './text';

/** Marks on the time axis of a model; one more is asked for, so that the page can say that there are more. */
export const MARKS_LIMIT = 300;

/** What happened to a model, as the page groups it. */
export type MarkKind = 'deployment' | 'silent_change' | 'alert' | 'other';

const KINDS = `multiIf(event IN (${quoteTexts(['deployed', 'stage_changed'])}), 'deployment',
    event = 'silent_change', 'silent_change', 'other')`;

/** Deployments, silent changes, alerts and notes of the range, the newest first. `what` is the event or the state of the alert. */
export const modelMarksSql = (scope: Scope): string => {
  // An event of the whole model has no version, and an alert may be of all of them.
  const { version, ...identity } = scope;
  const versions =
    version === undefined ? [] : [`(version = '' OR ${scopeConditions({ version }).join('')})`];
  const where = whereInRange(identity, ...versions);
  return `SELECT toUnixTimestamp64Milli(at) AS at_ms, kind, what, version, text, actor
FROM (
  SELECT time AS at, ${KINDS} AS kind, event AS what, version, text, actor
  FROM v_model_events
  ${where}
  UNION ALL
  SELECT time AS at, 'alert' AS kind, state AS what, version, rule AS text, '' AS actor
  FROM v_alert_events
  ${where}
)
ORDER BY at_ms DESC
LIMIT ${MARKS_LIMIT + 1}`;
};
