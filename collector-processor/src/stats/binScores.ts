/** What a score is sensitive to. */
export type ScoreName = 'location' | 'scale' | 'skew' | 'kurtosis' | 'lowTail' | 'highTail';

/** A function of the value, constant on each bin, with mean 0 and variance 1 under the reference. */
export interface BinScore {
  readonly name: ScoreName;
  readonly weights: readonly number[];
}

/** Bins that hold the lowest and the highest values, up to this share of the reference, are its tails. */
const TAIL_SHARE = 0.01;
const ROUNDING = 1e-9;
/** What is left of a score after the ones before it must be more than this share of it: a few bins carry few scores. */
const INDEPENDENT = 1e-4;

const LEGENDRE: readonly (readonly [ScoreName, (x: number) => number])[] = [
  ['location', (x) => x],
  ['scale', (x) => (3 * x * x - 1) / 2],
  ['skew', (x) => (5 * x ** 3 - 3 * x) / 2],
  ['kurtosis', (x) => (35 * x ** 4 - 30 * x * x + 3) / 8],
];

/**
 * Up to six scores, orthonormal under the reference's bin shares (in order of value, summing to 1): Legendre polynomials
 * of the mid-ranks, which tell location, scale, skew and kurtosis (J. Neyman's smooth test, Skand. Aktuarietidskr. 20,
 * 1937), and the shares below the 1st and above the 99th percentile. Bins without a share weigh as their ranks say.
 */
export function binScores(shares: readonly number[]): BinScore[] {
  let below = 0;
  const bins = shares.map((share) => {
    const start = below;
    below += share;
    return { start, middle: start + share / 2, end: below };
  });
  const candidates: [ScoreName, number[]][] = LEGENDRE.map(([name, polynomial]) => [
    name,
    bins.map(({ middle }) => polynomial(2 * middle - 1)),
  ]);
  candidates.push(
    ['lowTail', bins.map(({ end }) => (end <= TAIL_SHARE + ROUNDING ? 1 : 0))],
    ['highTail', bins.map(({ start }) => (start >= 1 - TAIL_SHARE - ROUNDING ? 1 : 0))],
  );
  const product = (a: readonly number[], b: readonly number[]): number =>
    shares.reduce((sum, share, k) => sum + share * a[k]! * b[k]!, 0);
  const basis: number[][] = [shares.map(() => 1)];
  const scores: BinScore[] = [];
  for (const [name, raw] of candidates) {
    let rest = raw;
    // Twice is enough for full precision (Golub and Van Loan, section 5.2.9).
    for (let pass = 0; pass < 2; pass++) {
      for (const other of basis) {
        const along = product(rest, other);
        rest = rest.map((weight, k) => weight - along * other[k]!);
      }
    }
    const norm = product(rest, rest);
    if (!(norm > INDEPENDENT * product(raw, raw))) continue;
    const weights = rest.map((weight) => weight / Math.sqrt(norm));
    basis.push(weights);
    scores.push({ name, weights });
  }
  return scores;
}

/** The mean of each score over the rows of a window, from its counts on the same bins; NaN without rows. */
export function scoreWindow(scores: readonly BinScore[], counts: readonly number[]): number[] {
  const n = counts.reduce((sum, count) => sum + count, 0);
  return scores.map(({ weights }) => counts.reduce((sum, c, k) => sum + c * weights[k]!, 0) / n);
}
