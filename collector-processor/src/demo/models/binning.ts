/** Maps a numeric row to small whole numbers: the bin of each column. */
export type Binning = (row: readonly number[]) => number[];

/**
 * Equal-frequency bins per column, learned from `rows`. A tree then tries a dozen thresholds instead of hundreds, which
 * is how histogram learners train fast; what is lost is less than the noise of these data.
 */
export function learnBinning(rows: readonly (readonly number[])[], bins: number): Binning {
  const columns = rows[0]?.length ?? 0;
  const edges: number[][] = [];
  for (let column = 0; column < columns; column++) {
    const sorted = rows.map((row) => row[column]!).sort((a, b) => a - b);
    const cuts = Array.from(
      { length: bins - 1 },
      (_, bin) => sorted[Math.floor(((bin + 1) * sorted.length) / bins)]!,
    );
    edges.push([...new Set(cuts)]);
  }
  return (row) =>
    row.map((value, column) => {
      const cuts = edges[column]!;
      let bin = 0;
      while (bin < cuts.length && value >= cuts[bin]!) bin++;
      return bin;
    });
}
