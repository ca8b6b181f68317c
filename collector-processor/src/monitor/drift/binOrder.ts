import { binLayout, type FeatureBins } from '@plumbline/schemas';
import { type FeatureCounts, totalOf } from './featureCounts';

/** Places of usable values (neither missing nor new) in an array of counts. */
export interface BinOrder {
  /** Rising by value for numbers, most frequent first for categories. */
  readonly places: readonly number[];
  readonly missing: number;
  readonly new: number;
  readonly length: number;
}

/** An atom comes before the rest of the value bin around it, or after it where that rest is smaller on average. */
export function binOrder(bins: FeatureBins, reference: FeatureCounts): BinOrder {
  const layout = binLayout(bins);
  const { missing, length } = layout;
  const fresh = layout.new;
  if (bins.kind === 'category') {
    const places = Array.from({ length: missing }, (_, place) => place);
    return { places, missing, new: fresh, length };
  }
  const { edges, atoms } = bins;
  const places: number[] = [];
  let next = 0;
  for (let bin = 0; bin < layout.values; bin++) {
    const end = edges[bin] ?? Infinity;
    const count = reference.counts[bin] ?? 0;
    const mean = count > 0 ? reference.sums[bin]! / count : Infinity;
    const [before, after]: [number[], number[]] = [[], []];
    for (; next < atoms.length && atoms[next]! < end; next++) {
      (atoms[next]! <= mean ? before : after).push(layout.firstAtom + next);
    }
    places.push(...before, bin, ...after);
  }
  return { places, missing, new: fresh, length };
}

/** Counts of usable values in their order. */
export const usable = ({ places }: BinOrder, { counts }: FeatureCounts): number[] =>
  places.map((place) => counts[place] ?? 0);

/** Mean and standard deviation of the finite values; NaN without any. */
export function momentsOf(
  order: BinOrder,
  window: FeatureCounts,
): { n: number; mean: number; sd: number } {
  const n = totalOf(usable(order, window));
  const mean = window.sum / n;
  return { n, mean, sd: Math.sqrt(Math.max(0, window.sumSquares / n - mean * mean)) };
}
