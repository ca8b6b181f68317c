import type { LowCardinalityColumn } from './native/lowCardinality';

/** How often each pair of texts stands in two columns; compares indexes, so that it costs little per row. */
export function countPairs(
  first: LowCardinalityColumn,
  second: LowCardinalityColumn,
  rows: number,
  where?: (row: number) => boolean,
): [first: string, second: string, n: number][] {
  const counts = new Map<number, [string, string, number]>();
  for (let row = 0; row < rows; row++) {
    if (where?.(row) === false) continue;
    const key = first.indexes.values[row]! * 0x1_0000_0000 + second.indexes.values[row]!;
    const pair = counts.get(key);
    if (pair === undefined) counts.set(key, [first.textOf(row), second.textOf(row), 1]);
    else pair[2]++;
  }
  return [...counts.values()];
}
