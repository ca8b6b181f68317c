/** Rows by column: the bin of each row, for each feature. */
export type BinnedColumns = readonly Uint8Array[];

export interface AdditiveSettings {
  /** Bins of each feature. */
  readonly binCounts: readonly number[];
  /** Rows of zero effect that each bin is thought to have beside its own: shrinks bins of few rows. */
  readonly ridge: number;
  readonly maxRounds: number;
}

/** A sum of one effect per feature, each a step function on its bins with mean 0 over the rows that it was fitted on. */
export interface AdditiveFit {
  readonly base: number;
  readonly effects: readonly Float64Array[];
}

/** A round that changes the effects by less than this share of the target's standard deviation is the last. */
const SETTLED = 1e-4;

/** One feature's new effect on what the others leave over; returns the largest change. */
function refit(
  column: Uint8Array,
  effect: Float64Array,
  residual: Float64Array,
  ridge: number,
): number {
  const sums = new Float64Array(effect.length);
  const counts = new Float64Array(effect.length);
  for (let row = 0; row < residual.length; row++) {
    const bin = column[row]!;
    sums[bin]! += residual[row]! + effect[bin]!;
    counts[bin]! += 1;
  }
  const next = sums.map((sum, bin) => sum / (counts[bin]! + ridge));
  let mean = 0;
  for (let bin = 0; bin < next.length; bin++) mean += next[bin]! * counts[bin]!;
  mean /= residual.length;
  let largest = 0;
  for (let bin = 0; bin < next.length; bin++) {
    // A bin without rows has no effect of its own.
    const value = counts[bin] === 0 ? 0 : next[bin]! - mean;
    next[bin] = value - effect[bin]!;
    largest = Math.max(largest, Math.abs(next[bin]!));
    effect[bin] = value;
  }
  for (let row = 0; row < residual.length; row++) residual[row]! -= next[column[row]!]!;
  return largest;
}

/**
 * Fits an additive model by backfitting (T. Hastie and R. Tibshirani, Generalized Additive Models, 1990, chapter 4) with
 * step functions, each bin shrunk by a ridge. Its effects are exact attributions: they sum to the prediction.
 */
export function fitAdditive(
  columns: BinnedColumns,
  target: Float64Array,
  { binCounts, ridge, maxRounds }: AdditiveSettings,
): AdditiveFit {
  const base = target.reduce((sum, value) => sum + value, 0) / target.length;
  const residual = target.map((value) => value - base);
  const spread = Math.sqrt(residual.reduce((sum, value) => sum + value * value, 0) / target.length);
  const effects = binCounts.map((count) => new Float64Array(count));
  for (let round = 0; round < maxRounds; round++) {
    let largest = 0;
    for (const [feature, column] of columns.entries()) {
      largest = Math.max(largest, refit(column, effects[feature]!, residual, ridge));
    }
    if (largest <= SETTLED * spread) break;
  }
  return { base, effects };
}
