const TAIL_SHARE = 0.01 + 1e-9;

/** How many of the outermost bins hold up to 1% of the reference: the tail that `binScores` looks at. */
export function tailBins(shares: readonly number[], low: boolean): number {
  let [share, bins] = [0, 0];
  while (bins < shares.length) {
    share += shares[low ? bins : shares.length - 1 - bins]!;
    if (share > TAIL_SHARE) break;
    bins++;
  }
  return bins;
}

/** The share of a distribution in its outermost `bins`. */
export const outerShare = (shares: readonly number[], bins: number, low: boolean): number =>
  (low ? shares.slice(0, bins) : shares.slice(shares.length - bins)).reduce((a, b) => a + b, 0);

/** The share of the reference in its own tail. */
export const tailShare = (shares: readonly number[], low: boolean): number =>
  outerShare(shares, tailBins(shares, low), low);
