/** Counts and moments of one feature over a time: a window or a baseline. The layout of `counts` is `binLayout`'s. */
export interface FeatureCounts {
  readonly counts: readonly number[];
  /** Sum of the values of each bin; empty for categories. */
  readonly sums: readonly number[];
  readonly sum: number;
  readonly sumSquares: number;
}

/** Counts of a window that starts at `timeMs`, Unix milliseconds. */
export interface FeatureWindow extends FeatureCounts {
  readonly timeMs: number;
}

/** Frozen reference counts; see `ml_baselines`. */
export interface FeatureBaseline extends FeatureCounts {
  readonly baseline: string;
  readonly fromMs: number;
  readonly toMs: number;
}

export const totalOf = (counts: readonly number[]): number =>
  counts.reduce((sum, count) => sum + count, 0);
