import { createRandom } from '../random';
import { fitAdditive } from './fitAdditive';
import { createSurrogateBins, type FeatureValue } from './featureBins';

/** A logged prediction: its features and what the model answered. */
export interface LoggedPrediction {
  readonly features: Readonly<Record<string, FeatureValue>>;
  readonly output: number;
}

/** Probabilities are explained as log-odds, on which effects add up; other outputs as they are. */
export type SurrogateScale = 'identity' | 'logit';

export interface Attribution {
  readonly feature: string;
  readonly contribution: number;
}

export interface Surrogate {
  readonly scale: SurrogateScale;
  readonly base: number;
  readonly features: readonly string[];
  /** R² on rows that it was not fitted on. */
  readonly fidelity: number;
  readonly fittedRows: number;
  readonly heldOutRows: number;
  /** Effects on the scale; with `base` they sum to the surrogate's own prediction. The strongest comes first. */
  explain(features: LoggedPrediction['features']): Attribution[];
}

export type SurrogateResult =
  | { readonly status: 'fitted'; readonly surrogate: Surrogate }
  | { readonly status: 'refused'; readonly reason: string; readonly fidelity: number | null };

export const LEAST_FIDELITY = 0.9;
export const LEAST_ROWS = 500;
const MOST_FEATURES = 64;
const HELD_OUT = 0.25;
const BINS = 32;
const RIDGE = 1;
const MAX_ROUNDS = 50;
/** Keeps the log-odds of a certain prediction finite. */
const CERTAIN = 1e-6;
const SEED = 20_261_121;

const refused = (reason: string, fidelity: number | null = null): SurrogateResult => ({
  status: 'refused',
  reason,
  fidelity,
});

/** An output on the scale of the effects. */
export const onScale = (output: number, scale: SurrogateScale): number => {
  if (scale === 'identity') return output;
  const p = Math.min(1 - CERTAIN, Math.max(CERTAIN, output));
  return Math.log(p / (1 - p));
};

const scaleOf = (rows: readonly LoggedPrediction[]): SurrogateScale =>
  rows.every(({ output }) => output >= 0 && output <= 1) ? 'logit' : 'identity';

/** The features that most rows have, and how many there are. */
function featuresOf(rows: readonly LoggedPrediction[]): string[] {
  const counts = new Map<string, number>();
  for (const { features } of rows) {
    for (const name of Object.keys(features)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, MOST_FEATURES)
    .map(([name]) => name);
}

function split(rows: readonly LoggedPrediction[]): [LoggedPrediction[], LoggedPrediction[]] {
  const { uniform } = createRandom(SEED);
  const [fitted, held]: [LoggedPrediction[], LoggedPrediction[]] = [[], []];
  for (const row of rows) (uniform() < HELD_OUT ? held : fitted).push(row);
  return [fitted, held];
}

type Predict = (features: LoggedPrediction['features']) => readonly number[];

function fitRows(
  fitted: readonly LoggedPrediction[],
  names: readonly string[],
  scale: SurrogateScale,
) {
  const bins = names.map((name) =>
    createSurrogateBins(
      fitted.map(({ features }) => features[name]),
      BINS,
    ),
  );
  const { base, effects } = fitAdditive(
    names.map((name, at) =>
      Uint8Array.from(fitted, ({ features }) => bins[at]!.binOf(features[name])),
    ),
    Float64Array.from(fitted, ({ output }) => onScale(output, scale)),
    { binCounts: bins.map(({ count }) => count), ridge: RIDGE, maxRounds: MAX_ROUNDS },
  );
  const contributions: Predict = (features) =>
    names.map((name, at) => effects[at]![bins[at]!.binOf(features[name])]!);
  return { base, contributions };
}

/** Share of the variance that is explained; NaN where there is none. */
function rSquared(
  rows: readonly LoggedPrediction[],
  scale: SurrogateScale,
  { base, contributions }: ReturnType<typeof fitRows>,
): number {
  const targets = rows.map(({ output }) => onScale(output, scale));
  const mean = targets.reduce((sum, value) => sum + value, 0) / targets.length;
  let [left, all] = [0, 0];
  for (const [at, { features }] of rows.entries()) {
    const predicted = contributions(features).reduce((sum, value) => sum + value, base);
    left += (targets[at]! - predicted) ** 2;
    all += (targets[at]! - mean) ** 2;
  }
  return all > 0 ? 1 - left / all : NaN;
}

/**
 * A simple model that answers as the logged one did, to explain what services sent no attributions for. Refused with fewer than
 * 500 rows, without features or variation, and where it explains less than 90% of the variance of rows that it has not seen: then
 * its effects would be those of another model.
 */
export function fitSurrogate(logged: readonly LoggedPrediction[]): SurrogateResult {
  const rows = logged.filter(({ output }) => Number.isFinite(output));
  if (rows.length < LEAST_ROWS) {
    return refused(
      `${rows.length} predictions with an output are stored, ${LEAST_ROWS} are needed`,
    );
  }
  const names = featuresOf(rows);
  if (names.length === 0) return refused('the stored predictions have no features');
  const scale = scaleOf(rows);
  const [fitted, held] = split(rows);
  const fit = fitRows(fitted, names, scale);
  const fidelity = rSquared(held, scale, fit);
  if (Number.isNaN(fidelity)) return refused('all stored predictions are the same');
  if (fidelity < LEAST_FIDELITY) {
    return refused(
      `the sum of one effect per feature explains ${(100 * Math.max(0, fidelity)).toFixed(0)}% of the model's variance on held-out predictions, ${100 * LEAST_FIDELITY}% are needed`,
      fidelity,
    );
  }
  return {
    status: 'fitted',
    surrogate: {
      ...{ scale, base: fit.base, features: names, fidelity },
      fittedRows: fitted.length,
      heldOutRows: held.length,
      explain: (features) =>
        fit
          .contributions(features)
          .map((contribution, at) => ({ feature: names[at]!, contribution }))
          .toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)),
    },
  };
}
