import type { MoneyDifference } from '../../store/repriceReport';
import { packSlices, type WindowLoad } from '../packSlices';
import type { Statements } from '../statements';
import { inRange, type TimeRange } from '../timeText';
import { windowStart } from '../windowKind';
import { LOOKBACK_MS } from './usageDeltas';
import type { SumPricer } from './usageRow';
import { createUsageWindows } from './usageWindows';

export interface UsageRepriceReport {
  /** Minutes that were computed again. */
  readonly minutes: number;
  /** Minutes of the range whose points are gone or may be: they keep the price they have. */
  readonly minutesKept: number;
  /** What these minutes cost, by currency, in alphabetical order. */
  readonly differences: readonly MoneyDifference[];
}

const MINUTE_MS = 60_000;

/** Stored windows, and from when on the points of a minute and the ones before them are all there. */
async function readBounds(statements: Statements): Promise<{ wholeMs: number; endMs: number }> {
  const [bounds] = await statements.read<{
    firstWindow: number;
    endMs: number;
    firstPoint: number | null;
  }>(`
SELECT toUnixTimestamp64Milli(min(time)) AS firstWindow, toUnixTimestamp64Milli(max(time)) + ${MINUTE_MS} AS endMs,
  (SELECT toUnixTimestamp64Milli(minOrNull(time)) FROM ml_metric_usage) AS firstPoint
FROM ml_usage_windows`);
  const { firstWindow, endMs, firstPoint } = bounds!;
  if (firstPoint === null) return { wholeMs: endMs, endMs };
  // Older windows without points: their points were removed, and a total is told by the one before it.
  const isCut = firstWindow + MINUTE_MS <= firstPoint;
  const wholeMs = isCut ? Math.ceil((firstPoint + LOOKBACK_MS) / MINUTE_MS) * MINUTE_MS : 0;
  return { wholeMs, endMs };
}

async function readCosts(statements: Statements, range: TimeRange): Promise<Map<string, bigint>> {
  const rows = await statements.read<{ currency: string; nano: string }>(`
SELECT currency, toString(toInt128(sum(cost) * 1000000000)) AS nano
FROM ml_usage_windows FINAL
WHERE ${inRange(range)} AND cost IS NOT NULL
GROUP BY currency`);
  return new Map(rows.map(({ currency, nano }) => [currency, BigInt(nano)]));
}

/**
 * Prices stored windows of usage from metrics again, from the points they were made of; `range` counts whole minutes that
 * begin in it. Minutes that the window job has not computed yet are left to it. A second run changes nothing.
 */
export async function repriceUsage(
  statements: Statements,
  pricer: SumPricer,
  range: TimeRange,
): Promise<UsageRepriceReport> {
  const kind = createUsageWindows(pricer);
  const { wholeMs, endMs } = await readBounds(statements);
  const inMinutes = {
    fromMs: Math.ceil(range.fromMs / MINUTE_MS) * MINUTE_MS,
    toMs: Math.min(Math.ceil(range.toMs / MINUTE_MS) * MINUTE_MS, endMs),
  };
  const whole = { fromMs: Math.max(inMinutes.fromMs, wholeMs), toMs: inMinutes.toMs };
  const [kept] = await statements.read<{ n: number }>(`
SELECT uniqExact(time) AS n FROM ml_usage_windows
WHERE ${inRange(inMinutes)} AND NOT (${inRange(whole)})`);
  const before = await readCosts(statements, whole);
  const loads = await statements.read<WindowLoad>(`
SELECT toUnixTimestamp64Milli(${windowStart(kind)}) AS startMs, count() AS rows
FROM ${kind.source}
WHERE ${inRange(whole)}
GROUP BY startMs
ORDER BY startMs`);
  const slices = packSlices(loads, { widthMs: kind.widthMs, maxRows: kind.maxRows });
  for (const slice of slices) await kind.compute(statements, slice);
  const after = await readCosts(statements, whole);
  const differences = [...new Set([...before.keys(), ...after.keys()])].sort().map((currency) => ({
    currency,
    beforeNano: before.get(currency) ?? 0n,
    afterNano: after.get(currency) ?? 0n,
  }));
  return { minutes: loads.length, minutesKept: kept!.n, differences };
}
