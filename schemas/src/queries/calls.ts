import { CALLS_LIMIT } from './inferences';
import { type Scope, whereInRange } from './scope';

/** Which calls are looked for, and what is first among them. */
export type CallOrder = 'slowest' | 'failed' | 'expensive' | 'unusual';

const ORDERS: Readonly<Record<CallOrder, { readonly where: string; readonly by: string }>> = {
  slowest: { where: 'told.latency_ms IS NOT NULL', by: 'told.latency_ms DESC' },
  failed: { where: "told.status = 'error'", by: 'told.time DESC' },
  expensive: { where: 'told.cost IS NOT NULL', by: 'told.cost DESC' },
  // Calls that break the same number of checks: the newest has the best chance to be still of use.
  unusual: {
    where: 'notEmpty(told.violations)',
    by: 'length(told.violations) DESC, told.time DESC',
  },
};

/**
 * Single calls with their traces, in one of the orders. `time_ms` is epoch milliseconds; `broken` names the checks that the
 * call broke. The columns are qualified by `told`, because a name of the result would take the place of the column.
 */
export const tracedCalls = (scope: Scope, order: CallOrder): string => {
  const { where, by } = ORDERS[order];
  return `SELECT toUnixTimestamp64Milli(told.time) AS time_ms, told.environment AS environment, told.version AS version,
  told.service AS service, told.route AS route, told.operation AS operation, told.status AS status,
  told.error_type AS error_type, told.latency_ms AS latency_ms, toFloat64(told.cost) AS cost,
  told.currency AS currency, arrayStringConcat(told.violations, ', ') AS broken,
  told.trace_id AS trace_id, told.span_id AS span_id, told.inference_id AS inference_id
FROM v_inferences AS told
${whereInRange(scope, where)}
ORDER BY ${by}
LIMIT ${CALLS_LIMIT}`;
};
