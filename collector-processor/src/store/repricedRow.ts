import { type Inference, type ModelType, TOKEN_BUCKETS } from '../core/inference';
import type { InferenceKey } from './inferenceKey';
import { decimalOfNano, nanoOfDecimal } from './nanoDecimal';

/** What pricing reads and writes of a stored row, as JSONEachRow gives it with decimals and 64-bit numbers quoted. */
export interface StoredCall extends InferenceKey {
  readonly row_version: string;
  readonly time_ms: string;
  readonly model_type: string;
  readonly provider: string;
  readonly tokens: Readonly<Record<string, string>>;
  readonly input_tokens_high: string | null;
  readonly service_tier: string;
  readonly reported_cost: number | null;
  readonly reported_currency: string;
  readonly reported_source: string;
  readonly rollup: number;
  readonly cost: string | null;
  readonly cost_low: string | null;
  readonly cost_high: string | null;
  readonly costs: Readonly<Record<string, string>>;
  readonly currency: string;
  readonly cost_status: string;
  readonly price_version: string;
  readonly price_rule: string;
}

/** The columns of `StoredCall`. */
export const STORED_CALL = `
  tenant, environment, model, version, toUnixTimestamp(toStartOfHour(time)) AS hour, inference_id,
  row_version, toUnixTimestamp64Milli(time) AS time_ms, model_type, provider, tokens, input_tokens_high, service_tier,
  reported_cost, reported_currency, reported_source, rollup,
  cost, cost_low, cost_high, costs, currency, cost_status, price_version, price_rule`;

/** The new prices of a stored row, with its key and the version that they replace. */
export const REPRICED_STRUCTURE = [
  'tenant String, environment String, model String, version String, hour UInt32, inference_id String',
  'row_version UInt64',
  'cost Nullable(Decimal(18, 9)), cost_low Nullable(Decimal(18, 9)), cost_high Nullable(Decimal(18, 9))',
  'costs Map(String, Decimal(18, 9))',
  'currency String, cost_status String, price_version String, price_rule String',
].join(', ');

/** Makes the inference what pricing sees of a stored row. */
export function fillInference(inference: Inference, row: StoredCall): void {
  inference.reset();
  inference.tenant = row.tenant;
  inference.environment = row.environment;
  inference.model = row.model;
  inference.version = row.version;
  inference.time = Number(row.time_ms);
  inference.modelType = row.model_type as ModelType;
  inference.provider = row.provider;
  TOKEN_BUCKETS.forEach((bucket, index) => {
    const count = row.tokens[bucket];
    if (count !== undefined) inference.tokens[index] = Number(count);
  });
  if (row.input_tokens_high !== null) inference.inputTokensHigh = Number(row.input_tokens_high);
  inference.serviceTier = row.service_tier;
  if (row.reported_cost !== null) inference.reportedCost = row.reported_cost;
  inference.reportedCurrency = row.reported_currency;
  inference.reportedSource = row.reported_source;
  inference.rollup = row.rollup;
}

const nanoOf = (decimal: string | null): number =>
  decimal === null ? NaN : nanoOfDecimal(decimal);

/** Billionths of what the row cost before; NaN where unknown. */
export const storedCost = (row: StoredCall): number => nanoOf(row.cost);

/** Whether the row already says what pricing says now. */
export function isSamePrice(inference: Inference, row: StoredCall): boolean {
  return (
    inference.costStatus === row.cost_status &&
    inference.currency === row.currency &&
    inference.priceVersion === row.price_version &&
    inference.priceRule === row.price_rule &&
    Object.is(inference.cost, nanoOf(row.cost)) &&
    Object.is(inference.costLow, nanoOf(row.cost_low)) &&
    Object.is(inference.costHigh, nanoOf(row.cost_high)) &&
    TOKEN_BUCKETS.every((bucket, index) =>
      Object.is(inference.costs[index], nanoOf(row.costs[bucket] ?? null)),
    )
  );
}

const decimalOf = (nano: number): string | null =>
  Number.isNaN(nano) ? null : decimalOfNano(nano);

/** The new prices as one line of JSONCompactEachRow in the columns of `REPRICED_STRUCTURE`. */
export function repricedLine(inference: Inference, row: StoredCall): string {
  const costs = TOKEN_BUCKETS.flatMap((bucket, index) => {
    const cost = decimalOf(inference.costs[index]!);
    return cost === null ? [] : [[bucket, cost] as const];
  });
  return JSON.stringify([
    row.tenant,
    row.environment,
    row.model,
    row.version,
    row.hour,
    row.inference_id,
    row.row_version,
    decimalOf(inference.cost),
    decimalOf(inference.costLow),
    decimalOf(inference.costHigh),
    Object.fromEntries(costs),
    inference.currency,
    inference.costStatus,
    inference.priceVersion,
    inference.priceRule,
  ]);
}
