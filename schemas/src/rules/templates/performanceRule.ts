import { inRuleRange } from '../ruleRows';
import type { RuleTemplate } from '../ruleTemplate';
import { ERROR_KEEPS_LAST, NO_ROWS_IS_CALM } from '../states';
import { MODEL, tell, tellText } from '../tell';

const SCOPE = ['tenant', 'environment', 'model', 'version', 'segment'] as const;

/** Metrics of which one stands for a model: one, because each further one would be one more chance of a false alarm. */
const HEADLINE = "metric IN ('accuracy', 'mae') OR startsWith(metric, 'evaluation.')";

/** The standard error of hours together, from their 95% intervals, weighted by the labels of each. */
const pooledError = (when: string): string =>
  `sqrt(sumIf(pow(labelled_n * (high - low) / 3.92, 2), ${when})) / sumIf(labelled_n, ${when})`;
const pooledMean = (when: string): string =>
  `sumIf(value * labelled_n, ${when}) / sumIf(labelled_n, ${when})`;

/**
 * The last hours with labels against those before, of the metric that has most labels. Worse counts only when the two means
 * are three standard errors apart; then `measured` is the relative loss. Of several segments the one that lost most counts.
 */
export const performance: RuleTemplate = {
  id: 'performance',
  title: 'Performance',
  description:
    'A model that does worse on its labels or evaluations than in the weeks before, beyond chance.',
  identity: ['tenant', 'environment', 'model'],
  scope: SCOPE,
  parameters: [
    { key: 'hours', title: 'The last', unit: 'hours', default: 24, min: 1, max: 336 },
    { key: 'days', title: 'Against the days before', unit: 'days', default: 14, min: 1, max: 60 },
    { key: 'worse', title: 'Worse by', unit: '%', default: 5, min: 0.1, max: 100 },
    {
      key: 'labels',
      title: 'Fewest labels to judge by',
      unit: 'labels',
      default: 100,
      min: 10,
      max: 1e6,
    },
  ],
  rangeSeconds: ({ hours = 24, days = 14 }) => hours * 3600 + days * 86_400,
  rows: ({ values: { hours = 24, labels = 100 }, scope }) => `SELECT
  tenant, environment, model,
  argMax(loss, rank) AS measured,
  argMax(tuple(now_mean), rank).1 AS value,
  argMax(tuple(before_mean), rank).1 AS expected,
  argMax(told, rank) AS labelled,
  argMax(coverage, rank) AS coverage_percent,
  argMax(metric, rank) AS headline
FROM (
  SELECT *,
    if(metric = 'mae', now_mean - before_mean, before_mean - now_mean) AS worse_by,
    if(told < ${labels} OR told_before < ${labels} OR isNaN(worse_by), NULL,
      if(worse_by > 3 * sqrt(pow(now_error, 2) + pow(before_error, 2)), 100 * worse_by / abs(before_mean), 0)) AS loss,
    (told = max(told) OVER (PARTITION BY tenant, environment, model, segment), ifNull(loss, -1)) AS rank
  FROM (
    SELECT tenant, environment, model, segment, metric,
      sumIf(labelled_n, recent) AS told,
      sumIf(labelled_n, NOT recent) AS told_before,
      ${pooledMean('recent')} AS now_mean,
      ${pooledMean('NOT recent')} AS before_mean,
      ${pooledError('recent')} AS now_error,
      ${pooledError('NOT recent')} AS before_error,
      100 * sumIf(labelled_n, recent) / sumIf(n, recent) AS coverage
    FROM (
      SELECT tenant, environment, model, segment, metric, assumeNotNull(value) AS value, assumeNotNull(low) AS low,
        assumeNotNull(high) AS high, labelled_n, n,
        time >= $__toTime - INTERVAL ${hours} HOUR AS recent
      FROM v_performance ${inRuleRange(scope, SCOPE, "status = 'measured'", `(${HEADLINE})`, 'isNotNull(value)', 'isNotNull(low)', 'isNotNull(high)')}
    )
    GROUP BY tenant, environment, model, segment, metric
  )
)
GROUP BY tenant, environment, model`,
  threshold: ({ worse = 5 }) => ({ type: 'gt', value: worse }),
  evidence: [
    { refId: 'P', column: 'value', texts: ['headline'] },
    { refId: 'U', column: 'expected' },
    { refId: 'N', column: 'labelled' },
    { refId: 'L', column: 'coverage_percent' },
  ],
  everySeconds: 300,
  for: '0s',
  keepFiringFor: '0s',
  noData: NO_ROWS_IS_CALM,
  error: ERROR_KEEPS_LAST,
  urgency: 'page',
  link: 'model-performance',
  summary: `${MODEL} does worse${tellText('P', 'headline', ': ')}`,
  details: `${tell('P', 'now ')}${tell('U', ', before ')}${tell('A', ', worse by ', '%', '%.1f')}${tell('N', ', ', ' labels', '%.0f')}${tell('L', ' (', '% of predictions)', '%.0f')}`,
  firstStep:
    'Look at the segments: one group or all? Then at drift since the same hour, and at deployments.',
};
