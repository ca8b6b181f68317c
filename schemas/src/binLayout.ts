/** The bins of one feature, as `ml_bins` keeps them. */
export interface FeatureBins {
  readonly kind: 'number' | 'category';
  /** Rising. E edges make E + 1 value bins; bin i holds `edges[i - 1] <= x < edges[i]`. */
  readonly edges: readonly number[];
  /** Values with a bin of their own, rising; they are in no value bin. */
  readonly atoms: readonly number[];
  /** The most frequent categories, most frequent first. */
  readonly categories: readonly string[];
}

/** Where what stands in an array of counts; positions are from 0. */
export interface BinLayout {
  readonly length: number;
  /** Value bins of numbers, or top categories. */
  readonly values: number;
  /** First of the atoms; `atoms` of them. 0 of them for categories. */
  readonly firstAtom: number;
  readonly atoms: number;
  /** Categories that are known but not among the top ones; undefined for numbers. */
  readonly other: number | undefined;
  /** Rows without the feature, or with an empty text in it. */
  readonly missing: number;
  /** Numbers: a text, or a NaN or infinity, where a number was expected. Categories: never seen before. */
  readonly new: number;
}

/**
 * The one layout of counts everywhere: numbers are [value bins, atoms, missing, new], categories are [categories, other,
 * missing, new].
 */
export function binLayout(bins: FeatureBins): BinLayout {
  const isNumber = bins.kind === 'number';
  const values = isNumber ? bins.edges.length + 1 : bins.categories.length;
  const atoms = isNumber ? bins.atoms.length : 0;
  const known = values + atoms + (isNumber ? 0 : 1);
  return {
    length: known + 2,
    values,
    firstAtom: values,
    atoms,
    other: isNumber ? undefined : values,
    missing: known,
    new: known + 1,
  };
}

/** What a bin holds: `[low, high)` of numbers, null where open; `low = high` for an atom; a label for all others. */
export interface BinText {
  readonly low: number | null;
  readonly high: number | null;
  readonly label: string;
}

/** A description of each place of an array of counts, in its order; views label bins the same way. */
export function describeBins(bins: FeatureBins): BinText[] {
  const named = (label: string): BinText => ({ low: null, high: null, label });
  if (bins.kind === 'category') {
    return [...bins.categories, 'other', 'missing', 'new'].map(named);
  }
  const { edges, atoms } = bins;
  const values = Array.from({ length: edges.length + 1 }, (_, i): BinText => {
    const low = edges[i - 1] ?? null;
    const high = edges[i] ?? null;
    return { low, high, label: `${low ?? '-inf'} to ${high ?? 'inf'}` };
  });
  return [
    ...values,
    ...atoms.map((atom) => ({ low: atom, high: atom, label: String(atom) })),
    named('missing'),
    named('new'),
  ];
}
