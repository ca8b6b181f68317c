import { at, DAY_MS, INSERTS_PER_DAY, list, MODELS } from './load';

/** Minutes that the monitor has not summed up yet: the newest calls are read from the rows themselves. */
const OPEN_MINUTES_MS = 120_000;
const LLM = `modulo(number, ${MODELS.length}) >= 4`;
const SERVICES = ['checkout', 'support', 'search'];
/** A service belongs to one team. */
const TEAMS = ['core', 'growth', 'core'];

/**
 * Inferences spread evenly over a span of time: classical models and LLMs in two versions, called by three services, one in
 * fifty failed. Maps of features stay empty: no dashboard reads them, and a column that is not read costs nothing.
 */
const inferences = (
  rows: number,
  fromMs: number,
  spanMs: number,
): string => `INSERT INTO ml_inferences (
  tenant, environment, model, version, time, inference_id, received_at, written_at, row_version, trace_id, span_id, service,
  team, route, operation, model_type, provider, status, error_type, latency_ms, tokens, cost, cost_low, cost_high, costs,
  currency, cost_status)
SELECT 'default', 'prod', ${list(MODELS)}[number % ${MODELS.length} + 1], if(intDiv(number, 8) % 5 = 0, 'v2', 'v1'),
  ${at(fromMs)} + toIntervalMillisecond(intDiv(number * ${spanMs}, ${rows})) AS moment,
  hex(sipHash128(number, ${fromMs})) AS id, moment, moment, toUnixTimestamp64Milli(moment), id, substring(id, 1, 16),
  ${list(SERVICES)}[intDiv(number, 8) % 3 + 1], ${list(TEAMS)}[intDiv(number, 8) % 3 + 1], '/predict',
  if(${LLM}, 'chat', 'predict'), if(${LLM}, 'llm', 'binary'),
  if(${LLM}, ['openai', 'anthropic'][number % 2 + 1], ''), if(cityHash64(number) % 50 = 0, 'error', 'ok'),
  if(cityHash64(number) % 50 = 0, 'timeout', ''), 10 + cityHash64(number, 1) % 900,
  if(${LLM}, map('input', toUInt64(400), 'cache_read', toUInt64(100), 'output', toUInt64(150)), map()),
  if(${LLM}, toDecimal64(0.004, 9), NULL) AS told_cost, told_cost, told_cost,
  if(${LLM}, map('input', toDecimal64(0.002, 9), 'cache_read', toDecimal64(0.0005, 9), 'output', toDecimal64(0.0015, 9)), map()),
  if(${LLM}, 'USD', ''), if(${LLM}, 'priced', '')
FROM numbers(${rows})`;

const PER_CALL_TOKENS = { input: 400, cache_read: 100, output: 150 };
const PER_CALL_COSTS = { input: 0.002, cache_read: 0.0005, output: 0.0015 };
/** A map of what all calls of a window sum to; empty where nothing is told. */
const summed = (perCall: Readonly<Record<string, number>>, cast: (value: string) => string) =>
  `if(llm, map(${Object.entries(perCall)
    .map(([bucket, each]) => `'${bucket}', ${cast(`${each} * n`)}`)
    .join(', ')}), map())`;

/**
 * Traffic windows as the monitor writes them. Its own statement would have to find out from each row what is known here,
 * and takes twenty times as long.
 */
const trafficWindows = (fromMs: number, toMs: number): string => `INSERT INTO ml_traffic_windows (
  tenant, environment, model, version, time, service, team, route, provider, currency, model_type, rows, requests, errors,
  priced_requests, unpriced_requests, tokens, priced_tokens, costs, cost, cost_low, cost_high, latency, first_time, last_time, window_version)
SELECT tenant, environment, model, version, minute, service, team, route, provider, currency, model_type, n, n, failed,
  if(llm, n, 0), 0, ${summed(PER_CALL_TOKENS, (value) => `toFloat64(${value})`)} AS told_tokens, told_tokens,
  ${summed(PER_CALL_COSTS, (value) => `toDecimal128(${value}, 9)`)},
  if(llm, toDecimal128(0.004 * n, 9), NULL) AS told_cost, told_cost, told_cost, latencies, first_moment, last_moment,
  bitShiftLeft(toUInt128(${toMs}), 64) + n
FROM (
  SELECT tenant, environment, model, version, toDateTime64(toStartOfMinute(time), 3) AS minute, service, team, route, provider, currency,
    any(model_type) AS model_type, currency != '' AS llm, count() AS n, countIf(status = 'error') AS failed,
    quantilesTDigestWeightedState(0.5, 0.95, 0.99)(assumeNotNull(latency_ms), toUInt64(100)) AS latencies,
    min(time) AS first_moment, max(time) AS last_moment
  FROM ml_inferences
  WHERE time >= ${at(fromMs)} AND time < ${at(toMs)}
  GROUP BY tenant, environment, model, version, minute, service, team, route, provider, currency
)`;

/** Statements that fill one of the parts that the days up to `nowMs` have; a part's two belong in this order. */
export const partStatements = (
  rows: number,
  part: number,
  { fromMs, nowMs }: { readonly fromMs: number; readonly nowMs: number },
): readonly string[] => {
  const spanMs = DAY_MS / INSERTS_PER_DAY;
  const beginMs = fromMs + part * spanMs;
  return [
    inferences(rows, beginMs, spanMs),
    trafficWindows(beginMs, Math.min(beginMs + spanMs, nowMs - OPEN_MINUTES_MS)),
  ];
};

/** Hours in which spans count, as the monitor marks them. */
export const SPAN_HOURS = `INSERT INTO ml_span_hours
SELECT tenant, environment, service, name, toStartOfHour(time) AS hour, sum(rows), max(computed_at)
FROM ml_traffic_windows
ARRAY JOIN arrayDistinct(['', toString(model), toString(version)]) AS name
GROUP BY tenant, environment, service, name, hour`;
