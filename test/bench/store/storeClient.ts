import { createClient } from '@clickhouse/client';

/** What a bench asks of the store that it filled. */
export interface StoreClient {
  /** The first number of the first row. */
  number(query: string, parameters?: Record<string, unknown>): Promise<number>;
  /** The values of the only column. */
  column(query: string, parameters?: Record<string, unknown>): Promise<string[]>;
  /** Empties the tables that a run filled, so that every run finds the same store. */
  empty(): Promise<void>;
  /** Empties all `ml_*` tables that inferences and records are written to. */
  emptyOurs(): Promise<void>;
  /** Makes the same tables in an empty store, statement by statement as this one tells them. */
  copyTablesTo(other: string): Promise<void>;
  close(): Promise<void>;
}

const FILLED = ['otel_traces', 'otel_traces_trace_id_ts', 'ml_inferences'];
const OURS = [
  'ml_inferences',
  'ml_labels',
  'ml_feedback',
  'ml_explanations',
  'ml_evaluations',
  'ml_flags',
];
const ID_VIEW = 'otel_traces_trace_id_ts_mv';

export function createStoreClient(url: string): StoreClient {
  const client = createClient({ url });
  const rows = async (query: string, parameters: Record<string, unknown>): Promise<unknown[][]> => {
    const result = await client.query({
      query,
      format: 'JSONCompactEachRow',
      query_params: parameters,
    });
    return result.json<unknown[]>();
  };
  return {
    number: async (query, parameters = {}) => Number((await rows(query, parameters))[0]?.[0]),
    column: async (query, parameters = {}) =>
      (await rows(query, parameters)).map((row) => String(row[0])),
    empty: async () => {
      for (const table of FILLED) await client.command({ query: `TRUNCATE TABLE ${table}` });
    },
    emptyOurs: async () => {
      for (const table of OURS) await client.command({ query: `TRUNCATE TABLE ${table}` });
    },
    copyTablesTo: async (other) => {
      const target = createClient({ url: other });
      for (const table of [...FILLED, ID_VIEW]) {
        const [row] = await rows(`SHOW CREATE TABLE ${table}`, {});
        await target.command({ query: String(row![0]) });
      }
      await target.close();
    },
    close: () => client.close(),
  };
}
