/** The range and the step of one query. */
export interface QueryRange {
  /** Unix milliseconds. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly intervalMs: number;
}

type Expand = (args: readonly string[], range: QueryRange) => string;

const seconds = (ms: number): number => Math.floor(ms / 1000);
const stepSeconds = ({ intervalMs }: QueryRange): number => Math.max(1, seconds(intervalMs));
const stepMs = ({ intervalMs }: QueryRange): number => Math.max(1, intervalMs);
const moment = (ms: number): string => `toDateTime(${seconds(ms)})`;
const momentMs = (ms: number): string => `fromUnixTimestamp64Milli(${ms})`;
const day = (ms: number): string => `toDate('${new Date(ms).toISOString().slice(0, 10)}')`;

const between =
  (at: (ms: number) => string): Expand =>
  ([column], { fromMs, toMs }) =>
    `${column!} >= ${at(fromMs)} AND ${column!} <= ${at(toMs)}`;
const timeFilter = between(moment);
const dateFilter = between(day);
const dateTimeFilter: Expand = ([date, time], range) =>
  `(${dateFilter([date!], range)}) AND (${timeFilter([time!], range)})`;

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const;

const word = (ms: number): string => {
  const unit = UNITS.find(([, length]) => ms >= length && ms % length === 0);
  return unit === undefined ? `${ms}ms` : `${ms / unit[1]}${unit[0]}`;
};

/** Number of arguments and expansion, as seen in queries that the data source 4.20.0 sent. */
const MACROS: Readonly<Record<string, readonly [number, Expand]>> = {
  timeFilter: [1, timeFilter],
  timeFilter_ms: [1, between(momentMs)],
  dateFilter: [1, dateFilter],
  dateTimeFilter: [2, dateTimeFilter],
  dt: [2, dateTimeFilter],
  fromTime: [0, (_args, { fromMs }) => moment(fromMs)],
  toTime: [0, (_args, { toMs }) => moment(toMs)],
  fromTime_ms: [0, (_args, { fromMs }) => momentMs(fromMs)],
  toTime_ms: [0, (_args, { toMs }) => momentMs(toMs)],
  timeInterval: [
    1,
    ([column], range) =>
      `toStartOfInterval(toDateTime(${column!}), INTERVAL ${stepSeconds(range)} second)`,
  ],
  timeInterval_ms: [
    1,
    ([column], range) =>
      `toStartOfInterval(toDateTime64(${column!}, 3), INTERVAL ${stepMs(range)} millisecond)`,
  ],
  interval_s: [0, (_args, range) => String(stepSeconds(range))],
  interval_ms: [0, (_args, range) => String(stepMs(range))],
  interval: [0, (_args, range) => word(stepMs(range))],
};

/** Macros of the data source that the host does not know: an error is better than SQL that means something else. */
const UNSUPPORTED =
  /^(timeFrom|timeTo|timeGroup|table|column|columns|lttb|rateColumns|perSecondColumns|increaseColumns)$/;

interface Arguments {
  readonly args: readonly string[];
  /** Behind the closing bracket. */
  readonly end: number;
}

/** The arguments in brackets at `start`, split at commas that are in no further brackets; none without brackets. */
function readArguments(sql: string, start: number): Arguments {
  if (sql[start] !== '(') return { args: [], end: start };
  const args: string[] = [];
  let depth = 0;
  let from = start + 1;
  for (let at = start; at < sql.length; at++) {
    const sign = sql[at];
    if (sign === '(') depth++;
    if (sign === ')') depth--;
    if ((sign === ',' && depth === 1) || depth === 0) {
      const text = sql.slice(from, at).trim();
      if (text !== '' || args.length > 0) args.push(text);
      from = at + 1;
    }
    if (depth === 0) return { args, end: at + 1 };
  }
  throw new Error('Could not apply macros: a bracket is not closed');
}

/**
 * Expands the macros of the ClickHouse data source's backend, in string literals too, as it does. What it does not know
 * stays as it is.
 */
export function expandMacros(sql: string, range: QueryRange): string {
  let expanded = '';
  let from = 0;
  for (const match of sql.matchAll(/\$__([A-Za-z_]+)/g)) {
    const name = match[1]!;
    if (UNSUPPORTED.test(name)) throw new Error(`The browser host does not expand $__${name}`);
    const macro = MACROS[name];
    if (macro === undefined || match.index < from) continue;
    const [count, expand] = macro;
    const { args, end } = readArguments(sql, match.index + match[0].length);
    if (args.length !== count) {
      throw new Error(
        `Could not apply macros: $__${name}: unexpected number of arguments: ${args.length}`,
      );
    }
    expanded += sql.slice(from, match.index) + expand(args, range);
    from = end;
  }
  return expanded + sql.slice(from);
}
