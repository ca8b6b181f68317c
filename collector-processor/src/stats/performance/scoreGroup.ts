/** Rows with one score, or with scores in one bin of a histogram. */
export interface ScoreGroup {
  /** Their score; of a bin the mean of them. */
  readonly score: number;
  readonly positives: number;
  readonly negatives: number;
}

/** One group for each score, by rising score: rows that tie must be seen together. */
export function byScore(groups: readonly ScoreGroup[]): ScoreGroup[] {
  const sorted: ScoreGroup[] = [];
  for (const group of groups.toSorted((a, b) => a.score - b.score)) {
    const last = sorted.at(-1);
    if (last?.score === group.score) {
      const positives = last.positives + group.positives;
      const negatives = last.negatives + group.negatives;
      sorted[sorted.length - 1] = { score: group.score, positives, negatives };
    } else sorted.push(group);
  }
  return sorted;
}
