import type { ClickHouseClient } from '@clickhouse/client';
import { OTEL_TRACES_COLUMNS } from '@plumbline/schemas';

interface Described {
  readonly name: string;
  readonly type: string;
}

/** Attribute columns of the exporter's variant with `json: true`. */
const isJson = ({ type }: Described): boolean => /\bJSON\b/.test(type);

/**
 * Why `otel_traces`, which another program may have made, cannot be written to; undefined when it can. More columns than
 * the exporter's are fine: whoever added them gave them defaults, or stock exporters could not write either.
 */
export async function checkTraceTable(client: ClickHouseClient): Promise<string | undefined> {
  const answer = await client.query({
    query: 'DESCRIBE TABLE otel_traces',
    format: 'JSONEachRow',
  });
  const columns = await answer.json<Described>();
  if (columns.some(isJson)) {
    return 'otel_traces has JSON attributes (made by an exporter with `json: true`), which Plumbline does not write; let it use a database of its own (`storage.database`), or rename that table and set the exporter to maps';
  }
  const present = new Set(columns.map(({ name }) => name));
  const missing = OTEL_TRACES_COLUMNS.map(([name]) => name).filter((name) => !present.has(name));
  return missing.length === 0
    ? undefined
    : `otel_traces lacks the columns ${missing.join(', ')}; let Plumbline use a database of its own (\`storage.database\`), or rename that table`;
}
