import type { ClickHouseClient } from '@clickhouse/client';
import { listModels } from '@plumbline/collector-processor/dist/monitor/listModels';

export const DAYS = 30;
const DAY_MS = 86_400_000;
const HOURS = 24 * DAYS;
/** A service that tells minute by minute in several inserts leaves more than one part a day behind. */
const INSERTS_PER_DAY = 3;

const MODELS = [
  'fraud',
  'churn',
  'credit',
  'ranking',
  'gpt-4o',
  'claude-sonnet-4',
  'embed',
  'vision',
];
const LLM = `modulo(number, ${MODELS.length}) >= 4`;
const list = (texts: readonly string[]): string =>
  `[${texts.map((text) => `'${text}'`).join(', ')}]`;
const MODEL = `${list(MODELS)}[number % ${MODELS.length} + 1] AS model`;
const at = (ms: number): string => `fromUnixTimestamp64Milli(toInt64(${ms}))`;

/** Inferences spread evenly over a span of time; classical models and LLMs, three services, one in fifty failed. */
const inferences = (
  rows: number,
  fromMs: number,
  spanMs: number,
): string => `INSERT INTO ml_inferences (
  tenant, environment, model, version, time, inference_id, trace_id, span_id, service, team, route, operation, model_type,
  provider, status, error_type, latency_ms, tokens, cost, cost_low, cost_high, costs, currency, cost_status)
SELECT 'default', 'prod', ${MODEL}, if(intDiv(number, 8) % 5 = 0, 'v2', 'v1'),
  ${at(fromMs)} + toIntervalMillisecond(intDiv(number * ${spanMs}, ${rows})),
  lower(hex(sipHash128(number, ${fromMs}))), lower(hex(sipHash128(number))), lower(hex(sipHash64(number))),
  ['checkout', 'support', 'search'][intDiv(number, 8) % 3 + 1], ['core', 'growth'][intDiv(number, 8) % 2 + 1], '/predict',
  if(${LLM}, 'chat', 'predict'), if(${LLM}, 'llm', 'binary'), if(${LLM}, ['openai', 'anthropic'][number % 2 + 1], ''),
  if(cityHash64(number) % 50 = 0, 'error', 'ok'), if(cityHash64(number) % 50 = 0, 'timeout', ''),
  10 + cityHash64(number, 1) % 900,
  if(${LLM}, map('input', toUInt64(400), 'cache_read', toUInt64(100), 'output', toUInt64(150)), map()),
  if(${LLM}, toDecimal64(0.004, 9), NULL), if(${LLM}, toDecimal64(0.004, 9), NULL), if(${LLM}, toDecimal64(0.004, 9), NULL),
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

/** Hours in which spans count, as the monitor marks them. */
const SPAN_HOURS = `INSERT INTO ml_span_hours
SELECT tenant, environment, service, name, toStartOfHour(time) AS hour, sum(rows), max(computed_at)
FROM ml_traffic_windows
ARRAY JOIN arrayDistinct(['', toString(model), toString(version)]) AS name
GROUP BY tenant, environment, service, name, hour`;

const FEATURES = 10;
const CELL = `${list(MODELS.slice(0, 4))}[number % 4 + 1] AS model,
  'f' || toString(intDiv(number, 4) % ${FEATURES}) AS feature, ['', 'country=DE', 'country=FR'][intDiv(number, ${4 * FEATURES}) % 3 + 1] AS segment`;
const CELLS = 4 * FEATURES * 3;
const COUNTS = 'arrayMap(bin -> toUInt64(40 + bin), range(26))';

/** What the monitor decides: an hour, feature and segment a row; and the bins that windows of an hour are counted on. */
const monitorRows = (fromMs: number): readonly string[] => {
  const hour = `${at(fromMs)} + toIntervalHour(intDiv(number, ${CELLS}))`;
  const identity = "'default', 'prod'";
  return [
    `INSERT INTO ml_drift (tenant, environment, model, feature, segment, version, time, window_minutes, status, score, n, reference_n, detectable_effect, psi, js, page, features, features_drifted, top_feature)
SELECT ${identity}, ${CELL}, 'v1', ${hour}, 60, 'ok', number % 100 / 50, 900, 9000, 0.1, 0.05, 0.01, 0, 10, 0, 'f1' FROM numbers(${CELLS * HOURS})`,
    `INSERT INTO ml_drift (tenant, environment, model, version, time, window_minutes, status, score, page, features, features_drifted, top_feature)
SELECT ${identity}, ${list(MODELS.slice(0, 4))}[number % 4 + 1], 'v1', ${at(fromMs)} + toIntervalHour(intDiv(number, 4)), 60, 'ok', 0.2, intDiv(number, 4) % 97 = 0, 10, 1, 'f1' FROM numbers(${4 * HOURS})`,
    `INSERT INTO ml_quality (tenant, environment, model, feature, version, time, check, window_minutes, status, violations, n, rate)
SELECT * EXCEPT segment FROM (SELECT ${identity}, ${CELL}, 'v1', ${hour} AS time, 'missing', 60, 'ok', 3, 900, 0.003 FROM numbers(${CELLS * HOURS})) WHERE segment = ''`,
    `INSERT INTO ml_performance (tenant, environment, model, metric, segment, version, time, value, low, high, n, labelled_n, label_coverage, label_lag_s, status, settled_status)
SELECT ${identity}, ${CELL}, 'v1', ${hour}, 0.9, 0.8, 0.95, 900, 300, 0.3, 60, 'measured', 'measured' FROM numbers(${CELLS * HOURS})`,
    `INSERT INTO ml_bins (tenant, environment, model, feature, bins_version, kind, edges, created_at, row_version)
SELECT * EXCEPT segment FROM (SELECT ${identity}, ${CELL}, 1, 'number', arrayMap(edge -> toFloat64(edge), range(23)), ${at(fromMs)}, 1 FROM numbers(${CELLS})) WHERE segment = ''`,
    `INSERT INTO ml_baselines (tenant, environment, model, feature, segment, version, baseline, bins_version, n, counts, from_time, to_time, source, created_at, row_version)
SELECT ${identity}, ${CELL}, 'v1', 'b1', 1, 1365, ${COUNTS}, ${at(fromMs)}, ${at(fromMs)}, 'auto', ${at(fromMs)}, 1 FROM numbers(${CELLS})`,
    `INSERT INTO ml_feature_windows (tenant, environment, model, feature, segment, version, time, bins_version, window_minutes, n, counts)
SELECT ${identity}, ${CELL}, 'v1', ${at(fromMs)} + toIntervalMinute(5 * intDiv(number, ${CELLS})), 1, 5, 1365, ${COUNTS} FROM numbers(${CELLS * HOURS * 12})`,
    `INSERT INTO ml_model_events (tenant, environment, model, event_id, time, event, text)
SELECT ${identity}, 'fraud', toString(number), ${at(fromMs)} + toIntervalHour(number), ['deployed', 'silent_change'][number % 2 + 1], 'told' FROM numbers(${HOURS})`,
  ];
};

/**
 * Fills an empty store as a processor and its monitor would have left it behind after thirty days: inferences in several
 * parts a day up to `nowMs`, traffic windows, hourly verdicts. Nothing is optimised afterwards.
 */
export async function fillStore(
  client: ClickHouseClient,
  rows: number,
  nowMs: number,
): Promise<void> {
  const run = (query: string) =>
    client.command({ query, clickhouse_settings: { optimize_on_insert: 0 } });
  const from = nowMs - DAYS * DAY_MS;
  const span = DAY_MS / INSERTS_PER_DAY;
  const perInsert = Math.round(rows / DAYS / INSERTS_PER_DAY);
  for (let part = 0; part < DAYS * INSERTS_PER_DAY; part++) {
    const fromMs = from + part * span;
    await run(inferences(perInsert, fromMs, span));
    await run(trafficWindows(fromMs, fromMs + span));
  }
  const models = listModels('ml_traffic_windows', { fromMs: from, toMs: nowMs });
  for (const statement of [SPAN_HOURS, ...models, ...monitorRows(from)]) await run(statement);
}
