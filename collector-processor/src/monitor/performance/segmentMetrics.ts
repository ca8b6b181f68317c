import { f1Score, precision, recall } from '../../stats/performance/binaryMetrics';
import { calibrationError, calibrationSlope } from '../../stats/performance/calibration';
import {
  macroF1,
  macroPrecision,
  macroRecall,
  matthews,
} from '../../stats/performance/classMetrics';
import type { Confusion } from '../../stats/performance/confusion';
import { deltaEstimate } from '../../stats/performance/deltaEstimate';
import type { Estimate } from '../../stats/performance/estimate';
import { meanEstimate } from '../../stats/performance/meanEstimate';
import {
  bias,
  meanAbsoluteError,
  rootMeanSquaredError,
  rSquared,
} from '../../stats/performance/regressionMetrics';
import { rocAuc } from '../../stats/performance/rocAuc';
import type { ScoreGroup } from '../../stats/performance/scoreGroup';
import { shareEstimate } from '../../stats/performance/share';
import type { SegmentSums } from './segmentSums';

export type NamedEstimate = readonly [metric: string, estimate: Estimate];

/** Classes of which a confusion matrix is made; with more there is accuracy only. */
const MAX_CLASSES = 300;

/** Cells of the confusion matrix as [truth, prediction, rows]. */
const cellsOf = ({ cells }: SegmentSums): [string, string, number][] =>
  Object.entries(cells).map(([pair, rows]) => {
    const [truth, prediction] = JSON.parse(pair) as [string, string];
    return [truth, prediction, rows];
  });

function matrixOf(cells: readonly [string, string, number][]): Confusion | undefined {
  const classes = [...new Set(cells.flatMap(([truth, prediction]) => [truth, prediction]))];
  if (classes.length > MAX_CLASSES) return undefined;
  const index = new Map(classes.toSorted().map((name, i) => [name, i]));
  const counts = classes.map(() => classes.map(() => 0));
  for (const [truth, prediction, rows] of cells) {
    counts[index.get(truth)!]![index.get(prediction)!]! += rows;
  }
  return counts;
}

/** With the keys as scores for ranks, and with the mean score of each key for calibration. */
function scoreGroups({ scores: [keys, positives, rows, sums] }: SegmentSums): {
  ranked: ScoreGroup[];
  mean: ScoreGroup[];
} {
  const ranked = keys.map((score, i) => ({
    score,
    positives: positives[i]!,
    negatives: rows[i]! - positives[i]!,
  }));
  return { ranked, mean: ranked.map((group, i) => ({ ...group, score: sums[i]! / rows[i]! })) };
}

const numberOf = (value: number | null | undefined): number => value ?? NaN;

function scoreMetrics(sums: SegmentSums): NamedEstimate[] {
  const { ranked, mean } = scoreGroups(sums);
  const [rows = 0, loss, loss2, brier, brier2] = sums.losses.map(numberOf);
  const found: NamedEstimate[] = [];
  if (sums.kind === 'binary' && ranked.length > 0) found.push(['roc_auc', rocAuc(ranked)]);
  if (rows > 0) {
    const most = sums.kind === 'binary' ? 1 : 2;
    found.push(
      ['log_loss', meanEstimate({ n: rows, sum: loss!, squares: loss2! }, [0, Infinity])],
      ['brier', meanEstimate({ n: rows, sum: brier!, squares: brier2! }, [0, most])],
    );
  }
  if (sums.isProbability === 1 && ranked.length > 0) {
    found.push(
      ['calibration_error', calibrationError(mean)],
      ['calibration_slope', calibrationSlope(mean)],
    );
  }
  return found;
}

function binaryMetrics(sums: SegmentSums): NamedEstimate[] {
  const cells = cellsOf(sums);
  const count = (actual: string, predicted: string): number =>
    cells.find(([truth, guess]) => truth === actual && guess === predicted)?.[2] ?? 0;
  const [tp, fp, fn, tn] = [count('1', '1'), count('0', '1'), count('1', '0'), count('0', '0')];
  const counts = { tp, fp, fn, tn };
  return [
    ['accuracy', shareEstimate(tp + tn, tp + fp + fn + tn)],
    ['precision', precision(counts)],
    ['recall', recall(counts)],
    ['f1', f1Score(counts)],
    ['mcc', deltaEstimate(matthews, [[tn, fp], [fn, tp]])], // prettier-ignore
    ...scoreMetrics(sums),
  ];
}

function classMetrics(sums: SegmentSums): NamedEstimate[] {
  const cells = cellsOf(sums);
  const hits = cells.reduce((sum, [truth, guess, n]) => sum + (truth === guess ? n : 0), 0);
  const accuracy: NamedEstimate = ['accuracy', shareEstimate(hits, sums.usable)];
  const matrix = matrixOf(cells);
  if (matrix === undefined) return [accuracy, ...scoreMetrics(sums)];
  return [
    accuracy,
    ['precision_macro', deltaEstimate(macroPrecision, matrix)],
    ['recall_macro', deltaEstimate(macroRecall, matrix)],
    ['f1_macro', deltaEstimate(macroF1, matrix)],
    ['mcc', deltaEstimate(matthews, matrix)],
    ...scoreMetrics(sums),
  ];
}

function regressionMetrics({ usable, regression }: SegmentSums): NamedEstimate[] {
  const [error, absolute, error2, error4, truth, truth2, truth3, truth4, crossed, crossed2] =
    regression.map(numberOf) as [number, ...number[]];
  const sums = {
    n: usable,
    error,
    absolute: absolute!,
    error2: error2!,
    error4: error4!,
    truth: truth!,
    truth2: truth2!,
    truth3: truth3!,
    truth4: truth4!,
    error2Truth: crossed!,
    error2Truth2: crossed2!,
  };
  return [
    ['mae', meanAbsoluteError(sums)],
    ['rmse', rootMeanSquaredError(sums)],
    ['bias', bias(sums)],
    ['r2', rSquared(sums)],
  ];
}

/** The metrics of a segment, as its kind of model has them; none without a row that can be compared. */
export function segmentMetrics(sums: SegmentSums): NamedEstimate[] {
  if (sums.usable === 0) return [];
  if (sums.kind === 'regression') return regressionMetrics(sums);
  return sums.kind === 'binary' ? binaryMetrics(sums) : classMetrics(sums);
}
