import { normalTail } from './tails';

/** Sums over the rows that have all features: enough for means, variances and the variance of every product. */
export interface MomentSums {
  readonly n: number;
  /** Σ xᵢ, Σ xᵢ², one for each feature. */
  readonly sums: readonly number[];
  readonly squares: readonly number[];
  /** Σ xᵢ xⱼ and Σ (xᵢ xⱼ)² for i < j, row by row: (0,1), (0,2), …, (1,2), … */
  readonly products: readonly number[];
  readonly productSquares: readonly number[];
}

/** The mean or the product of a pair that moved most. */
export interface MomentShift {
  /** One feature for a mean, two for the product of a pair. */
  readonly features: readonly number[];
  readonly z: number;
  /** Over all means and pairs, after Bonferroni's correction. */
  readonly p: number;
}

/** Where pair (i, j), i < j, stands in a list of the pairs of `count` features. */
export const pairIndex = (i: number, j: number, count: number): number =>
  (i * (2 * count - i - 1)) / 2 + (j - i - 1);

/**
 * Compares the means of all features and of all their pairwise products between a reference and a window, and names
 * the one that moved most: a pair when their correlation broke though each looks as before. Features are to be in units
 * of the reference (mean 0, sd 1), so that a product is about the correlation. `designEffect` is how many times a
 * window's mean varies more than that of independent rows. Undefined when one side has fewer than two rows.
 */
export function momentShift(
  reference: MomentSums,
  current: MomentSums,
  designEffect = 1,
): MomentShift | undefined {
  if (reference.n < 2 || current.n < 2) return undefined;
  const zOf = (sumA: number, squareA: number, sumB: number, squareB: number): number => {
    const [a, b] = [sumA / reference.n, sumB / current.n];
    const varianceA = Math.max(0, squareA / reference.n - a * a);
    const varianceB = Math.max(0, squareB / current.n - b * b);
    const error = designEffect * (varianceA / reference.n + varianceB / current.n);
    return error > 0 ? (b - a) / Math.sqrt(error) : a === b ? 0 : Infinity;
  };
  let worst: { features: number[]; z: number } = { features: [0], z: 0 };
  const take = (features: number[], z: number): void => {
    if (Math.abs(z) > Math.abs(worst.z)) worst = { features, z };
  };
  const count = reference.sums.length;
  for (let i = 0; i < count; i++) {
    take(
      [i],
      zOf(reference.sums[i]!, reference.squares[i]!, current.sums[i]!, current.squares[i]!),
    );
    for (let j = i + 1; j < count; j++) {
      const k = pairIndex(i, j, count);
      take(
        [i, j],
        zOf(
          reference.products[k]!,
          reference.productSquares[k]!,
          current.products[k]!,
          current.productSquares[k]!,
        ),
      );
    }
  }
  const tests = (count * (count + 3)) / 2;
  return { ...worst, p: Math.min(1, 2 * tests * normalTail(Math.abs(worst.z))) };
}
