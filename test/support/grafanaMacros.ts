/** What a panel's query is run with: its time range and the width of a point, as Grafana's backend would have them. */
export interface MacroRange {
  /** Unix milliseconds. */
  readonly from: number;
  readonly to: number;
  /** Seconds, at least 1. */
  readonly intervalS: number;
}

/** The values of the variables: a custom "all" value is put in as it is, everything else as `format` says. */
export type Variables = Readonly<
  Record<string, readonly string[] | string | { readonly custom: string }>
>;

const seconds = (ms: number): string => `toDateTime(${Math.floor(ms / 1000)})`;
const milliseconds = (ms: number): string => `fromUnixTimestamp64Milli(${Math.floor(ms)})`;
const between = (column: string, from: string, to: string): string =>
  `${column} >= ${from} AND ${column} <= ${to}`;

/** Each macro that queries of ours may use, as version 4.20.0 of the data source's backend expands it. */
const MACROS: Readonly<Record<string, (range: MacroRange, argument: string) => string>> = {
  timeFilter: ({ from, to }, column) => between(column, seconds(from), seconds(to)),
  timeFilter_ms: ({ from, to }, column) => between(column, milliseconds(from), milliseconds(to)),
  timeInterval: ({ intervalS }, column) =>
    `toStartOfInterval(toDateTime(${column}), INTERVAL ${intervalS} second)`,
  interval_s: ({ intervalS }) => String(intervalS),
  fromTime: ({ from }) => seconds(from),
  toTime: ({ to }) => seconds(to),
  fromTime_ms: ({ from }) => milliseconds(from),
  toTime_ms: ({ to }) => milliseconds(to),
};

/**
 * A query as the data source's backend sends it to ClickHouse. Macros are looked for inside literals too, as there.
 * Throws an `Error` for a macro that the backend would pass on unchanged: ClickHouse would not understand it.
 */
export function expandMacros(sql: string, range: MacroRange): string {
  return sql.replace(
    /\$__(\w+)(?:\(([^()]*)\))?/g,
    (text, name: string, argument: string | undefined) => {
      const macro = MACROS[name];
      if (macro === undefined) throw new Error(`the data source does not expand ${text}`);
      return macro(range, argument?.trim() ?? '');
    },
  );
}

const FORMATS: Readonly<Record<string, (values: readonly string[]) => string>> = {
  singlequote: (values) => values.map((value) => `'${value.replaceAll("'", "\\'")}'`).join(','),
  raw: (values) => values.join(','),
};

/**
 * Puts variables in as Grafana's frontend does: `$name`, `\${name}` and `\${name:format}`. A custom "all" value comes without
 * any format (`CustomAllValue.formatter` of @grafana/scenes). Throws an `Error` for a format that is not known here;
 * variables that are not there stay as they are.
 */
export function interpolate(sql: string, variables: Variables): string {
  return sql.replace(
    /\$\{(\w+)(?::(\w+))?\}|\$(?!__)(\w+)/g,
    (text, braced: string | undefined, format: string | undefined, bare: string | undefined) => {
      const value = variables[braced ?? bare ?? ''];
      if (value === undefined) return text;
      if (typeof value === 'object' && 'custom' in value) return value.custom;
      const write = FORMATS[format ?? 'raw'];
      if (write === undefined) throw new Error(`variables have no format ${format}`);
      return write(typeof value === 'string' ? [value] : value);
    },
  );
}
