import type { ClickHouseClient } from '@clickhouse/client';
import type { Column } from '@plumbline/schemas';

/** What a table that another program may have made must have, and what it may lack. */
export interface ExpectedTable {
  readonly table: string;
  readonly columns: readonly Column[];
  /** Columns that came to the exporter's tables later: a table without them is an older one, and written without them. */
  readonly optional: readonly string[];
}

/** What a table turned out to be. */
export type TableShape =
  | {
      readonly ok: true;
      /** The expected columns that it has, in their order: those that are written. */
      readonly columns: readonly string[];
      /** Types by column, as the table has them; the engine converts what is inserted. */
      readonly types: ReadonlyMap<string, string>;
    }
  | { readonly ok: false; readonly reason: string };

const ELSEWHERE = 'let Plumbline use a database of its own (`storage.database`)';

/** Whether texts, numbers or times of a column can be converted: everything but maps into something else. */
const fits = (wanted: string, type: string): boolean =>
  /^(?:Array\()?Map\(/.test(wanted) ? /^(?:Array\()?Map\(/.test(type) : !/\bTuple\(/.test(type);

/**
 * Whether rows with these columns can be written to a table with those, and which columns. More columns are fine:
 * whoever added them gave them defaults, or stock exporters could not write either. Other types are fine where the
 * engine converts (`Map(String, String)` of older exporters, coarser times, signed numbers).
 */
export function shapeOf(
  { table, columns, optional }: ExpectedTable,
  found: readonly Column[],
): TableShape {
  const types = new Map(found);
  if (types.size === 0) return { ok: false, reason: `there is no table ${table}` };
  if (found.some(([, type]) => /\bJSON\b/.test(type))) {
    return {
      ok: false,
      reason: `${table} has JSON attributes (made by an exporter with \`json: true\`), which Plumbline does not write; ${ELSEWHERE}, or rename that table and set the exporter to maps`,
    };
  }
  const missing = columns.filter(([name]) => !types.has(name) && !optional.includes(name));
  const unfit = columns.filter(([name, type]) => types.has(name) && !fits(type, types.get(name)!));
  if (missing.length > 0 || unfit.length > 0) {
    const problems = [
      ...(missing.length > 0
        ? [`lacks the columns ${missing.map(([name]) => name).join(', ')}`]
        : []),
      ...unfit.map(([name, type]) => `has ${name} as ${types.get(name)!}, not ${type}`),
    ];
    return {
      ok: false,
      reason: `${table} ${problems.join(' and ')}; ${ELSEWHERE}, or rename that table`,
    };
  }
  return {
    ok: true,
    columns: columns.map(([name]) => name).filter((name) => types.has(name)),
    types,
  };
}

/** The columns of a table of the current database, in its order; none when there is no such table. */
export async function readColumns(
  client: Pick<ClickHouseClient, 'query'>,
  table: string,
): Promise<Column[]> {
  const answer = await client.query({
    query:
      "SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = {table: String} AND default_kind NOT IN ('ALIAS', 'MATERIALIZED') ORDER BY position",
    query_params: { table },
    format: 'JSONEachRow',
  });
  const columns = await answer.json<{ name: string; type: string }>();
  return columns.map(({ name, type }) => [name, type]);
}
