import { inRuleRange } from '../ruleRows';
import type { RuleParameter, RuleTemplate } from '../ruleTemplate';
import { ERROR_KEEPS_LAST, NO_ROWS_IS_CALM } from '../states';
import { label, MODEL, tell, tellText } from '../tell';

const PARAMETERS: readonly RuleParameter[] = [
  {
    key: 'hours',
    title: 'Look at the newest hour of the last',
    unit: 'hours',
    default: 3,
    min: 2,
    max: 48,
  },
  { key: 'effect', title: 'Smallest effect', unit: 'reference sd', default: 0, min: 0, max: 100 },
];

/** Hours are tested after they are over, so that the newest one is between one and two hours old. */
const rangeSeconds = ({ hours = 3 }: Readonly<Record<string, number>>): number => hours * 3600;

/** Pages are decided by the monitor; a rule can only ask for a larger effect. An effect that has no number is not small. */
const pages = (effect: number, column: string): string =>
  `page = 1 AND ifNull(abs(${column}) >= ${effect}, 1)`;

const COMMON = {
  rangeSeconds,
  parameters: PARAMETERS,
  threshold: () => ({ type: 'gt', value: 0 }),
  everySeconds: 60,
  for: '0s',
  keepFiringFor: '0s',
  noData: NO_ROWS_IS_CALM,
  error: ERROR_KEEPS_LAST,
  urgency: 'page',
  link: 'model-drift',
} as const satisfies Partial<RuleTemplate>;

const NUMBERS = [
  tell('E', '', ' reference sd', '%+.2f'),
  tell('N', ', n ', '', '%.0f'),
  tell('Q', ', q '),
  tell('D', ', smallest shift that n could show ', ' sd', '%.2f'),
].join('');

const MODEL_SCOPE = ['tenant', 'environment', 'model', 'version'] as const;

/** The newest hour of each version; of several versions the one that is worst. Its top feature's row has n and the rest. */
export const modelDrift: RuleTemplate = {
  ...COMMON,
  id: 'model-drift',
  title: 'Drift of a model',
  description:
    'A model whose inputs or outputs moved away from its reference, on evidence that is worth a page.',
  identity: ['tenant', 'environment', 'model'],
  scope: MODEL_SCOPE,
  rows: ({ values: { effect = 0 }, scope }) => `SELECT
  tenant, environment, model,
  max(paging) AS measured,
  argMax(moved, rank) AS effect,
  argMax(least_q, rank) AS q,
  argMax(rows_of, rank) AS n,
  argMax(could_show, rank) AS detectable,
  argMax(worst, rank) AS top_feature,
  argMax(way, rank) AS direction
FROM (
  SELECT tenant, environment, model, version, newest, paging, moved, worst, way, least_q, rows_of, could_show,
    (paging, ifNull(abs(moved), 0)) AS rank
  FROM (
    SELECT tenant, environment, model, version, max(time) AS newest,
      argMax(${pages(effect, 'top_score')}, time) AS paging,
      argMax(tuple(top_score), time).1 AS moved,
      argMax(top_feature, time) AS worst,
      argMax(direction, time) AS way,
      argMax(tuple(q_value), time).1 AS least_q
    FROM v_drift_models ${inRuleRange(scope, MODEL_SCOPE)}
    GROUP BY tenant, environment, model, version
  ) AS models
  LEFT JOIN (
    SELECT tenant, environment, model, version, feature AS worst, time AS newest,
      toNullable(n) AS rows_of, detectable_effect AS could_show
    FROM v_drift ${inRuleRange(scope, MODEL_SCOPE, "segment = ''")}
  ) AS features USING (tenant, environment, model, version, worst, newest)
)
GROUP BY tenant, environment, model`,
  evidence: [
    { refId: 'E', column: 'effect', texts: ['top_feature', 'direction'] },
    { refId: 'Q', column: 'q' },
    { refId: 'N', column: 'n' },
    { refId: 'D', column: 'detectable' },
  ],
  summary: `${MODEL} drifts${tellText('E', 'top_feature', ': ')}`,
  details: `${tellText('E', 'direction', '', '; ')}${NUMBERS}`,
  firstStep:
    'Open the drift tab: is it one feature (its source broke) or many (the traffic changed)?',
};

const FEATURE_SCOPE = [...MODEL_SCOPE, 'segment', 'feature'] as const;

export const featureDrift: RuleTemplate = {
  ...COMMON,
  id: 'feature-drift',
  title: 'Drift of a feature',
  description:
    'A feature of a model that moved away from its reference, on evidence that is worth a page.',
  identity: ['tenant', 'environment', 'model', 'feature'],
  scope: FEATURE_SCOPE,
  rows: ({ values: { effect = 0 }, scope }) => `SELECT
  tenant, environment, model, feature,
  max(paging) AS measured,
  argMax(moved, rank) AS effect,
  argMax(least_q, rank) AS q,
  argMax(rows_of, rank) AS n,
  argMax(could_show, rank) AS detectable,
  argMax(way, rank) AS direction
FROM (
  SELECT *, (paging, ifNull(abs(moved), 0)) AS rank
  FROM (
    SELECT tenant, environment, model, version, segment, feature,
      argMax(${pages(effect, 'score')}, time) AS paging,
      argMax(tuple(score), time).1 AS moved,
      argMax(tuple(q_value), time).1 AS least_q,
      argMax(tuple(n), time).1 AS rows_of,
      argMax(tuple(detectable_effect), time).1 AS could_show,
      argMax(direction, time) AS way
    FROM v_drift ${inRuleRange(scope, FEATURE_SCOPE)}
    GROUP BY tenant, environment, model, version, segment, feature
  )
)
GROUP BY tenant, environment, model, feature`,
  evidence: [
    { refId: 'E', column: 'effect', texts: ['direction'] },
    { refId: 'Q', column: 'q' },
    { refId: 'N', column: 'n' },
    { refId: 'D', column: 'detectable' },
  ],
  // The model's own rule pages for the same shift; this one is for whoever looks after a feature.
  urgency: 'office-hours',
  summary: `${MODEL}: ${label('feature')} drifts`,
  details: `${tellText('E', 'direction', '', '; ')}${NUMBERS}`,
  firstStep:
    'Compare the distributions: a new category, a unit that changed, nulls that became zeros?',
};
