import type { ClickHouseClient } from '@clickhouse/client';
import {
  type Column,
  OTEL_LOGS_COLUMNS,
  OTEL_METRICS_COLUMNS,
  OTEL_TRACES_COLUMNS,
} from '@plumbline/schemas';

interface Described {
  readonly table: string;
  readonly name: string;
  readonly type: string;
}

/** Tables that another program may have made, and what we write into them. */
const SHARED_TABLES: Readonly<Record<string, readonly Column[]>> = {
  otel_traces: OTEL_TRACES_COLUMNS,
  otel_logs: OTEL_LOGS_COLUMNS,
  ...OTEL_METRICS_COLUMNS,
};

/** What tables of older exporters may lack: the engine drops it from an insert, as those exporters did. */
const OPTIONAL = new Set(['otel_logs.EventName']);

/** Attribute columns of the exporter's variant with `json: true`. */
const isJson = ({ type }: Described): boolean => /\bJSON\b/.test(type);

/**
 * Why one of the `otel_` tables cannot be written to; undefined when all can. More columns than the exporter's are fine:
 * whoever added them gave them defaults, or stock exporters could not write either.
 */
export async function checkTables(client: ClickHouseClient): Promise<string | undefined> {
  const answer = await client.query({
    query:
      'SELECT table, name, type FROM system.columns WHERE database = currentDatabase() AND table IN {tables: Array(String)}',
    query_params: { tables: Object.keys(SHARED_TABLES) },
    format: 'JSONEachRow',
  });
  const columns = await answer.json<Described>();
  for (const [table, wanted] of Object.entries(SHARED_TABLES)) {
    const present = columns.filter((column) => column.table === table);
    if (present.length === 0) continue;
    const problem = problemOf(table, wanted, present);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function problemOf(
  table: string,
  wanted: readonly Column[],
  present: readonly Described[],
): string | undefined {
  if (present.some(isJson)) {
    return `${table} has JSON attributes (made by an exporter with \`json: true\`), which Plumbline does not write; let it use a database of its own (\`storage.database\`), or rename that table and set the exporter to maps`;
  }
  const names = new Set(present.map(({ name }) => name));
  const missing = wanted
    .map(([name]) => name)
    .filter((name) => !names.has(name) && !OPTIONAL.has(`${table}.${name}`));
  return missing.length === 0
    ? undefined
    : `${table} lacks the columns ${missing.join(', ')}; let Plumbline use a database of its own (\`storage.database\`), or rename that table`;
}
