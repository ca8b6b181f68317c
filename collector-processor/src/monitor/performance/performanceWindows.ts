import { insertLines } from '../insertLines';
import { quoteText } from '../quoteText';
import type { Statements } from '../statements';
import { inRange, type TimeRange } from '../timeText';
import type { WindowKind } from '../windowKind';
import { changedPerformance } from './changedPerformance';
import { type EvaluationSums, evaluationSums } from './evaluationSums';
import { hourRows, type HourSums, type StoredMetric, UNKNOWN_LABELS, unknownRow } from './hourRows';
import { type MaturitySettings, PERFORMANCE_STRUCTURE, performanceLine } from './performanceRow';
import { type HourKey, type SegmentSums, segmentSums } from './segmentSums';
import { inWindows } from './toldRows';
import { type LabelCounts, labelCounts } from './unknownLabels';

/** All of a computation's rows are sorted in memory, once for each of their segments. */
const MAX_ROWS = 100_000;

const storedMetrics = (range: TimeRange, windows: string | undefined): string => `
SELECT tenant, environment, model, version, toUnixTimestamp64Milli(time) AS hourMs, segment, metric
FROM ml_performance FINAL
WHERE ${inRange(range)} AND n > 0 AND metric != '${UNKNOWN_LABELS}'${inWindows(windows, 'tenant, environment, model, version, time')}`;

const insert = (lines: readonly string[]): string => `INSERT INTO ml_performance
SELECT tenant, environment, model, version, fromUnixTimestamp64Milli(at), segment, metric, reference_segment, model_type,
  value, low, high, n, labelled_n, label_coverage, label_lag_s, status, settled_status, fromUnixTimestamp64Milli(mature_at),
  reason, window_version, now64(3)
FROM format(JSONCompactEachRow, ${quoteText(PERFORMANCE_STRUCTURE)}, ${quoteText(lines.join('\n'))})`;

const keyOf = ({ tenant, environment, model, version, hourMs }: HourKey): string =>
  JSON.stringify([tenant, environment, model, version, hourMs]);

async function readHours(
  statements: Statements,
  range: TimeRange,
  windows: string | undefined,
): Promise<Iterable<HourSums>> {
  const hours = new Map<string, HourSums>();
  const hourOf = (key: HourKey): HourSums => {
    const text = keyOf(key);
    const hour = hours.get(text) ?? { segments: [], evaluations: [], stored: [] };
    hours.set(text, hour);
    return hour;
  };
  // What is stored is read first: another replica's newer rows are not taken for gone.
  for (const row of await statements.read<StoredMetric>(storedMetrics(range, windows))) {
    hourOf(row).stored.push(row);
  }
  for (const row of await statements.read<SegmentSums>(segmentSums(range, windows))) {
    hourOf(row).segments.push(row);
  }
  for (const row of await statements.read<EvaluationSums>(evaluationSums(range, windows))) {
    hourOf(row).evaluations.push(row);
  }
  return hours.values();
}

/**
 * What labels and evaluations tell of predictions, by the hour of the prediction. Sums are made by the engine, metrics and
 * intervals here, by `stats/performance`; both depend on the stored rows alone, so doing it again changes nothing.
 * Telemetry that was sampled is not weighted: a label is one row, and intervals are those of the rows there are.
 */
export const createPerformanceWindows = (settings: MaturitySettings): WindowKind => ({
  name: 'performance',
  table: 'ml_performance',
  source: '(SELECT time FROM ml_inferences UNION ALL SELECT time FROM ml_labels)',
  sources: ['ml_inferences', 'ml_labels', 'ml_evaluations'],
  needs: [],
  widthMs: 3_600_000,
  maxRows: MAX_ROWS,
  changed: changedPerformance,
  async compute(statements, range, windows) {
    const hours = await readHours(statements, range, windows);
    const counts = await statements.read<LabelCounts>(labelCounts(range, windows));
    const rows = [...Array.from(hours, hourRows).flat(), ...counts.map(unknownRow)];
    await insertLines(
      statements,
      rows.map((row) => performanceLine(row, settings)),
      insert,
    );
  },
});
