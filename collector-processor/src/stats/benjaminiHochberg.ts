/**
 * Adjusted p-values (q-values) of Benjamini and Hochberg, J. R. Stat. Soc. B 57, 1995: rejecting those ≤ q keeps the
 * expected share of false rejections below q, also under positive dependence. Same order as `p`; NaN stays NaN and is
 * not counted as a test.
 */
export function benjaminiHochberg(p: readonly number[]): number[] {
  const tested = p.map((value, index) => ({ value, index })).filter(({ value }) => value >= 0);
  tested.sort((a, b) => b.value - a.value);
  const q = p.map(() => NaN);
  let smallest = 1;
  tested.forEach(({ value, index }, place) => {
    const rank = tested.length - place;
    smallest = Math.min(smallest, (value * tested.length) / rank);
    q[index] = smallest;
  });
  return q;
}
