/** `counts[i][j]`: rows of class `i` that were predicted as class `j`; square. */
export type Confusion = readonly (readonly number[])[];

/** Sums of a confusion matrix. */
export interface Margins {
  readonly n: number;
  readonly hits: number;
  /** Rows by true class. */
  readonly actual: readonly number[];
  /** Rows by predicted class. */
  readonly predicted: readonly number[];
}

export function marginsOf(counts: Confusion): Margins {
  const actual = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  const predicted = counts.map((_, j) => counts.reduce((sum, row) => sum + row[j]!, 0));
  return {
    n: actual.reduce((sum, count) => sum + count, 0),
    hits: counts.reduce((sum, row, i) => sum + row[i]!, 0),
    actual,
    predicted,
  };
}
