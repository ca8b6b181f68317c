/** A value of a feature as telemetry has it; undefined: the row does not have it. */
export type FeatureValue = number | string | undefined;

/** Where a feature's values fall; the last bin is for what is missing, and for texts that were not seen. */
export interface SurrogateBins {
  readonly count: number;
  binOf(value: FeatureValue): number;
}

const MOST_CATEGORIES = 31;

const categoryBins = (values: readonly FeatureValue[]): SurrogateBins => {
  const counts = new Map<string, number>();
  for (const value of values) {
    if (value !== undefined) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  }
  const kept = [...counts].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  const places = new Map(kept.slice(0, MOST_CATEGORIES).map(([text], bin) => [text, bin]));
  const count = places.size + 1;
  return {
    count,
    binOf: (value) => (value === undefined ? count - 1 : (places.get(String(value)) ?? count - 1)),
  };
};

const numberBins = (numbers: readonly number[], most: number): SurrogateBins => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const edges: number[] = [];
  for (let k = 1; k < most; k++) {
    const edge = sorted[Math.floor((k * sorted.length) / most)]!;
    // An edge at the smallest value would leave the bin below it empty.
    if (edge > (edges.at(-1) ?? sorted[0]!)) edges.push(edge);
  }
  const count = edges.length + 2;
  return {
    count,
    binOf(value) {
      if (typeof value !== 'number' || Number.isNaN(value)) return count - 1;
      let [low, high] = [0, edges.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (value >= edges[middle]!) low = middle + 1;
        else high = middle;
      }
      return low;
    },
  };
};

/** Equal-frequency bins of numbers, at most `most`; each frequent text a bin of its own. */
export function createSurrogateBins(values: readonly FeatureValue[], most: number): SurrogateBins {
  const numbers = values.filter((value) => typeof value === 'number' && !Number.isNaN(value));
  const texts = values.some((value) => typeof value === 'string');
  return texts || numbers.length === 0
    ? categoryBins(values)
    : numberBins(numbers as number[], most);
}
