import { inRuleRange } from '../ruleRows';
import type { RuleScope, RuleTemplate } from '../ruleTemplate';
import { quoteTexts } from '../../queries/text';
import { ERROR_IS_TOLD, ERROR_KEEPS_LAST, NO_ROWS_IS_CALM } from '../states';
import { tell, tellText } from '../tell';

const SCOPE = ['tenant', 'environment'] as const;

const COMMON = {
  identity: ['tenant', 'environment'],
  scope: SCOPE,
  everySeconds: 60,
  error: ERROR_KEEPS_LAST,
  urgency: 'page',
  link: 'fleet',
} as const satisfies Partial<RuleTemplate>;

/**
 * How much each counter rose: counters start again at 0 with their process, and one that has a label is not there before it
 * first counts. So the first value of a counter counts whole if its instance had told other metrics before.
 */
const rises = (scope: RuleScope): string => `SELECT tenant, environment, metric,
    sum(multiIf(isNull(previous), if(time > instance_since, value, 0), value < previous, value, value - previous)) AS rise
  FROM (
    SELECT tenant, environment, instance, metric, time, value,
      lagInFrame(toNullable(value)) OVER (PARTITION BY tenant, environment, instance, metric ORDER BY time
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS previous,
      min(time) OVER (PARTITION BY tenant, environment, instance) AS instance_since
    FROM v_processor ${inRuleRange(scope, SCOPE)}
  )
  GROUP BY tenant, environment, metric`;

const sumOf = (...metrics: readonly string[]): string =>
  `sumIf(rise, metric IN (${quoteTexts(metrics)}))`;

const LOST = [
  'plumbline_rows_dead_lettered_total',
  'plumbline_rows_dropped_total',
  'plumbline_forward_dropped_items_total',
];

export const telemetryLost: RuleTemplate = {
  ...COMMON,
  id: 'telemetry-lost',
  title: 'Telemetry lost',
  description:
    'Rows that ClickHouse refused for good, or that were not passed on because the queue was full.',
  parameters: [
    { key: 'minutes', title: 'Over the last', unit: 'minutes', default: 15, min: 5, max: 1440 },
    { key: 'rows', title: 'More than', unit: 'rows', default: 0, min: 0, max: 1e9 },
  ],
  rangeSeconds: ({ minutes = 15 }) => minutes * 60,
  rows: ({ scope }) => `SELECT
  tenant, environment,
  ${sumOf(...LOST)} AS measured,
  ${sumOf(LOST[0]!)} AS dead_lettered,
  ${sumOf(LOST[1]!)} AS dropped,
  ${sumOf(LOST[2]!)} AS not_forwarded
FROM (
  ${rises(scope)}
)
GROUP BY tenant, environment`,
  threshold: ({ rows = 0 }) => ({ type: 'gt', value: rows }),
  for: '0s',
  keepFiringFor: '15m',
  noData: NO_ROWS_IS_CALM,
  evidence: [
    { refId: 'D', column: 'dead_lettered' },
    { refId: 'L', column: 'dropped' },
    { refId: 'F', column: 'not_forwarded' },
  ],
  summary: `Plumbline lost telemetry${tell('A', ': ', ' rows', '%.0f')}`,
  details: `${tell('D', '', ' kept in the dead-letter folder', '%.0f')}${tell('L', ', ', ' dropped', '%.0f')}${tell('F', ', ', ' not forwarded', '%.0f')}`,
  firstStep:
    'The log line rowsDeadLettered has the reason; the rows are in storage.deadLetter.path.',
};

const REFUSED = [
  'plumbline_requests_refused_total',
  'plumbline_connections_refused_total',
  'plumbline_tenant_limited_total',
];
const FAILED = ['plumbline_inserts_failed_total', 'plumbline_store_opens_failed_total'];

export const processorRefusing: RuleTemplate = {
  ...COMMON,
  id: 'processor-refusing',
  title: 'Processor refusing',
  description: 'A processor that turns senders away, or whose inserts fail.',
  parameters: [
    { key: 'minutes', title: 'Over the last', unit: 'minutes', default: 10, min: 5, max: 1440 },
    {
      key: 'count',
      title: 'More than',
      unit: 'refusals and failed inserts',
      default: 10,
      min: 0,
      max: 1e9,
    },
  ],
  rangeSeconds: ({ minutes = 10 }) => minutes * 60,
  rows: ({ scope }) => `SELECT
  tenant, environment,
  ${sumOf(...REFUSED, ...FAILED)} AS measured,
  ${sumOf(...REFUSED)} AS refused,
  ${sumOf(...FAILED)} AS failed
FROM (
  ${rises(scope)}
)
GROUP BY tenant, environment`,
  threshold: ({ count = 10 }) => ({ type: 'gt', value: count }),
  for: '5m',
  keepFiringFor: '10m',
  noData: NO_ROWS_IS_CALM,
  evidence: [
    { refId: 'R', column: 'refused' },
    { refId: 'F', column: 'failed' },
  ],
  summary: `Plumbline refuses senders${tell('A', ': ', ' times', '%.0f')}`,
  details: `${tell('R', '', ' requests or connections turned away', '%.0f')}${tell('F', ', ', ' inserts failed', '%.0f')}`,
  firstStep:
    'See plumbline_requests_refused_total by reason: a token, a size limit, or too much in flight?',
};

const INSERT = 'plumbline_insert_duration_seconds';
const JOBS = 'plumbline_jobs_failed_total';

export const processorLagging: RuleTemplate = {
  ...COMMON,
  id: 'processor-lagging',
  title: 'Processor lagging',
  description:
    'A processor that writes slowly, whose jobs fail, or that tells nothing of itself any more.',
  parameters: [
    { key: 'minutes', title: 'Over the last', unit: 'minutes', default: 15, min: 5, max: 1440 },
    {
      key: 'seconds',
      title: 'Mean duration of an insert above',
      unit: 's',
      default: 5,
      min: 0.1,
      max: 600,
    },
    {
      key: 'jobs',
      title: 'Or failed runs of jobs above',
      unit: 'runs',
      default: 5,
      min: 0,
      max: 1e6,
    },
  ],
  rangeSeconds: ({ minutes = 15 }) => minutes * 60,
  rows: ({ values: { seconds = 5, jobs = 5 }, scope }) => `SELECT
  tenant, environment,
  toFloat64(insert_s > ${seconds} OR failed_jobs > ${jobs} OR silent_s > 300) AS measured,
  if(inserts > 0, spent / inserts, NULL) AS insert_s,
  failed_jobs,
  silent_s
FROM (
  SELECT tenant, environment,
    ${sumOf(`${INSERT}_sum`)} AS spent,
    ${sumOf(`${INSERT}_count`)} AS inserts,
    ${sumOf(JOBS)} AS failed_jobs
  FROM (
    ${rises(scope)}
  )
  GROUP BY tenant, environment
) AS risen
JOIN (
  SELECT tenant, environment, dateDiff('second', max(time), toDateTime64($__toTime, 3)) AS silent_s
  FROM v_processor ${inRuleRange(scope, SCOPE)}
  GROUP BY tenant, environment
) AS told USING (tenant, environment)`,
  threshold: () => ({ type: 'gt', value: 0 }),
  for: '5m',
  keepFiringFor: '0s',
  noData: {
    state: 'Alerting',
    why: 'a processor that runs writes its metrics every minute (telemetry.storeEveryMs): no rows mean that none runs',
  },
  evidence: [
    { refId: 'I', column: 'insert_s' },
    { refId: 'J', column: 'failed_jobs' },
    { refId: 'S', column: 'silent_s' },
  ],
  summary: 'Plumbline lags behind or does not run',
  details: `${tell('I', 'mean insert ', ' s', '%.2f')}${tell('J', ', ', ' failed job runs', '%.0f')}${tell('S', ', last heard ', ' s ago', '%.0f')}`,
  firstStep: 'Ask /readyz of the processor, then how busy ClickHouse is (merges, parts, memory).',
};

/** The one rule that reads a system table: free space is told nowhere else. Grafana's user needs to read system.disks. */
export const clickHouseDisk: RuleTemplate = {
  id: 'clickhouse-disk',
  title: 'ClickHouse disk',
  description: 'A disk of ClickHouse that fills up, and whether ClickHouse answers at all.',
  identity: ['disk'],
  scope: [],
  parameters: [
    { key: 'percent', title: 'Used more than', unit: '%', default: 85, min: 1, max: 100 },
  ],
  rangeSeconds: () => 600,
  rows: () => `SELECT
  name AS disk,
  path AS place,
  100 * (1 - free_space / total_space) AS measured,
  free_space / 1e9 AS free_gb
FROM system.disks
WHERE total_space > 0`,
  threshold: ({ percent = 85 }) => ({ type: 'gt', value: percent }),
  everySeconds: 300,
  for: '15m',
  keepFiringFor: '0s',
  noData: {
    state: 'OK',
    why: 'only disks without a size of their own, as object storage has: nothing can fill up',
  },
  error: ERROR_IS_TOLD,
  urgency: 'page',
  link: 'fleet',
  evidence: [{ refId: 'G', column: 'free_gb', texts: ['place'] }],
  summary: `ClickHouse disk {{ $labels.disk }} is ${tell('A', '', '% full', '%.0f')}`,
  details: `${tell('G', '', ' GB free', '%.1f')}${tellText('G', 'place', ' at ')}`,
  firstStep:
    'Shorten storage.retention of the largest table, or add a disk; docs/operations.md has the sizes.',
};
