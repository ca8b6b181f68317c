import type { ReadContext } from './route';

/** Times as `2026-01-31T12:00:00.000Z`, numbers as numbers, unknown ones as null. */
const SETTINGS = {
  date_time_output_format: 'iso',
  output_format_json_quote_64bit_integers: 0,
  date_time_input_format: 'best_effort',
} as const;

/** Who reads, and until when; a write that reads has no signal. */
export type Reading = Pick<ReadContext, 'store' | 'caller'> & Partial<Pick<ReadContext, 'signal'>>;

/** Rows of a query for an answer; `{tenant: String}` is the caller's. */
export async function readRows<Row>(
  { store, caller, signal }: Reading,
  query: string,
  params: Readonly<Record<string, unknown>> = {},
): Promise<Row[]> {
  const result = await store.query({
    query,
    query_params: { ...params, tenant: caller.tenant },
    format: 'JSONEachRow',
    clickhouse_settings: SETTINGS,
    ...(signal !== undefined && { abort_signal: signal }),
  });
  return result.json<Row>();
}
