import type { ClickHouseClient } from '@clickhouse/client';
import { DEMO_ENVIRONMENT } from './environment';

/** Seconds of the newest traffic that the table shows. */
export const WINDOW_SECONDS = 60;

/** One line of the table: a model as one convention told it. Unknown numbers are null. */
export interface ModelReading {
  readonly model: string;
  readonly version: string;
  readonly convention: string;
  readonly calls: number;
  readonly errors: number;
  readonly p95Ms: number | null;
  readonly tokens: number | null;
  readonly cost: number | null;
  readonly currency: string;
  /** Calls whose cost is known, of those that have one. */
  readonly pricedCalls: number;
  readonly costCalls: number;
}

export interface Reading {
  readonly models: readonly ModelReading[];
  /** Spans in the store, of all services and times. */
  readonly spans: number;
}

/** A failed call that tells no usage has no cost to know: it is not in the coverage. */
const RECENT = `
SELECT model, version, convention,
  toFloat64(count()) AS calls,
  toFloat64(countIf(status = 'error')) AS errors,
  quantileOrNull(0.95)(latency_ms) AS p95Ms,
  toFloat64(sumOrNull(coalesce(input_tokens + output_tokens, input_tokens, output_tokens))) AS tokens,
  toFloat64(sumOrNull(cost)) AS cost,
  max(currency) AS currency,
  toFloat64(countIf(cost_status IN ('priced', 'provider_reported'))) AS pricedCalls,
  toFloat64(countIf(cost_status IN ('unpriced', 'partial') AND isNotNull(coalesce(input_tokens, output_tokens)))) + pricedCalls AS costCalls
FROM v_inferences
WHERE environment = '${DEMO_ENVIRONMENT}' AND time > now64(3) - INTERVAL ${WINDOW_SECONDS} SECOND
GROUP BY model, version, convention
ORDER BY calls DESC, model, version, convention`;

const SPANS = 'SELECT toFloat64(count()) AS spans FROM otel_traces';

const rowsOf = async <Row>(client: ClickHouseClient, query: string): Promise<Row[]> => {
  const result = await client.query({ query, format: 'JSONEachRow' });
  return result.json<Row>();
};

/** Reads what the table shows; both queries touch only the newest parts or the tables' own counts. */
export async function readNow(client: ClickHouseClient): Promise<Reading> {
  const [models, counted] = await Promise.all([
    rowsOf<ModelReading>(client, RECENT),
    rowsOf<{ spans: number }>(client, SPANS),
  ]);
  return { models, spans: counted[0]?.spans ?? 0 };
}
