import { BUCKET, type Inference, type ModelType, TOKEN_BUCKETS } from '../../core/inference';
import { decimalOfNano } from '../../store/nanoDecimal';

/** What the metrics of one minute and combination of labels tell. */
export interface MinuteUsage {
  readonly tenant: string;
  readonly environment: string;
  readonly model: string;
  readonly version: string;
  /** Start of the minute, Unix milliseconds. */
  readonly minuteMs: number;
  readonly service: string;
  readonly team: string;
  readonly route: string;
  readonly provider: string;
  readonly serviceTier: string;
  readonly modelType: string;
  readonly rows: number;
  /** Calls with a duration; those of the service and model with any version or provider; and calls that failed. */
  readonly timed: number;
  readonly timedOfModel: number;
  readonly failed: number;
  /** Tokens by type as told, and how many calls told that type. */
  readonly tokens: Readonly<Record<string, number>>;
  readonly calls: Readonly<Record<string, number>>;
  /** null: not known. */
  readonly largestInput: number | null;
  /** The aggregate state in hexadecimal digits. */
  readonly latency: string;
  readonly fromMs: number;
  readonly lastMs: number;
  /** A UInt128. */
  readonly windowVersion: string;
}

/** Puts a price on a sum of calls; `enrich/` is the implementation. */
export interface SumPricer {
  priceSum(usage: Inference, calls: { calls: number; largestInput: number }): void;
}

/** Columns of the rows that `usageLine` writes, all but the latency as `ml_usage_windows` has them. */
export const USAGE_STRUCTURE = [
  'tenant String, environment String, model String, version String, at Int64',
  'service String, team String, route String, provider String, service_tier String',
  'currency String, model_type String, rows UInt64, requests Float64, errors Float64',
  'priced_requests Float64, unpriced_requests Float64',
  'tokens Map(String, Float64), priced_tokens Map(String, Float64), unpriced_tokens Map(String, Float64)',
  'costs Map(String, Decimal(38, 9)), cost Nullable(Decimal(38, 9)), cost_low Nullable(Decimal(38, 9)), cost_high Nullable(Decimal(38, 9))',
  'cost_status String, price_version String, price_rule String, latency_state String, from_at Int64, last_at Int64',
  'window_version UInt128',
].join(', ');

/**
 * Disjoint buckets: by OpenTelemetry's definition cached tokens are part of the input and reasoning is part of the output,
 * also where a metric tells them as types of their own. A part that exceeds its whole stands beside it.
 */
function fillTokens(usage: Inference, told: Readonly<Record<string, number>>): void {
  const { tokens } = usage;
  const of = (type: string): number => Math.round(told[type] ?? NaN);
  const without = (whole: number, part: number): number =>
    part > 0 && whole >= part ? whole - part : whole;
  tokens[BUCKET.cacheRead] = of('cache_read');
  tokens[BUCKET.cacheWrite5m] = of('cache_write');
  tokens[BUCKET.reasoning] = of('reasoning');
  const cached = (of('cache_read') || 0) + (of('cache_write') || 0);
  tokens[BUCKET.input] = without(of('input'), cached);
  tokens[BUCKET.output] = without(of('output'), of('reasoning'));
}

const decimal = (nano: number): string | null => (Number.isNaN(nano) ? null : decimalOfNano(nano));

/** Prices the usage of a minute; one line of JSONCompactEachRow in the columns of `USAGE_STRUCTURE`. */
export function usageLine(row: MinuteUsage, pricer: SumPricer, usage: Inference): string {
  usage.reset();
  usage.tenant = row.tenant;
  usage.model = row.model;
  usage.version = row.version;
  usage.provider = row.provider;
  usage.serviceTier = row.serviceTier;
  usage.modelType = row.modelType as ModelType;
  usage.time = row.minuteMs;
  fillTokens(usage, row.tokens);
  const requests = row.timedOfModel > 0 ? row.timed : Math.max(0, ...Object.values(row.calls));
  pricer.priceSum(usage, { calls: requests, largestInput: row.largestInput ?? Infinity });

  const told = TOKEN_BUCKETS.flatMap((bucket, index) => {
    const count = usage.tokens[index]!;
    const cost = usage.costs[index]!;
    const isPriced = usage.costStatus === 'priced' || !Number.isNaN(cost);
    return Number.isNaN(count) ? [] : [{ bucket, count, isPriced }];
  });
  const mapOf = (buckets: typeof told): Record<string, number> =>
    Object.fromEntries(buckets.map(({ bucket, count }) => [bucket, count]));
  const costs = TOKEN_BUCKETS.flatMap((bucket, index) => {
    const cost = decimal(usage.costs[index]!);
    return cost === null ? [] : [[bucket, cost] as const];
  });
  const isPriced = usage.costStatus === 'priced';
  return JSON.stringify([
    row.tenant,
    row.environment,
    row.model,
    row.version,
    row.minuteMs,
    row.service,
    row.team,
    row.route,
    row.provider,
    row.serviceTier,
    usage.currency,
    row.modelType,
    row.rows,
    requests,
    row.failed,
    isPriced ? requests : 0,
    isPriced ? 0 : requests,
    mapOf(told),
    mapOf(told.filter((one) => one.isPriced)),
    mapOf(told.filter((one) => !one.isPriced)),
    Object.fromEntries(costs),
    decimal(usage.cost),
    decimal(usage.costLow),
    decimal(usage.costHigh),
    usage.costStatus,
    usage.priceVersion,
    usage.priceRule,
    row.latency,
    row.fromMs,
    row.lastMs,
    row.windowVersion,
  ]);
}
