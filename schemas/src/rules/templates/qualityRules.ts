import { inRuleRange, ruleConditions } from '../ruleRows';
import type { RuleTemplate } from '../ruleTemplate';
import { ERROR_KEEPS_LAST, NO_ROWS_IS_CALM } from '../states';
import { MODEL, tell, tellText } from '../tell';

const MODEL_SCOPE = ['tenant', 'environment', 'model', 'version'] as const;

const COMMON = {
  identity: ['tenant', 'environment', 'model'],
  everySeconds: 60,
  keepFiringFor: '0s',
  noData: NO_ROWS_IS_CALM,
  error: ERROR_KEEPS_LAST,
  urgency: 'page',
  link: 'model-quality',
} as const satisfies Partial<RuleTemplate>;

/** The newest hour of each check; the one with the highest rate stands for the model. */
export const dataQuality: RuleTemplate = {
  ...COMMON,
  id: 'data-quality',
  title: 'Data quality',
  description:
    'A model that is sent values which its checks find wrong, more often than is usual for it.',
  scope: MODEL_SCOPE,
  parameters: [
    {
      key: 'hours',
      title: 'Look at the newest hour of the last',
      unit: 'hours',
      default: 3,
      min: 2,
      max: 48,
    },
    { key: 'rate', title: 'Smallest share of violations', unit: '%', default: 0, min: 0, max: 100 },
  ],
  rangeSeconds: ({ hours = 3 }) => hours * 3600,
  rows: ({ values: { rate = 0 }, scope }) => `SELECT
  tenant, environment, model,
  max(paging) AS measured,
  argMax(percent, rank) AS rate,
  argMax(usual, rank) AS expected,
  argMax(found, rank) AS violations,
  argMax(rows_of, rank) AS n,
  argMax(feature, rank) AS top_feature,
  argMax(kind, rank) AS top_check,
  argMax(said, rank) AS detail
FROM (
  SELECT *, (paging, ifNull(percent, 0)) AS rank
  FROM (
    SELECT tenant, environment, model, version, feature, \`check\` AS kind,
      argMax(page = 1 AND ifNull(100 * rate >= ${rate}, 1), time) AS paging,
      100 * argMax(tuple(rate), time).1 AS percent,
      100 * argMax(tuple(expected), time).1 AS usual,
      argMax(violations, time) AS found,
      argMax(tuple(n), time).1 AS rows_of,
      argMax(detail, time) AS said
    FROM v_quality ${inRuleRange(scope, MODEL_SCOPE)}
    GROUP BY tenant, environment, model, version, feature, kind
  )
)
GROUP BY tenant, environment, model`,
  threshold: () => ({ type: 'gt', value: 0 }),
  for: '0s',
  evidence: [
    { refId: 'R', column: 'rate', texts: ['top_feature', 'top_check', 'detail'] },
    { refId: 'U', column: 'expected' },
    { refId: 'V', column: 'violations' },
    { refId: 'N', column: 'n' },
  ],
  summary: `${MODEL}: bad data${tellText('R', 'top_feature', ' in ')}${tellText('R', 'top_check', ', ')}`,
  details: `${tell('R', '', '% of rows', '%.2f')}${tell('U', ', usual is ', '%', '%.2f')}${tell('V', ', ', ' violations', '%.0f')}${tell('N', ' of ', '', '%.0f')}${tellText('R', 'detail', '; ')}`,
  firstStep:
    'Open the quality tab and one of the example traces: which sender, since which deployment?',
};

const FEATURE_SCOPE = [...MODEL_SCOPE, 'segment', 'feature'] as const;

/** Compared with the reference: a feature that was always half empty is no news. */
export const missingData: RuleTemplate = {
  ...COMMON,
  id: 'missing-data',
  title: 'Missing data',
  description: 'A feature that is missing in many more predictions than in the reference.',
  scope: FEATURE_SCOPE,
  parameters: [
    { key: 'minutes', title: 'Over the last', unit: 'minutes', default: 60, min: 10, max: 1440 },
    {
      key: 'more',
      title: 'More missing than in the reference by',
      unit: 'percentage points',
      default: 20,
      min: 0.1,
      max: 100,
    },
    {
      key: 'rows',
      title: 'Fewest predictions to judge by',
      unit: 'predictions',
      default: 100,
      min: 1,
      max: 1e6,
    },
  ],
  rangeSeconds: ({ minutes = 60 }) => minutes * 60,
  rows: ({ values: { rows: fewest = 100 }, scope }) => `SELECT
  tenant, environment, model,
  max(excess) AS measured,
  argMax(percent, rank) AS missing,
  argMax(usual, rank) AS expected,
  argMax(rows_of, rank) AS n,
  argMax(feature, rank) AS top_feature
FROM (
  SELECT *, ifNull(excess, -1) AS rank
  FROM (
    SELECT tenant, environment, model, segment, feature, rows_of, usual,
      if(rows_of >= ${fewest}, 100 * gone / rows_of, NULL) AS percent,
      percent - ifNull(usual, 0) AS excess
    FROM (
      SELECT tenant, environment, model, segment, feature, sum(count) AS gone, toNullable(sum(n)) AS rows_of
      FROM v_feature_windows ${inRuleRange(scope, FEATURE_SCOPE, "label = 'missing'", "NOT startsWith(feature, '@')")}
      GROUP BY tenant, environment, model, segment, feature
    ) AS seen
    LEFT JOIN (
      SELECT tenant, environment, model, segment, feature, 100 * max(share) AS usual
      FROM v_baselines WHERE ${["label = 'missing'", ...ruleConditions(scope, FEATURE_SCOPE)].join(' AND ')}
      GROUP BY tenant, environment, model, segment, feature
    ) AS known USING (tenant, environment, model, segment, feature)
  )
)
GROUP BY tenant, environment, model`,
  threshold: ({ more = 20 }) => ({ type: 'gt', value: more }),
  for: '10m',
  keepFiringFor: '15m',
  evidence: [
    { refId: 'M', column: 'missing', texts: ['top_feature'] },
    { refId: 'U', column: 'expected' },
    { refId: 'N', column: 'n' },
  ],
  summary: `${MODEL}: data missing${tellText('M', 'top_feature', ' in ')}`,
  details: `${tell('M', '', '% missing', '%.1f')}${tell('U', ', in the reference ', '%', '%.1f')}${tell('N', ', n ', '', '%.0f')}`,
  firstStep: 'Ask who fills this feature: the join, the feature store or the sender dropped it.',
};
