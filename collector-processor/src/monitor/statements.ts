import {
  type ClickHouseClient,
  ClickHouseError,
  type ClickHouseSettings,
} from '@clickhouse/client';

export interface StatementSettings {
  /** Longest time for one statement, milliseconds. */
  readonly statementTimeoutMs: number;
}

/** How much of the engine a statement may take. `heavy` ones read many values, and everything waits for them. */
export type Weight = 'light' | 'heavy';

/** What a job does to the store: each statement with a time limit, on one thread beside the inserts unless it is heavy. */
export interface Statements {
  read<Row>(query: string, weight?: Weight): Promise<Row[]>;
  run(query: string, weight?: Weight): Promise<void>;
  /** Adds rows, an object each. */
  insert(table: string, rows: readonly object[]): Promise<void>;
}

export interface StopSignals {
  /** No further statement is begun. */
  readonly stopping: AbortSignal;
  /** The one under way is not waited for any more. */
  readonly abandoning: AbortSignal;
}

/** Blocks of rows with a hundred values each are a hundred times as long when their arrays are taken apart. */
const HEAVY: ClickHouseSettings = { max_threads: 2, max_block_size: '8192' };

/** After `stopping` every statement rejects, so that a run under way ends. */
export function createStatements(
  client: ClickHouseClient,
  { statementTimeoutMs }: StatementSettings,
  { stopping, abandoning }: StopSignals,
): Statements {
  const light: ClickHouseSettings = {
    max_execution_time: Math.max(1, Math.ceil(statementTimeoutMs / 1000)),
    max_threads: 1,
    // Keys of replaced rows have their time, and partitions are days of it: rows of two days are never the same one.
    do_not_merge_across_partitions_select_final: 1,
    // The rows of one insert are merged with nothing: readers and later merges see to duplicates.
    optimize_on_insert: 0,
    // A trace or a backfill may touch many days.
    max_partitions_per_insert_block: '1000',
    output_format_json_quote_64bit_integers: 0,
    // Ids and rows travel in the text of a statement; the default limit is 256 KiB.
    max_query_size: '2097152',
  };
  const settings = { light, heavy: { ...light, ...HEAVY } };
  return {
    async read<Row>(query: string, weight: Weight = 'light') {
      stopping.throwIfAborted();
      const answer = await client.query({
        query,
        format: 'JSONEachRow',
        clickhouse_settings: settings[weight],
        abort_signal: abandoning,
      });
      return answer.json<Row>();
    },
    async run(query, weight = 'light') {
      stopping.throwIfAborted();
      const clickhouse_settings = settings[weight];
      await client.command({ query, clickhouse_settings, abort_signal: abandoning });
    },
    async insert(table, rows) {
      stopping.throwIfAborted();
      const [first] = rows;
      if (first === undefined) return;
      const columns = Object.keys(first) as [string, ...string[]];
      await client.insert({
        table,
        columns,
        // The names of the columns would be most of what is sent.
        values: rows.map((row) => columns.map((name) => (row as Record<string, unknown>)[name])),
        format: 'JSONCompactEachRow',
        clickhouse_settings: light,
        abort_signal: abandoning,
      });
    },
  };
}

/** The engine's clock, Unix milliseconds: it is the one that sets `written_at`. */
export async function engineNow(statements: Statements): Promise<number> {
  const [row] = await statements.read<{ now: number }>(
    'SELECT toUnixTimestamp64Milli(now64(3)) AS now',
  );
  return row!.now;
}

/** TIMEOUT_EXCEEDED, TOO_SLOW, MEMORY_LIMIT_EXCEEDED. */
const TOO_MUCH = new Set(['159', '160', '241']);

/** Whether a statement failed at a limit, so that half as much may work. */
export const isTooMuch = (error: unknown): boolean =>
  error instanceof ClickHouseError && TOO_MUCH.has(error.code);
