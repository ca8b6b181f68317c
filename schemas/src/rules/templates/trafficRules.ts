import { inRuleRange, ruleConditions } from '../ruleRows';
import type { RuleTemplate } from '../ruleTemplate';
import { ERROR_KEEPS_LAST, NO_ROWS_IS_CALM } from '../states';
import { MODEL, tell, tellText } from '../tell';

const SCOPE = ['tenant', 'environment', 'model', 'version'] as const;
const DAY = 86_400;

const COMMON = {
  identity: ['tenant', 'environment', 'model'],
  scope: SCOPE,
  everySeconds: 60,
  noData: NO_ROWS_IS_CALM,
  error: ERROR_KEEPS_LAST,
  urgency: 'page',
  link: 'model',
} as const satisfies Partial<RuleTemplate>;

const inWindow = (daysAgo: number, minutes: number): string =>
  `time > $__toTime - INTERVAL ${daysAgo} DAY - INTERVAL ${minutes} MINUTE AND time <= $__toTime - INTERVAL ${daysAgo} DAY`;

/**
 * Silence is news where there was traffic at the same time a week ago, so that nights and weekends are quiet; for a model
 * that was not there a week ago, a day ago.
 */
export const noTraffic: RuleTemplate = {
  ...COMMON,
  id: 'no-traffic',
  title: 'No traffic',
  description:
    'A model that nobody calls, although it was called at this time a week ago (or yesterday, when it is new).',
  parameters: [
    { key: 'minutes', title: 'Silent for', unit: 'minutes', default: 30, min: 5, max: 720 },
    {
      key: 'requests',
      title: 'Fewest requests in the same minutes before',
      unit: 'requests',
      default: 20,
      min: 1,
      max: 1e6,
    },
  ],
  rangeSeconds: () => 8 * DAY,
  rows: ({ values: { minutes = 30 }, scope }) => `SELECT
  tenant, environment, model,
  if(seen > 0, 0, expected) AS measured,
  if(older > 0, week_ago, day_ago) AS expected,
  silent_for
FROM (
  SELECT tenant, environment, model,
    sumIf(requests, ${inWindow(0, minutes)}) AS seen,
    sumIf(requests, ${inWindow(1, minutes)}) AS day_ago,
    sumIf(requests, ${inWindow(7, minutes)}) AS week_ago,
    sumIf(requests, time <= $__toTime - INTERVAL 7 DAY) AS older,
    dateDiff('minute', max(time), toDateTime64($__toTime, 3)) AS silent_for
  FROM v_traffic ${inRuleRange(scope, SCOPE)}
  GROUP BY tenant, environment, model
)`,
  threshold: ({ requests = 20 }) => ({ type: 'gt', value: requests }),
  for: '5m',
  keepFiringFor: '0s',
  evidence: [
    { refId: 'U', column: 'expected' },
    { refId: 'S', column: 'silent_for' },
  ],
  summary: `${MODEL}: no traffic`,
  details: `${tell('S', 'silent for ', ' minutes', '%.0f')}${tell('U', '; ', ' requests in the same minutes before', '%.0f')}`,
  firstStep:
    'Is the service up, and does its exporter reach Plumbline? Other models of the same service tell.',
};

export const errorRate: RuleTemplate = {
  ...COMMON,
  id: 'error-rate',
  title: 'Error rate',
  description: 'A model whose calls fail too often.',
  parameters: [
    { key: 'minutes', title: 'Over the last', unit: 'minutes', default: 15, min: 2, max: 1440 },
    { key: 'rate', title: 'Failed calls above', unit: '%', default: 5, min: 0.01, max: 100 },
    {
      key: 'requests',
      title: 'Fewest requests to judge by',
      unit: 'requests',
      default: 50,
      min: 1,
      max: 1e6,
    },
  ],
  rangeSeconds: ({ minutes = 15 }) => minutes * 60,
  rows: ({ values: { requests: fewest = 50 }, scope }) => `SELECT
  tenant, environment, model,
  if(called >= ${fewest}, 100 * failed / called, NULL) AS measured,
  failed,
  called
FROM (
  SELECT tenant, environment, model, sum(requests) AS called, sum(errors) AS failed
  FROM v_traffic ${inRuleRange(scope, SCOPE)}
  GROUP BY tenant, environment, model
)`,
  threshold: ({ rate = 5 }) => ({ type: 'gt', value: rate }),
  for: '5m',
  keepFiringFor: '10m',
  evidence: [
    { refId: 'F', column: 'failed' },
    { refId: 'N', column: 'called' },
  ],
  summary: `${MODEL}: ${tell('A', '', '% of calls fail', '%.1f')}`,
  details: `${tell('F', '', ' failed', '%.0f')}${tell('N', ' of ', ' calls', '%.0f')}`,
  firstStep:
    'Group the failed traces by error type and provider: a limit, a key, an outage, our own bug?',
};

/** Weighted by calls, because the minutes' quantiles cannot be added: it is the usual p95, not the p95 of the whole range. */
const usualP95 = (when: string): string =>
  `sumIf(latency_p95_ms * requests, isNotNull(latency_p95_ms) AND ${when}) / sumIf(requests, isNotNull(latency_p95_ms) AND ${when})`;

export const latency: RuleTemplate = {
  ...COMMON,
  id: 'latency',
  title: 'Latency',
  description:
    "A model that became slow: its minutes' p95, weighted by calls, against the day before.",
  parameters: [
    { key: 'minutes', title: 'Over the last', unit: 'minutes', default: 15, min: 2, max: 360 },
    {
      key: 'times',
      title: 'Slower than the day before by a factor of',
      unit: 'times',
      default: 2,
      min: 1,
      max: 100,
    },
    { key: 'floor', title: 'And slower than', unit: 'ms', default: 500, min: 0, max: 600_000 },
    {
      key: 'requests',
      title: 'Fewest requests to judge by',
      unit: 'requests',
      default: 50,
      min: 1,
      max: 1e6,
    },
  ],
  rangeSeconds: ({ minutes = 15 }) => DAY + minutes * 60,
  rows: ({ values: { minutes = 15, floor = 500, requests: fewest = 50 }, scope }) => `SELECT
  tenant, environment, model,
  if(called >= ${fewest} AND called_before >= ${fewest} AND before_ms > 0, if(now_ms > ${floor}, now_ms / before_ms, 0), NULL) AS measured,
  now_ms AS p95,
  before_ms AS expected,
  called
FROM (
  SELECT tenant, environment, model,
    sumIf(requests, recent) AS called,
    sumIf(requests, NOT recent) AS called_before,
    ${usualP95('recent')} AS now_ms,
    ${usualP95('NOT recent')} AS before_ms
  FROM (
    SELECT tenant, environment, model, requests, latency_p95_ms, time > $__toTime - INTERVAL ${minutes} MINUTE AS recent
    FROM v_traffic ${inRuleRange(scope, SCOPE)}
  )
  GROUP BY tenant, environment, model
)`,
  threshold: ({ times = 2 }) => ({ type: 'gt', value: times }),
  for: '5m',
  keepFiringFor: '10m',
  evidence: [
    { refId: 'P', column: 'p95' },
    { refId: 'U', column: 'expected' },
    { refId: 'N', column: 'called' },
  ],
  summary: `${MODEL} is slow${tell('P', ': p95 ', ' ms', '%.0f')}`,
  details: `${tell('P', 'p95 now ', ' ms', '%.0f')}${tell('U', ', the day before ', ' ms', '%.0f')}${tell('N', ', ', ' calls', '%.0f')}`,
  firstStep: 'Compare services and providers: one caller with long inputs, or the model itself?',
};

/** Changes of a model behind its name: another fingerprint, other lengths, other refusals (v_model_events). */
export const silentChange: RuleTemplate = {
  ...COMMON,
  id: 'silent-model-change',
  title: 'Silent model change',
  description:
    'A model that answers differently under the same name, without a deployment that was told.',
  parameters: [
    { key: 'hours', title: 'Told within the last', unit: 'hours', default: 24, min: 1, max: 720 },
  ],
  rangeSeconds: ({ hours = 24 }) => hours * 3600,
  rows: ({ scope }) => `SELECT
  tenant, environment, model,
  count() AS measured,
  argMax(text, time) AS said,
  argMax(version, time) AS of_version,
  dateDiff('minute', max(time), toDateTime64($__toTime, 3)) AS minutes_ago
FROM v_model_events WHERE ${['$__timeFilter(time)', ...ruleConditions(scope, SCOPE), "event = 'silent_change'"].join(' AND ')}
GROUP BY tenant, environment, model`,
  threshold: () => ({ type: 'gt', value: 0 }),
  for: '0s',
  keepFiringFor: '0s',
  noData: { state: 'OK', why: 'no rows: no such change was seen, which is the usual case' },
  evidence: [{ refId: 'T', column: 'minutes_ago', texts: ['said', 'of_version'] }],
  urgency: 'office-hours',
  summary: `${MODEL} changed behind its name${tellText('T', 'of_version', ', ')}`,
  details: `${tellText('T', 'said', '', '; ')}${tell('T', 'seen ', ' minutes ago', '%.0f')}`,
  firstStep:
    'Run your evaluations again; pin a dated version of the model if the provider has one.',
};
