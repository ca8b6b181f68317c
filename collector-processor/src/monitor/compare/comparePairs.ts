import { type MomentShift, type MomentSums, momentShift, pairIndex } from '../../stats/moments';
import { segmentIs } from '../baselines/baselineRequest';
import { COUNTED } from '../features/featureValues';
import { quoteText, quoteTexts } from '../quoteText';
import { isTooMuch, type Statements } from '../statements';
import { inRange } from '../timeText';
import type { ComparisonRequest, RangeSide } from './comparison';

export type PairComparison =
  | {
      readonly status: 'compared';
      readonly shift: MomentShift;
      readonly features: readonly string[];
      readonly n: number;
      readonly referenceN: number;
      /** Of the two features of a pair; NaN for a single one. */
      readonly correlation: number;
      readonly referenceCorrelation: number;
    }
  | { readonly status: 'refused'; readonly reason: string };

/** d features have d (d + 3) / 2 moments: all of this many are looked at for each row. */
export const MAX_PAIRED = 20;
const ROWS = 5_000;
const LEAST_ROWS = 100;

/** Rows that have all of the features, evenly sampled by id. */
const sample = (
  { tenant, environment, model }: ComparisonRequest,
  side: RangeSide,
  features: readonly string[],
): string => {
  const rows = `tenant = ${quoteText(tenant)} AND environment = ${quoteText(environment)} AND model = ${quoteText(model)}${side.version === '*' ? '' : ` AND version = ${quoteText(side.version)}`}
  AND ${inRange(side)} AND ${COUNTED}${segmentIs(side.segment)}`;
  return `SELECT arrayMap(name -> feature_numbers[name], ${`[${quoteTexts(features).slice(1, -1)}]`}) AS row
FROM ml_inferences
WHERE ${rows} AND ${features.map((name) => `isFinite(feature_numbers[${quoteText(name)}]) AND mapContains(feature_numbers, ${quoteText(name)})`).join(' AND ')}
  AND cityHash64(inference_id) % greatest(1, intDiv((SELECT count() FROM ml_inferences WHERE ${rows}), ${ROWS})) = 0
LIMIT 1 BY inference_id
LIMIT ${2 * ROWS}`;
};

/** Sums of rows in units of the reference: mean 0, standard deviation 1. */
function sumsOf(
  rows: readonly (readonly number[])[],
  scale: readonly { readonly mean: number; readonly sd: number }[],
): MomentSums {
  const count = scale.length;
  const sums = new Array<number>(count).fill(0);
  const squares = new Array<number>(count).fill(0);
  const products = new Array<number>((count * (count - 1)) / 2).fill(0);
  const productSquares = [...products];
  for (const row of rows) {
    const z = row.map((value, i) => (value - scale[i]!.mean) / scale[i]!.sd);
    for (let i = 0; i < count; i++) {
      sums[i]! += z[i]!;
      squares[i]! += z[i]! ** 2;
      for (let j = i + 1; j < count; j++) {
        const product = z[i]! * z[j]!;
        products[pairIndex(i, j, count)]! += product;
        productSquares[pairIndex(i, j, count)]! += product ** 2;
      }
    }
  }
  return { n: rows.length, sums, squares, products, productSquares };
}

function correlationOf({ n, sums, squares, products }: MomentSums, i: number, j: number): number {
  const [a, b] = [sums[i]! / n, sums[j]! / n];
  const spread = Math.sqrt((squares[i]! / n - a * a) * (squares[j]! / n - b * b));
  return (products[pairIndex(i, j, sums.length)]! / n - a * b) / spread;
}

/**
 * Which mean, or which product of two features, moved most between rows of two ranges: a pair whose correlation broke is
 * seen though each of the two looks as before. Rows are taken as independent of each other.
 */
export async function comparePairs(
  statements: Statements,
  request: ComparisonRequest,
  named: readonly string[],
): Promise<PairComparison> {
  const { reference, current } = request;
  if ('baseline' in reference) {
    return { status: 'refused', reason: 'a baseline has no rows: name a range as reference' };
  }
  const features = named.slice(0, MAX_PAIRED);
  if (features.length < 2) return { status: 'refused', reason: 'fewer than two numeric features' };
  let before: readonly number[][];
  let now: readonly number[][];
  try {
    const read = async (side: RangeSide): Promise<number[][]> =>
      (await statements.read<{ row: number[] }>(sample(request, side, features))).map(
        ({ row }) => row,
      );
    before = await read(reference);
    now = await read(current);
  } catch (error) {
    if (isTooMuch(error)) return { status: 'refused', reason: 'the ranges have too many rows' };
    throw error;
  }
  if (Math.min(before.length, now.length) < LEAST_ROWS) {
    const reason = `${before.length} and ${now.length} rows with all of these features, ${LEAST_ROWS} are needed`;
    return { status: 'refused', reason };
  }
  return pairsOf(features, before, now);
}

function pairsOf(
  all: readonly string[],
  before: readonly (readonly number[])[],
  now: readonly (readonly number[])[],
): PairComparison {
  const scales = all.map((_, i) => {
    const mean = before.reduce((sum, row) => sum + row[i]!, 0) / before.length;
    const square = before.reduce((sum, row) => sum + (row[i]! - mean) ** 2, 0) / before.length;
    return { mean, sd: Math.sqrt(square) };
  });
  // A constant has no correlation with anything.
  const kept = all.map((_, i) => i).filter((i) => scales[i]!.sd > 0);
  if (kept.length < 2) return { status: 'refused', reason: 'fewer than two features vary' };
  const pick = <T>(list: readonly T[]): T[] => kept.map((i) => list[i]!);
  const [first, second] = [before, now].map((rows) => sumsOf(rows.map(pick), pick(scales))) as [
    MomentSums,
    MomentSums,
  ];
  const shift = momentShift(first, second)!;
  const [i, j] = shift.features;
  const pair = (sums: MomentSums): number => (j === undefined ? NaN : correlationOf(sums, i!, j));
  const names = pick(all);
  return {
    status: 'compared',
    shift,
    features: shift.features.map((index) => names[index]!),
    n: second.n,
    referenceN: first.n,
    correlation: pair(second),
    referenceCorrelation: pair(first),
  };
}
