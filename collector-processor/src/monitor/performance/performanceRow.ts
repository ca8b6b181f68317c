import type { Estimate } from '../../stats/performance/estimate';
import type { HourKey } from './segmentSums';

export interface MaturitySettings {
  /** How long after its end the labels of an hour should have come, milliseconds. */
  readonly matureMs: number;
  /** Share of predictions with a label from which on an hour is mature at once. */
  readonly matureCoverage: number;
  /** Share of predictions with a label below which a mature hour is not trusted. */
  readonly trustedCoverage: number;
}

export const MATURITY_DEFAULTS: MaturitySettings = {
  matureMs: 72 * 3_600_000,
  matureCoverage: 0.95,
  trustedCoverage: 0.1,
};

export interface MetricRow {
  readonly hour: HourKey;
  readonly segment: string;
  readonly metric: string;
  readonly reference: string;
  readonly kind: string;
  readonly estimate: Estimate;
  readonly n: number;
  /** null: labels have nothing to do with it. */
  readonly labelled: number | null;
  readonly lag: number | null;
  /** Why there is no value, and what rows were left out; empty: nothing to say. */
  readonly reason: string;
  readonly windowVersion: bigint;
}

/** Columns of the lines that `performanceLine` writes, all but `computed_at` as `ml_performance` has them. */
export const PERFORMANCE_STRUCTURE = [
  'tenant String, environment String, model String, version String, at Int64, segment String, metric String',
  'reference_segment String, model_type String, value Nullable(Float64), low Nullable(Float64), high Nullable(Float64)',
  'n UInt64, labelled_n UInt64, label_coverage Nullable(Float64), label_lag_s Nullable(Float64)',
  'status String, settled_status String, mature_at Int64, reason String, window_version UInt128',
].join(', ');

const HOUR_MS = 3_600_000;
const known = (value: number): number | null => (Number.isFinite(value) ? value : null);

interface Standing {
  readonly status: string;
  readonly settled: string;
  readonly reason: string;
}

/** How far a metric can be relied on: now, and once its labels should have come. */
function standingOf(
  { estimate, labelled, n, reason }: MetricRow,
  { matureCoverage, trustedCoverage }: MaturitySettings,
): Standing {
  if (known(estimate.value) === null) {
    const why = reason === '' ? 'these rows do not tell it' : reason;
    return { status: 'untrusted', settled: 'untrusted', reason: why };
  }
  if (labelled === null) return { status: 'measured', settled: 'measured', reason };
  const coverage = labelled / n;
  if (coverage >= matureCoverage) return { status: 'measured', settled: 'measured', reason };
  if (coverage >= trustedCoverage) return { status: 'provisional', settled: 'measured', reason };
  const few = `labels for less than ${trustedCoverage * 100}% of the predictions`;
  const why = reason === '' ? few : `${few}; ${reason}`;
  return { status: 'provisional', settled: 'untrusted', reason: why };
}

/** One line of JSONCompactEachRow in the columns of `PERFORMANCE_STRUCTURE`. */
export function performanceLine(row: MetricRow, settings: MaturitySettings): string {
  const { hour, estimate, n, labelled } = row;
  const { status, settled, reason } = standingOf(row, settings);
  return JSON.stringify([
    hour.tenant,
    hour.environment,
    hour.model,
    hour.version,
    hour.hourMs,
    row.segment,
    row.metric,
    row.reference,
    row.kind,
    known(estimate.value),
    known(estimate.low),
    known(estimate.high),
    n,
    Number.isFinite(estimate.n) ? estimate.n : 0,
    labelled === null || n === 0 ? null : labelled / n,
    row.lag,
    status,
    settled,
    hour.hourMs + HOUR_MS + settings.matureMs,
    reason,
    row.windowVersion.toString(),
  ]);
}
