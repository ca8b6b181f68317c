import type { ReadContext } from './route';

/** Times as `2026-01-31T12:00:00.000Z`, numbers as numbers, unknown ones as null. */
const SETTINGS = {
  date_time_output_format: 'iso',
  output_format_json_quote_64bit_integers: 0,
  date_time_input_format: 'best_effort',
} as const;

/** Rows of a query for an answer; `{tenant: String}` is the caller's. */
export async function readRows<Row>(
  { store, caller, signal }: ReadContext,
  query: string,
  params: Readonly<Record<string, unknown>> = {},
): Promise<Row[]> {
  const result = await store.query({
    query,
    query_params: { ...params, tenant: caller.tenant },
    format: 'JSONEachRow',
    clickhouse_settings: SETTINGS,
    abort_signal: signal,
  });
  return result.json<Row>();
}
