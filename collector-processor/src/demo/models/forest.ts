import { RandomForestRegression } from 'ml-random-forest';
import { createRandom } from '../random';
import { learnBinning } from './binning';

export interface ForestSettings {
  readonly trees: number;
  /** Bins per feature. */
  readonly bins: number;
  /** Rows drawn with replacement for each tree. */
  readonly sampleRows: number;
  readonly maxDepth: number;
  /** A node with fewer rows is a leaf. */
  readonly minRows: number;
  readonly seed: number;
}

/** Share of positives that the forest expects for each row, 0 to 1. */
export type Forest = (rows: readonly (readonly number[])[]) => number[];

/**
 * A bagged forest that regresses a 0/1 target, so that its mean is a probability (the learner's own
 * `predictProbability` leaves out one tree and adds the label's number). Each tree gets its bootstrap sample sorted by
 * target: the learner considers a threshold wherever the target changes between neighbours, and sorted rows in few
 * bins leave two such places per bin instead of hundreds. The same rows and seed give the same forest.
 */
export function trainForest(
  rows: readonly (readonly number[])[],
  targets: readonly boolean[],
  settings: ForestSettings,
): Forest {
  const binned = learnBinning(rows, settings.bins);
  const inputs = rows.map((row) => binned(row));
  const random = createRandom(settings.seed);
  const trees = Array.from({ length: settings.trees }, (_, index) => {
    const sample = Array.from({ length: settings.sampleRows }, () => random.below(rows.length));
    sample.sort((a, b) => Number(targets[a]) - Number(targets[b]));
    const tree = new RandomForestRegression({
      nEstimators: 1,
      seed: settings.seed + index,
      maxFeatures: 0.6,
      replacement: false,
      useSampleBagging: false,
      noOOB: true,
      treeOptions: { maxDepth: settings.maxDepth, minNumSamples: settings.minRows },
    });
    tree.train(
      sample.map((row) => inputs[row]!),
      sample.map((row) => Number(targets[row])),
    );
    return tree;
  });
  return (asked) => {
    const askedInputs = asked.map((row) => binned(row));
    const sums = new Array<number>(asked.length).fill(0);
    for (const tree of trees) {
      tree.predict(askedInputs).forEach((share, row) => {
        sums[row]! += share;
      });
    }
    return sums.map((sum) => sum / trees.length);
  };
}
