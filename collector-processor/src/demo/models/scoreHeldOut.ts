import type { HeldOutScore } from './servedModel';

export interface Answers {
  /** Per row, the probability of each class. */
  readonly probabilities: readonly (readonly number[])[];
  /** Per row, the class that was answered. */
  readonly answered: readonly number[];
  /** Per row, the class that came true. */
  readonly actual: readonly number[];
  /** Share of each class among the training rows. */
  readonly trainingShares: readonly number[];
}

const squaredError = (shares: readonly number[], actual: number): number =>
  shares.reduce((sum, share, label) => sum + (share - (label === actual ? 1 : 0)) ** 2, 0);

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Compares answers with what came true, and with guessing. */
export function scoreHeldOut(answers: Answers): HeldOutScore {
  const { actual, answered, probabilities, trainingShares } = answers;
  const counts = trainingShares.map((_, label) => actual.filter((is) => is === label).length);
  const recalls = counts.flatMap((count, label) => {
    const hits = actual.filter((is, row) => is === label && answered[row] === label).length;
    return count === 0 ? [] : [hits / count];
  });
  return {
    rows: actual.length,
    balancedAccuracy: mean(recalls),
    accuracy: mean(actual.map((is, row) => Number(answered[row] === is))),
    majorityAccuracy: Math.max(...counts) / actual.length,
    brier: mean(actual.map((is, row) => squaredError(probabilities[row]!, is))),
    shareBrier: mean(actual.map((is) => squaredError(trainingShares, is))),
  };
}
