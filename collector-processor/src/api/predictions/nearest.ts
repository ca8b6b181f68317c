import { z } from 'zod';
import { OF_VERSION } from '../modelKey';
import { readRows, type Reading } from '../readRows';
import { featuresOf, type StoredInference } from './inference';
import type { FeatureReference } from './reference';

const DAYS = 7;
const CASES = 5;
/** Rows of that outcome whose features are compared. */
const COMPARED = 2000;
/** Rows that are looked through for such an outcome. */
const SEARCHED = 2_000_000;
const MOST_FEATURES = 100;
/** A difference of this many standard deviations of the reference is as different as can be. */
const FARTHEST_SD = 4;

export const nearest = z.object({
  status: z.enum(['found', 'none', 'unknown']),
  reason: z.string().meta({ description: 'what was searched, or why nothing was' }),
  cases: z.array(
    z.object({
      ...{ inference_id: z.string(), time: z.iso.datetime(), trace_id: z.string() },
      ...{ prediction_label: z.string(), prediction_value: z.number().nullable() },
      score: z.number().nullable(),
      distance: z.number().meta({ description: "Gower's distance over the features, 0 to 1" }),
      differences: z.array(
        z.object({
          feature: z.string(),
          value: z.union([z.number(), z.string()]).nullable(),
          distance: z.number(),
        }),
      ),
    }),
  ),
});
type Nearest = z.output<typeof nearest>;

/** A condition on rows that were answered differently, with its parameters, and how it is told; undefined: there is none. */
function otherOutcome(
  row: StoredInference,
  references: ReadonlyMap<string, FeatureReference>,
): { where: string; told: string; params: Record<string, unknown> } | undefined {
  if (row.prediction_label !== '') {
    const where = "prediction_label NOT IN ('', {own: String})";
    return {
      where,
      told: `other than ${row.prediction_label}`,
      params: { own: row.prediction_label },
    };
  }
  const [column, own] =
    row.prediction_value === null
      ? (['score', row.score] as const)
      : (['prediction_value', row.prediction_value] as const);
  if (own === null) return undefined;
  if (row.model_type === 'binary') {
    const side = own >= 0.5 ? '< 0.5' : '>= 0.5';
    return { where: `${column} ${side}`, told: side, params: {} };
  }
  const sd = references.get(column === 'score' ? '@score' : '@prediction')?.sd ?? null;
  if (sd === null) return undefined;
  const where = `abs(${column} - {own: Float64}) >= {sd: Float64}`;
  return { where, told: `at least ${sd.toPrecision(3)} away`, params: { own, sd } };
}

type Candidate = Omit<Nearest['cases'][number], 'differences'> &
  Pick<StoredInference, 'feature_numbers' | 'feature_texts'>;

/** How far two values of a feature are apart, 0 to 1; the same formula as in the SQL below. */
const apart = (own: number | string, other: number | string | undefined, scale: number): number => {
  if (other === undefined) return 1;
  if (typeof own === 'number' && typeof other === 'number') {
    return Math.min(1, Math.abs(own - other) / scale);
  }
  return own === other ? 0 : 1;
};

/** Features that differ, most first. */
function differences(
  own: Readonly<Record<string, number | string>>,
  candidate: Candidate,
  scaleOf: (name: string) => number,
): Nearest['cases'][number]['differences'] {
  const others = featuresOf(candidate);
  return Object.entries(own)
    .map(([feature, value]) => ({
      feature,
      value: others[feature] ?? null,
      distance: apart(value, others[feature], scaleOf(feature)),
    }))
    .filter(({ distance }) => distance > 0)
    .toSorted((a, b) => b.distance - a.distance)
    .slice(0, 10);
}

const candidates = (where: string): string => `${OF_VERSION} AND rollup = 0
  AND time > parseDateTime64BestEffort({time: String}, 3) - INTERVAL ${DAYS} DAY
  AND time < parseDateTime64BestEffort({time: String}, 3) + INTERVAL ${DAYS} DAY
  AND ${where}`;

/**
 * How far numbers are apart: 1 for each that a candidate lacks, less for those that it has. A lambda that looked into the map of
 * its row would copy that map for each feature, so that it looks up the own values instead, which are the same for all rows.
 */
const NUMBERS_APART = `length({numbers: Array(String)}) + arraySum(arrayMap((name, value) -> if(
    transform(toString(name), {numbers: Array(String)}, {scales: Array(Float64)}, 0.) = 0, 0.,
    least(1., abs(value - transform(toString(name), {numbers: Array(String)}, {values: Array(Float64)}, 0.))
      / transform(toString(name), {numbers: Array(String)}, {scales: Array(Float64)}, 1.)) - 1.),
  mapKeys(feature_numbers), mapValues(feature_numbers)))`;

/** How far texts are apart: 1 for each that is another one. Positions are from 1. */
const textApart = (position: number): string =>
  `toFloat64(feature_texts[{texts: Array(String)}[${position}]] != {words: Array(String)}[${position}])`;

interface Compared {
  readonly where: string;
  readonly numbers: number;
  readonly texts: number;
}

const SQL = ({
  where,
  numbers,
  texts,
}: Compared): string => `SELECT inference_id, time, trace_id, prediction_label, prediction_value, score,
  feature_numbers, feature_texts,
  (${[
    ...(numbers === 0 ? [] : [NUMBERS_APART]),
    ...Array.from({ length: texts }, (_, index) => textApart(index + 1)),
  ].join('\n    + ')}) / {count: UInt32} AS distance
FROM ml_inferences
WHERE ${candidates(where)}
  AND inference_id != {id: String}
  -- Features are by far the widest columns: only where the newest candidates are, which the narrow ones tell. Ids are wide too.
  AND time >= (SELECT min(time) FROM (SELECT time FROM ml_inferences WHERE ${candidates(where)} ORDER BY time DESC LIMIT ${COMPARED}))
ORDER BY distance, time DESC
LIMIT 1 BY inference_id
LIMIT ${CASES}
SETTINGS max_rows_to_read = ${SEARCHED}, read_overflow_mode = 'break', max_threads = 2`;

/**
 * The most similar stored predictions of the same version that were answered differently, by Gower's distance (J. C. Gower,
 * Biometrics 27, 1971) with numbers scaled by the reference instead of by their range, which one outlier would decide.
 */
export async function readNearest(
  row: StoredInference,
  references: ReadonlyMap<string, FeatureReference>,
  context: Reading,
): Promise<Nearest> {
  const own = Object.fromEntries(Object.entries(featuresOf(row)).slice(0, MOST_FEATURES));
  const count = Object.keys(own).length;
  const unknown = (reason: string): Nearest => ({ status: 'unknown', reason, cases: [] });
  if (count === 0) return unknown('the prediction has no features');
  const other = otherOutcome(row, references);
  if (other === undefined)
    return unknown(
      'what another outcome would be is not known: no label, and no baseline of the prediction',
    );
  const scaleOf = (name: string): number => FARTHEST_SD * (references.get(name)?.sd ?? 0.25);
  const numbers = Object.entries(own).filter(([, value]) => typeof value === 'number');
  const texts = Object.entries(own).filter(([, value]) => typeof value === 'string');
  const { environment, model, version, inference_id: id, time } = row;
  const compared = { where: other.where, numbers: numbers.length, texts: texts.length };
  const rows = await readRows<Candidate>(context, SQL(compared), {
    ...{ environment, model, version, id, time, count },
    numbers: numbers.map(([name]) => name),
    values: numbers.map(([, value]) => value),
    scales: numbers.map(([name]) => scaleOf(name)),
    texts: texts.map(([name]) => name),
    words: texts.map(([, value]) => value),
    ...other.params,
  });
  const cases = rows.map(({ feature_numbers, feature_texts, ...rest }) => ({
    ...rest,
    differences: differences(own, { ...rest, feature_numbers, feature_texts }, scaleOf),
  }));
  const searched = `the newest ${COMPARED} predictions ${other.told} within ${DAYS} days of it`;
  return { status: cases.length > 0 ? 'found' : 'none', reason: searched, cases };
}
