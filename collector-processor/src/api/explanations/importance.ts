import { type ModelKey, OF_VERSION } from '../modelKey';
import { readRows, type Reading } from '../readRows';
import type { Surrogate } from '../../stats/surrogate/surrogate';
import { featuresOf, type StoredInference } from '../predictions/inference';

/** How much a feature decides in a time, on average. */
export interface Importance {
  /** Start of the time, ISO. */
  readonly time: string;
  readonly feature: string;
  /** Mean of the absolute contributions. */
  readonly importance: number;
  /** Mean with its sign. */
  readonly mean: number;
  readonly n: number;
}

export interface ImportanceRange {
  /** ISO texts. */
  readonly from: string;
  readonly to: string;
  readonly stepS: number;
}

const MOST_FEATURES = 50;
/** Predictions that a surrogate explains for one answer, spread over the range. */
const EXPLAINED = 5000;

const WITHIN = `${OF_VERSION} AND time >= parseDateTime64BestEffort({from: String}, 3)
  AND time < parseDateTime64BestEffort({to: String}, 3)`;
const BUCKET = 'toStartOfInterval(time, toIntervalSecond({step: UInt32}))';

const paramsOf = (
  { environment, model, version }: ModelKey,
  { from, to, stepS }: ImportanceRange,
) => ({
  ...{ environment, model, version, from, to, step: stepS },
});

const SENT = `SELECT ${BUCKET} AS bucket, feature, contribution
  FROM v_explanations
  ARRAY JOIN mapKeys(attributions) AS feature, mapValues(attributions) AS contribution
  WHERE ${WITHIN} AND isFinite(contribution)`;

/** From the attributions that services sent; the fifty features that decide most. Empty: none were sent. */
export const readSentImportance = (
  key: ModelKey,
  range: ImportanceRange,
  context: Reading,
): Promise<Importance[]> =>
  readRows<Importance>(
    context,
    `SELECT toDateTime64(bucket, 3) AS time, feature, avg(abs(contribution)) AS importance, avg(contribution) AS mean, count() AS n
FROM (${SENT})
WHERE feature IN (
  SELECT feature FROM (${SENT}) GROUP BY feature ORDER BY sum(abs(contribution)) DESC LIMIT ${MOST_FEATURES}
)
GROUP BY bucket, feature
ORDER BY time, importance DESC`,
    paramsOf(key, range),
  );

type Row = Pick<StoredInference, 'feature_numbers' | 'feature_texts'> & { readonly bucket: string };

interface Sum {
  absolute: number;
  signed: number;
  n: number;
}

/** From a surrogate, over predictions spread evenly over the range. */
export async function surrogateImportance(
  surrogate: Surrogate,
  key: ModelKey,
  range: ImportanceRange,
  context: Reading,
): Promise<Importance[]> {
  const rows = await readRows<Row>(
    context,
    `SELECT toDateTime64(${BUCKET}, 3) AS bucket, feature_numbers, feature_texts
FROM ml_inferences
WHERE ${WITHIN} AND rollup = 0 AND clock_skew = 0
ORDER BY cityHash64(inference_id)
LIMIT 1 BY inference_id
LIMIT ${EXPLAINED}`,
    paramsOf(key, range),
  );
  const sums = new Map<string, Map<string, Sum>>();
  for (const row of rows) {
    const features = sums.get(row.bucket) ?? new Map<string, Sum>();
    sums.set(row.bucket, features);
    for (const { feature, contribution } of surrogate.explain(featuresOf(row))) {
      const sum = features.get(feature) ?? { absolute: 0, signed: 0, n: 0 };
      sum.absolute += Math.abs(contribution);
      sum.signed += contribution;
      sum.n += 1;
      features.set(feature, sum);
    }
  }
  return [...sums]
    .flatMap(([time, features]) =>
      [...features].map(([feature, { absolute, signed, n }]) => ({
        ...{ time, feature, n },
        importance: absolute / n,
        mean: signed / n,
      })),
    )
    .toSorted((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : b.importance - a.importance));
}
