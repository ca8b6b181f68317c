import { type Scope, whereInRange } from './scope';

/** Rows of single calls that a table shows. */
export const CALLS_LIMIT = 100;

const CALL = `time, environment, model, version, service, route, provider, operation, status, error_type, latency_ms,
  ttft_ms, toFloat64(input_tokens) AS input_tokens, toFloat64(output_tokens) AS output_tokens, toFloat64(cost) AS cost,
  currency, finish_reason, trace_id, span_id, inference_id`;

/** The slowest calls of the range, with their traces. */
export const slowCalls = (scope: Scope): string =>
  `SELECT ${CALL}
FROM v_inferences
${whereInRange(scope, 'latency_ms IS NOT NULL')}
ORDER BY latency_ms DESC
LIMIT ${CALLS_LIMIT}`;

/** The newest failed calls, with their traces. */
export const failedCalls = (scope: Scope): string =>
  `SELECT ${CALL}
FROM v_inferences
${whereInRange(scope, "status = 'error'")}
ORDER BY time DESC
LIMIT ${CALLS_LIMIT}`;

/** Failed calls by kind of error per point. */
export const errorTypes = (scope: Scope): string =>
  `SELECT $__timeInterval(time) AS at, if(error_type = '', 'unknown', error_type) AS kind, sum(sample_weight) AS value
FROM v_inferences
${whereInRange(scope, "status = 'error'")}
GROUP BY at, kind
ORDER BY at, kind`;
