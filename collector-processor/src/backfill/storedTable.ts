/** Type of each column by name; a column of a Nested is `Events.Name`. */
export type ColumnTypes = ReadonlyMap<string, string>;

/** The columns that are read, in order, and how RowBinary must have each: `storedRow.ts` reads them so. */
const READ = [
  ['Timestamp', 'DateTime64(9)', "toDateTime64(0, 9, 'UTC')"],
  ['Duration', 'UInt64', '0'],
  ['TraceId', 'String', "''"],
  ['SpanId', 'String', "''"],
  ['ParentSpanId', 'String', "''"],
  ['TraceState', 'String', "''"],
  ['SpanKind', 'String', "''"],
  ['StatusCode', 'String', "''"],
  // From here to ResourceAttributes: what spans of one scope share, in one run of bytes.
  ['ServiceName', 'String', "''"],
  ['ScopeName', 'String', "''"],
  ['ScopeVersion', 'String', "''"],
  ['ResourceAttributes', 'Map(String, String)', 'map()'],
  ['SpanAttributes', 'Map(String, String)', 'map()'],
  ['Events.Timestamp', 'Array(DateTime64(9))', '[]'],
  ['Events.Name', 'Array(String)', '[]'],
  ['Events.Attributes', 'Array(Map(String, String))', '[]'],
] as const;

/** Without these there is nothing to make an inference of. */
const REQUIRED = ['Timestamp', 'TraceId', 'SpanId', 'SpanAttributes'];

/** The type as RowBinary writes it: whether a text is in a dictionary makes no difference there. */
const plain = (type: string): string => type.replaceAll(/LowCardinality\((\w+)\)/g, '$1');

/** Either what to select, or why nothing can be read from the table. */
export type SpanSelection =
  { readonly ok: true; readonly columns: string } | { readonly ok: false; readonly reason: string };

/**
 * What to select so that the rows look the same whatever exporter made the table: maps of any text types, coarser
 * times, signed durations, events as one array of tuples, columns that came later.
 */
export function selectionOf(table: string, types: ColumnTypes): SpanSelection {
  if (types.size === 0) return { ok: false, reason: `there is no table ${table}` };
  if ([...types.values()].some((type) => /\bJSON\b/.test(type))) {
    return {
      ok: false,
      reason: `${table} has JSON attributes (made by an exporter with \`json: true\`), which cannot be backfilled: they have lost which keys were sent together; copy it into a table with maps, or start with what comes from now on`,
    };
  }
  const nested = types.has('Events');
  const missing = REQUIRED.filter((name) => !types.has(name));
  if (missing.length > 0) {
    return { ok: false, reason: `${table} has no spans: it lacks ${missing.join(', ')}` };
  }
  const columns = READ.map(([name, wanted, absent]) => {
    const type = types.get(name);
    const column = name.includes('.') ? `\`${name}\`` : name;
    if (type !== undefined && plain(type) === wanted) return column;
    const known = type !== undefined || (nested && name.startsWith('Events.'));
    return `CAST(${known ? (nested ? name : column) : absent}, '${wanted}')`;
  });
  return { ok: true, columns: columns.join(', ') };
}
