import type { Statements } from './statements';
import { timeText } from './timeText';

/** Tables whose rows make something to do, and the column that says when a row was written, as SQL of a DateTime64. */
const WRITTEN = {
  ml_inferences: 'written_at',
  ml_metric_usage: 'written_at',
  ml_labels: 'written_at',
  ml_evaluations: 'written_at',
  ml_baselines: 'fromUnixTimestamp64Milli(toInt64(row_version))',
} as const;

export type Source = keyof typeof WRITTEN;
const SOURCES = Object.keys(WRITTEN) as Source[];

/** What is in the store, as far as it tells whether there is anything to do. Times are Unix milliseconds by the engine's clock. */
export interface Look {
  /** When the newest row of a table was written that anything was ever seen of; 0 while it is empty. */
  writtenMs(source: Source): number;
  /** Start of the newest stored window of a table; undefined while it is empty. */
  newestMs(table: string): number | undefined;
}

/**
 * Looks into all tables at once: most steps of a run then know without a statement of their own that they have nothing to
 * do. Only rows that are newer than what was seen before are looked for, which an index tells.
 */
export class LookAround {
  private readonly statements: Statements;
  private readonly tables: readonly string[];
  private readonly written = new Map<Source, number>();

  /** @param tables of windows */
  constructor(statements: Statements, tables: readonly string[]) {
    this.statements = statements;
    this.tables = tables;
  }

  async look(): Promise<Look> {
    const queries = [
      ...SOURCES.map((source) => {
        const column = WRITTEN[source];
        const since = timeText(this.written.get(source) ?? 0);
        return `SELECT '${source}' AS name, toUnixTimestamp64Milli(max(${column})) AS atMs, count() AS seen FROM ${source} WHERE ${column} > ${since}`;
      }),
      ...this.tables.map(
        (table) =>
          `SELECT '${table}' AS name, toUnixTimestamp64Milli(max(time)) AS atMs, count() AS seen FROM ${table}`,
      ),
    ];
    const rows = await this.statements.read<{ name: string; atMs: number; seen: number }>(
      queries.join('\nUNION ALL\n'),
    );
    const seen = new Map(rows.filter((row) => row.seen > 0).map(({ name, atMs }) => [name, atMs]));
    for (const source of SOURCES) {
      const atMs = seen.get(source);
      if (atMs !== undefined) this.written.set(source, atMs);
    }
    const written = new Map(this.written);
    return {
      writtenMs: (source) => written.get(source) ?? 0,
      newestMs: (table) => seen.get(table),
    };
  }
}
