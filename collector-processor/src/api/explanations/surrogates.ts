import {
  fitSurrogate,
  type LoggedPrediction,
  type SurrogateResult,
} from '../../stats/surrogate/surrogate';
import { type ModelKey, OF_VERSION } from '../modelKey';
import { featuresOf, type StoredInference } from '../predictions/inference';
import { readRows, type Reading } from '../readRows';

export interface FittedOn {
  readonly result: SurrogateResult;
  /** Unix milliseconds. */
  readonly fittedAtMs: number;
}

export interface Surrogates {
  /** The surrogate of a version, fitted on its newest predictions; rejects when the store does not answer. */
  of(key: ModelKey, context: Reading): Promise<FittedOn>;
}

/** Predictions that a surrogate is fitted on: a fit then takes some tenths of a second. */
const ROWS = 6000;
const USABLE_MS = 600_000;
const MOST_KEPT = 100;

/** Log-odds are additive for the score of a class, values for a regression. */
const outputOf = ({
  score,
  prediction_value,
}: Pick<StoredInference, 'score' | 'prediction_value'>): number => score ?? prediction_value ?? NaN;

type Row = Pick<
  StoredInference,
  'score' | 'prediction_value' | 'feature_numbers' | 'feature_texts'
>;

/** The newest predictions of a version with their features. */
export async function readLogged(key: ModelKey, context: Reading): Promise<LoggedPrediction[]> {
  const { environment, model, version } = key;
  const rows = await readRows<Row>(
    context,
    `SELECT score, prediction_value, feature_numbers, feature_texts
FROM (
  SELECT time, inference_id, score, prediction_value, feature_numbers, feature_texts
  FROM ml_inferences
  WHERE ${OF_VERSION} AND rollup = 0 AND clock_skew = 0
    AND (isNotNull(score) OR isNotNull(prediction_value))
    AND (notEmpty(feature_numbers) OR notEmpty(feature_texts))
  ORDER BY time DESC
  LIMIT ${ROWS}
)
LIMIT 1 BY inference_id`,
    { environment, model, version },
  );
  return rows.map((row) => ({ features: featuresOf(row), output: outputOf(row) }));
}

/** Keeps the surrogates that were asked for last; each is fitted again after ten minutes. */
export function createSurrogates(clock: () => number): Surrogates {
  const kept = new Map<string, Promise<FittedOn>>();
  const agesMs = new Map<string, number>();
  const fit = async (key: ModelKey, context: Reading): Promise<FittedOn> => {
    // Not ended with the one who asked first: others wait for it too.
    const { store, caller } = context;
    const logged = await readLogged(key, { store, caller });
    return { result: fitSurrogate(logged), fittedAtMs: clock() };
  };
  return {
    async of(key, context) {
      const name = JSON.stringify([context.caller.tenant, key.environment, key.model, key.version]);
      const known = kept.get(name);
      if (known !== undefined && clock() - agesMs.get(name)! < USABLE_MS) return known;
      const fitting = fit(key, context);
      kept.delete(name);
      kept.set(name, fitting);
      agesMs.set(name, clock());
      if (kept.size > MOST_KEPT) {
        const oldest = kept.keys().next().value!;
        kept.delete(oldest);
        agesMs.delete(oldest);
      }
      try {
        return await fitting;
      } catch (error) {
        kept.delete(name);
        throw error;
      }
    },
  };
}
