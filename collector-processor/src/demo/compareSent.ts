import { setTimeout as delay } from 'node:timers/promises';
import type { ClickHouseClient } from '@clickhouse/client';
import type { LedgerCounts } from './ledger';
import { ledgerKey, totalOf } from './ledger';

/** What was sent of one kind, beside what the store has. */
export interface Comparison {
  readonly what: 'spans' | 'model calls';
  /** Service, or service and model. */
  readonly of: string;
  readonly sent: number;
  readonly found: number;
}

const GRACE_MS = 15_000;
const ASK_EVERY_MS = 500;

/** A span may be delivered, and then stored, twice: OTLP is at-least-once. It is found once. */
const SPANS = `
SELECT ServiceName AS service, toFloat64(uniqExact(TraceId, SpanId)) AS found
FROM otel_traces
WHERE ResourceAttributes['service.instance.id'] = {run: String}
GROUP BY service`;

/** Counted as they stand: a model call that is counted twice is a difference. */
const CALLS = `
SELECT service, model, toFloat64(count()) AS found
FROM v_inferences
WHERE (trace_id, span_id) IN (
  SELECT TraceId, SpanId FROM otel_traces WHERE ResourceAttributes['service.instance.id'] = {run: String}
)
GROUP BY service, model`;

/** Everything sent was found, once, and it was not nothing. */
export const isWhole = (comparisons: readonly Comparison[]): boolean =>
  comparisons.length > 0 && comparisons.every(({ sent, found }) => sent === found);

/** Lines up both sides; what only the store has is a difference too. */
export function lineUp(
  what: Comparison['what'],
  sent: Readonly<Record<string, number>>,
  found: Readonly<Record<string, number>>,
): Comparison[] {
  const names = [...new Set([...Object.keys(sent), ...Object.keys(found)])].sort();
  return names.map((of) => ({ what, of, sent: sent[of] ?? 0, found: found[of] ?? 0 }));
}

async function ask(client: ClickHouseClient, sent: LedgerCounts, run: string) {
  const query = async <Row>(text: string): Promise<Row[]> => {
    const result = await client.query({
      query: text,
      query_params: { run },
      format: 'JSONEachRow',
    });
    return result.json<Row>();
  };
  const spans = await query<{ service: string; found: number }>(SPANS);
  const calls = await query<{ service: string; model: string; found: number }>(CALLS);
  return [
    ...lineUp(
      'spans',
      sent.spans,
      Object.fromEntries(spans.map((row) => [row.service, row.found])),
    ),
    ...lineUp(
      'model calls',
      sent.inferences,
      Object.fromEntries(calls.map((row) => [ledgerKey(row.service, row.model), row.found])),
    ),
  ];
}

/** Compares until both sides agree or the grace time is over. Empty when nothing was sent. */
export async function compareSent(
  client: ClickHouseClient,
  sent: LedgerCounts,
  run: string,
): Promise<Comparison[]> {
  if (totalOf(sent.spans) === 0) return [];
  const deadline = Date.now() + GRACE_MS;
  for (;;) {
    const comparisons = await ask(client, sent, run);
    if (isWhole(comparisons) || Date.now() > deadline) return comparisons;
    await delay(ASK_EVERY_MS);
  }
}
