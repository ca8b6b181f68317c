import { z } from 'zod';
import { readRows, type Reading } from '../readRows';

const time = z.iso.datetime();
const number = z.number().nullable();

/** A prediction or model call as it is stored. */
export const inference = z.object({
  ...{ inference_id: z.string(), time, received_at: time },
  ...{ environment: z.string(), model: z.string(), version: z.string(), model_type: z.string() },
  ...{ trace_id: z.string(), span_id: z.string(), parent_span_id: z.string() },
  ...{ service: z.string(), team: z.string(), route: z.string(), operation: z.string() },
  ...{ provider: z.string(), data_source: z.string(), status: z.string(), error_type: z.string() },
  ...{ latency_ms: number, prediction_value: number, prediction_label: z.string(), score: number },
  probabilities: z.record(z.string(), z.number()),
  segments: z.record(z.string(), z.string()),
  tokens: z.record(z.string(), z.number()),
  ...{ cost: number, currency: z.string(), cost_status: z.string() },
  ...{ finish_reason: z.string(), response_id: z.string() },
  rollup: z.int().meta({ description: '1: it contains other calls and counts in no sum' }),
  violations: z.array(z.string()),
});

export interface StoredInference extends z.output<typeof inference> {
  readonly feature_numbers: Readonly<Record<string, number | null>>;
  readonly feature_texts: Readonly<Record<string, string>>;
}

/** Columns with a type that JSON would not carry as it is. */
const CAST: Readonly<Record<string, string>> = { cost: 'toFloat64(cost) AS cost' };
const COLUMNS = [...Object.keys(inference.shape), 'feature_numbers', 'feature_texts'].map(
  (name) => CAST[name] ?? name,
);

/**
 * The newest row of an id; undefined: it is not stored. Of copies of a row the one with the highest version counts, which FINAL
 * would choose too, at the cost of reading whole keys.
 */
export async function readInference(
  id: string,
  context: Reading,
): Promise<StoredInference | undefined> {
  const [row] = await readRows<StoredInference>(
    context,
    `SELECT ${COLUMNS.join(', ')}
FROM ml_inferences
WHERE tenant = {tenant: String} AND inference_id = {id: String}
ORDER BY row_version DESC, written_at DESC, received_at DESC
LIMIT 1`,
    { id },
  );
  return row;
}

/** The features of a row by name, numbers that JSON cannot carry left out. */
export const featuresOf = ({
  feature_numbers,
  feature_texts,
}: Pick<StoredInference, 'feature_numbers' | 'feature_texts'>): Record<
  string,
  number | string
> => ({
  ...feature_texts,
  ...Object.fromEntries(
    Object.entries(feature_numbers).flatMap(([name, value]) =>
      value === null ? [] : [[name, value]],
    ),
  ),
});
