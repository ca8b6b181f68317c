import type { FeatureBins } from '@plumbline/schemas';

/** Quantiles between bins: 20 equal shares, split further at the tails. */
const QUANTILES = [0.002, 0.01, ...Array.from({ length: 19 }, (_, k) => (k + 1) / 20), 0.99, 0.998];
const ATOM_SHARE = 0.05;

/** Bins as the monitor makes them: heavy values have their own, the rest is cut at its quantiles. */
export function simulatedBins(sample: Float64Array): FeatureBins {
  const frequency = new Map<number, number>();
  for (const value of sample) frequency.set(value, (frequency.get(value) ?? 0) + 1);
  const atoms = [...frequency]
    .filter(([, count]) => count >= ATOM_SHARE * sample.length)
    .map(([value]) => value)
    .sort((a, b) => a - b);
  const heavy = new Set(atoms);
  const rest = sample.filter((value) => !heavy.has(value)).sort();
  const edges = QUANTILES.map((q) => rest[Math.floor(q * rest.length)]).filter(
    (edge): edge is number => edge !== undefined,
  );
  return { kind: 'number', edges: [...new Set(edges)], atoms, categories: [] };
}

/** The place of a value in an array of counts. */
export function placeOf({ edges, atoms }: FeatureBins, value: number): number {
  const atom = atoms.indexOf(value);
  if (atom >= 0) return edges.length + 1 + atom;
  const above = edges.findIndex((edge) => value < edge);
  return above < 0 ? edges.length : above;
}
