/** Where a monotone function reaches `target`, between `low` and `high`, to a relative precision of about 1e-10. */
export function bisect(
  increasing: (x: number) => number,
  target: number,
  low: number,
  high: number,
): number {
  let [below, above] = [low, high];
  for (let step = 0; step < 100 && above - below > 1e-10 * above; step++) {
    const middle = (below + above) / 2;
    if (increasing(middle) < target) below = middle;
    else above = middle;
  }
  return (below + above) / 2;
}
