import { z } from 'zod';
import { type ModelKey, OF_VERSION } from '../modelKey';
import { readRows, type Reading } from '../readRows';

/** What somebody who promotes or rolls back should know; the decision is theirs. */
export const check = z.object({
  name: z.enum(['traffic', 'errors', 'validation', 'drift', 'quality', 'performance']),
  status: z.enum(['pass', 'warn', 'fail', 'unknown']),
  fact: z.string().meta({ description: 'in words' }),
  time: z.iso.datetime().nullable().meta({ description: 'how new the fact is; null: unknown' }),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
});
export type Check = z.output<typeof check>;

interface Facts {
  readonly requests: number;
  readonly errors: number;
  readonly trafficTime: string | null;
  readonly evaluations: number;
  readonly evaluationErrors: number;
  readonly evaluationTime: string | null;
  readonly driftStatus: string;
  readonly driftPage: number;
  readonly driftFeature: string;
  readonly driftScore: number | null;
  readonly driftTime: string | null;
  readonly qualityStatus: string;
  readonly qualityPages: number;
  readonly qualityViolations: number;
  readonly qualityRows: number;
  readonly qualityTime: string | null;
  readonly metrics: readonly (readonly [string, number | null, string, string])[];
}

/** Facts older than a week say nothing about now. */
const DAYS = 7;
const within = `${OF_VERSION} AND time > now64(3) - INTERVAL ${DAYS} DAY`;
const known = (time: string): string => `if(count() = 0, NULL, toNullable(max(${time})))`;

const FACTS = `SELECT requests, errors, trafficTime, evaluations, evaluationErrors, evaluationTime, driftStatus, driftPage,
  driftFeature, driftScore, driftTime, qualityStatus, qualityPages, qualityViolations, qualityRows, qualityTime, metrics
FROM (SELECT sum(requests) AS requests, sum(errors) AS errors, ${known('time')} AS trafficTime FROM v_traffic WHERE ${within}) AS traffic
CROSS JOIN (SELECT count() AS evaluations, countIf(error_type != '' OR lower(label) IN ('fail', 'failed')) AS evaluationErrors,
  ${known('time')} AS evaluationTime FROM v_evaluations WHERE ${within}) AS evaluation
CROSS JOIN (SELECT argMax(status, time) AS driftStatus, argMax(page, time) AS driftPage, argMax(top_feature, time) AS driftFeature,
  argMax(tuple(top_score), time).1 AS driftScore, ${known('time')} AS driftTime FROM v_drift_models WHERE ${within}) AS drift
CROSS JOIN (SELECT if(countIf(status = 'violated' OR page = 1) > 0, 'violated', if(count() = 0, '', 'ok')) AS qualityStatus,
  sum(page) AS qualityPages, sum(violations) AS qualityViolations, max(n) AS qualityRows, ${known('time')} AS qualityTime
  FROM v_quality WHERE ${within} AND time > now64(3) - INTERVAL 1 DAY) AS quality
CROSS JOIN (SELECT groupArray((metric, value, status, told)) AS metrics FROM (
  SELECT toString(metric) AS metric, argMax(tuple(v_performance.value), time).1 AS value, toString(argMax(v_performance.status, time)) AS status,
    formatDateTime(max(time), '%Y-%m-%dT%H:%i:%SZ', 'UTC') AS told
  FROM v_performance WHERE ${within} AND segment = '' GROUP BY metric ORDER BY metric LIMIT 20)) AS performance`;

const percent = (share: number): string => `${(100 * share).toFixed(2)}%`;
const HIGH_ERRORS = 0.05;
const SOME_ERRORS = 0.01;

function trafficChecks({ requests, errors, trafficTime }: Facts): Check[] {
  const time = trafficTime;
  const share = requests > 0 ? errors / requests : null;
  const errorStatus =
    share === null
      ? 'unknown'
      : share > HIGH_ERRORS
        ? 'fail'
        : share > SOME_ERRORS
          ? 'warn'
          : 'pass';
  return [
    {
      name: 'traffic',
      status: requests > 0 ? 'pass' : 'unknown',
      fact: requests > 0 ? `${requests} requests in ${DAYS} days` : `no traffic in ${DAYS} days`,
      time,
      values: { requests },
    },
    {
      name: 'errors',
      status: errorStatus,
      fact: share === null ? 'no traffic to judge by' : `${percent(share)} of the requests failed`,
      time,
      values: { errors, share },
    },
  ];
}

function validationCheck({ evaluations, evaluationErrors, evaluationTime: time }: Facts): Check {
  const share = evaluations > 0 ? evaluationErrors / evaluations : null;
  return {
    name: 'validation',
    status: share === null ? 'unknown' : share > 0 ? 'warn' : 'pass',
    fact:
      share === null
        ? `no evaluations in ${DAYS} days`
        : `${evaluationErrors} of ${evaluations} evaluations failed`,
    time,
    values: { evaluations, failed: evaluationErrors },
  };
}

function driftCheck({ driftStatus, driftPage, driftFeature, driftScore, driftTime }: Facts): Check {
  const values = { status: driftStatus, feature: driftFeature, score: driftScore };
  const base = { name: 'drift', time: driftTime, values } as const;
  if (driftStatus === '')
    return { ...base, status: 'unknown', fact: 'drift was not looked at yet' };
  if (driftPage === 1 || driftStatus === 'drift') {
    const by = driftScore === null ? '' : ` by ${driftScore.toFixed(2)} sd`;
    const fact = `${driftFeature === '' ? 'a feature' : driftFeature} has drifted${by}`;
    return { ...base, status: driftPage === 1 ? 'fail' : 'warn', fact };
  }
  if (driftStatus === 'ok') return { ...base, status: 'pass', fact: 'no feature has drifted' };
  return { ...base, status: 'unknown', fact: `drift: ${driftStatus.replaceAll('_', ' ')}` };
}

function qualityCheck(facts: Facts): Check {
  const { qualityStatus, qualityPages, qualityViolations: violations, qualityTime: time } = facts;
  const base = { name: 'quality', time, values: { violations, pages: qualityPages } } as const;
  if (qualityStatus === '') {
    return { ...base, status: 'unknown', fact: 'quality was not looked at in the last day' };
  }
  if (qualityStatus === 'ok') {
    return { ...base, status: 'pass', fact: 'no check of quality is violated' };
  }
  const fact = `${violations} violations in the last day`;
  return { ...base, status: qualityPages > 0 ? 'fail' : 'warn', fact };
}

function performanceCheck({ metrics }: Facts): Check {
  const measured = metrics.filter(([, value]) => value !== null);
  const untrusted = measured.filter(([, , status]) => status === 'untrusted');
  const told = measured.map(([metric, value]) => `${metric} ${value!.toPrecision(3)}`);
  return {
    name: 'performance',
    status: measured.length === 0 ? 'unknown' : untrusted.length > 0 ? 'warn' : 'pass',
    fact: told.length === 0 ? `no performance known in ${DAYS} days` : told.join(', '),
    time:
      measured
        .map(([, , , time]) => time)
        .toSorted()
        .at(-1) ?? null,
    values: Object.fromEntries(measured.map(([metric, value]) => [metric, value])),
  };
}

/** What is known about a version of a model, for a decision about its stage. */
export async function readCheckList(key: ModelKey, context: Reading): Promise<Check[]> {
  const { environment, model, version } = key;
  const [facts] = await readRows<Facts>(context, FACTS, { environment, model, version });
  return [
    ...trafficChecks(facts!),
    validationCheck(facts!),
    driftCheck(facts!),
    qualityCheck(facts!),
    performanceCheck(facts!),
  ];
}
