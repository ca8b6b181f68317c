import type { DistributionBin } from './DistributionOverlay';

/** A bin as the views have it; `low` and `high` are null at the open ends, and for what is no number. */
export interface StoredBin {
  readonly low: number | null;
  readonly high: number | null;
  readonly label: string;
  readonly reference: number | null;
  readonly current: number | null;
}

/** How numbers and the bins without one are written. */
export interface BinTexts {
  readonly number: (value: number) => string;
  readonly missing: string;
  readonly fresh: string;
  readonly other: string;
}

const isNumeric = ({ low, high }: StoredBin): boolean => low !== null || high !== null;

const startOf = ({ low }: StoredBin): number => low ?? -Infinity;

const textOf = (bin: StoredBin, { number, missing, fresh, other }: BinTexts): string => {
  const { low, high, label } = bin;
  if (low !== null && low === high) return `= ${number(low)}`;
  if (low !== null && high !== null) return `${number(low)} – ${number(high)}`;
  if (high !== null) return `< ${number(high)}`;
  if (low !== null) return `≥ ${number(low)}`;
  if (label === 'missing') return missing;
  if (label === 'new') return fresh;
  return label === 'other' ? other : label;
};

/** Bins that nothing is in on either side say nothing, unless they lie between others. */
const isEmpty = ({ reference, current }: StoredBin): boolean =>
  (reference ?? 0) === 0 && (current ?? 0) === 0;

/**
 * Bins as a picture has them: numbers from low to high with single values (heavy atoms, which are stored behind the ranges)
 * where they belong, categories as they come, missing and new at the end and only where there are any.
 */
export const distributionBins = (
  bins: readonly StoredBin[],
  texts: BinTexts,
): readonly DistributionBin[] => {
  const numbers = bins.filter(isNumeric);
  const others = bins.filter((bin) => !isNumeric(bin) && !isEmpty(bin));
  // A single value stands before the range that starts at it.
  const width = ({ low, high }: StoredBin): number => (low !== null && low === high ? 0 : 1);
  const sorted = [...numbers].sort((a, b) => startOf(a) - startOf(b) || width(a) - width(b));
  return [...sorted, ...others].map((bin) => ({
    label: textOf(bin, texts),
    reference: bin.reference,
    current: bin.current,
  }));
};
