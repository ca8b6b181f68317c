import { Inference } from '../../core/inference';
import { insertLines } from '../insertLines';
import { listModels } from '../listModels';
import { quoteText } from '../quoteText';
import type { TimeRange } from '../timeText';
import type { WindowKind } from '../windowKind';
import { changedPoints, usageDeltas } from './usageDeltas';
import { type MinuteUsage, type SumPricer, USAGE_STRUCTURE, usageLine } from './usageRow';

const LABELS =
  'tenant, environment, model, version, minute, service, team, route, provider, service_tier';
const MODEL = 'tenant, environment, model, version, minute';
/** All of a computation's results are in memory at once. */
const MAX_POINTS = 100_000;

const DURATION = "quantity = 'duration'";
const USED = '(added_count > 0 OR added_sum > 0)';
const TOKENS = `quantity = 'tokens' AND bucket != '' AND ${USED}`;
const LAST_BUCKET = 'arrayLastIndex(n -> n > 0, added_buckets)';
const BOUND = (index: string): string => `bounds[${index}]`;
/** Four places in each bucket stand for its calls: quantiles of a histogram are estimates. Above the last bound is that. */
const PLACES =
  'arrayFlatten(arrayMap(i -> arrayMap(part -> if(i > length(bounds), bounds[-1], if(i = 1, 0, bounds[i - 1]) + (bounds[i] - if(i = 1, 0, bounds[i - 1])) * part), [0.125, 0.375, 0.625, 0.875]), arrayEnumerate(added_buckets)))';
const WEIGHTS =
  'arrayFlatten(arrayMap(n -> arrayWithConstant(4, toUInt64(n) * 25), added_buckets))';
const OF_DURATION = (list: string, type: string): string =>
  `if(${DURATION} AND notEmpty(bounds), ${list}, CAST([], 'Array(${type})'))`;

/** What the metrics of a range tell by minute and labels. */
const minutes = (range: TimeRange, windows: string | undefined): string => `
SELECT ${LABELS.replace('minute, ', '').replace('service_tier', 'service_tier AS serviceTier')},
  toUnixTimestamp64Milli(toDateTime64(minute, 3)) AS minuteMs,
  max(toString(model_type)) AS modelType,
  count() AS rows,
  sumIf(added_count, ${DURATION}) AS timed,
  sum(sumIf(added_count, ${DURATION})) OVER (PARTITION BY tenant, environment, service, model, minute) AS timedOfModel,
  sumIf(added_count, ${DURATION} AND error_type != '') AS failed,
  sumMapIf(map(toString(bucket), added_sum), ${TOKENS}) AS tokens,
  sumMapIf(map(toString(bucket), added_count), ${TOKENS}) AS calls,
  maxIf(if(empty(added_buckets) OR ${LAST_BUCKET} > length(bounds), inf, if(${LAST_BUCKET} = 0, 0, ${BOUND(LAST_BUCKET)})), ${TOKENS} AND bucket = 'input') AS largestInput,
  hex(quantilesTDigestWeightedArrayState(0.5, 0.95, 0.99)(${OF_DURATION(PLACES, 'Float64')}, ${OF_DURATION(WEIGHTS, 'UInt64')})) AS latency,
  minIf(from_at, ${USED}) AS fromMs,
  max(at) AS lastMs,
  toString(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(max(max(newest)) OVER (PARTITION BY ${MODEL}))), 64)
    + sum(count()) OVER (PARTITION BY ${MODEL})) AS windowVersion
FROM (SELECT *, toStartOfMinute(fromUnixTimestamp64Milli(at)) AS minute FROM (${usageDeltas(range)}))
WHERE quantity IN ('tokens', 'duration') AND rollup = 0${windows === undefined ? '' : ` AND (${MODEL}) IN (${windows})`}
GROUP BY ${LABELS}`;

const insert = (lines: readonly string[]): string => `INSERT INTO ml_usage_windows
SELECT tenant, environment, model, version, fromUnixTimestamp64Milli(at), service, team, route, provider, service_tier,
  currency, model_type, rows, requests, errors, priced_requests, unpriced_requests, tokens, priced_tokens, unpriced_tokens,
  costs, cost, cost_low, cost_high, cost_status, price_version, price_rule,
  CAST(unhex(latency_state), 'AggregateFunction(quantilesTDigestWeighted(0.5, 0.95, 0.99), Float64, UInt64)'),
  fromUnixTimestamp64Milli(from_at), fromUnixTimestamp64Milli(from_at), fromUnixTimestamp64Milli(last_at),
  window_version, now64(3)
FROM format(JSONCompactEachRow, ${quoteText(USAGE_STRUCTURE)}, ${quoteText(lines.join('\n'))})`;

/**
 * Usage and cost by minute and labels as metrics tell them. Prices are those of the pricer, so it is the one kind of windows
 * that passes through this process; a price is a function of the stored points, so doing it again changes nothing.
 */
export const createUsageWindows = (pricer: SumPricer): WindowKind => ({
  name: 'usage',
  table: 'ml_usage_windows',
  source: 'ml_metric_usage',
  sources: ['ml_metric_usage'],
  needs: ['ml_metric_usage'],
  widthMs: 60_000,
  maxRows: MAX_POINTS,
  changed: changedPoints,
  async compute(statements, range, windows) {
    const usage = new Inference();
    const rows = await statements.read<MinuteUsage>(minutes(range, windows));
    await insertLines(
      statements,
      rows.map((row) => usageLine(row, pricer, usage)),
      insert,
    );
    for (const query of listModels('ml_usage_windows', range)) await statements.run(query);
  },
});
