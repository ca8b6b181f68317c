import type { BinScore } from '../../stats/binScores';

/** Categories with a score of their own, and the smallest share of the reference that earns one. */
const MOST_SCORES = 6;
const LEAST_SHARE = 0.01;

/**
 * Scores of the most frequent categories: their indicators, made orthonormal under the reference's shares one after the
 * other, so that the windows of the reference calibrate a T² test on them as they do for numbers. What is left over (at
 * least one category) needs no score: shares sum to 1. Categories are to be in falling order of share.
 */
export function categoryScores(shares: readonly number[]): BinScore[] {
  const scored = shares
    .map((share, place) => ({ share, place }))
    .filter(({ share }) => share >= LEAST_SHARE && share < 1)
    .sort((a, b) => b.share - a.share)
    .slice(0, MOST_SCORES);
  let rest = 1;
  const scores: BinScore[] = [];
  for (const [index, { share, place }] of scored.entries()) {
    const left = rest - share;
    if (left < LEAST_SHARE / 2) break;
    // Among those not scored yet, this one against all others: 0 on the ones before, so orthogonal to their scores.
    const before = new Set(scored.slice(0, index).map((one) => one.place));
    const scale = Math.sqrt(rest / (share * left));
    scores.push({
      name: 'location',
      weights: shares.map((_, k) =>
        before.has(k) ? 0 : k === place ? (scale * left) / rest : (-scale * share) / rest,
      ),
    });
    rest = left;
  }
  return scores;
}
