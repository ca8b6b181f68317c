import { benjaminiHochberg } from '../../stats/benjaminiHochberg';
import { eCusumStep } from '../../stats/eCusum';
import type { DriftSettings } from './driftSettings';
import type { DriftStatus, FeatureVerdict } from './verdict';

/** A feature's verdict with what the windows before it left. */
export interface EvaluatedFeature {
  readonly feature: string;
  readonly verdict: FeatureVerdict;
  /** Evidence of each stream after the window before; empty at the start. */
  readonly before: readonly number[];
}

export interface FeatureDecision {
  readonly feature: string;
  readonly verdict: FeatureVerdict;
  readonly status: DriftStatus;
  readonly q: number;
  /** Evidence of each stream now, and their mean: an e-CUSUM. */
  readonly streams: readonly number[];
  readonly evidence: number;
  readonly page: boolean;
}

export interface ModelDecision {
  readonly features: readonly FeatureDecision[];
  readonly status: DriftStatus;
  /** Mean evidence of the features, and what it needs to page. */
  readonly evidence: number;
  readonly threshold: number;
  readonly page: boolean;
  /** The feature to look at first; undefined without features. */
  readonly top: FeatureDecision | undefined;
}

const YEAR_MS = 365.25 * 86_400_000;
/** Evidence is kept up to this many times its threshold, so that the end of a drift is seen soon. */
const MOST_EVIDENCE = 10;
/** No single window may say more: a page by evidence needs two at least. */
const SMALLEST_P = 1e-5;
/** A feature is part of a page if it has this share of the evidence that the page needed. */
const PART_OF_PAGE = 0.1;

/**
 * Decides a window of a model, or of one of its segments. `drift` is by Benjamini and Hochberg over the features. A page
 * needs evidence over several windows: the mean of the features' e-CUSUMs is one itself, so that it exceeds
 * `windows in a year / falseAlarmsPerModelPerYear` by chance no more often than wanted, however many features there are.
 *
 * @param units into which the model's budget of false pages is divided: its segments, whole traffic included
 */
export function evaluateModel(
  features: readonly EvaluatedFeature[],
  units: number,
  settings: DriftSettings,
): ModelDecision {
  const q = benjaminiHochberg(
    features.map(({ verdict }) => (verdict.status === 'ok' ? verdict.p : NaN)),
  );
  const threshold = (units * YEAR_MS) / settings.windowMs / settings.falseAlarmsPerModelPerYear;
  const streams = features.map((one) => gather(one, threshold * features.length));
  const evidence = streams.map(mean);
  const heard = evidence.map((value, k) => (features[k]!.verdict.mayPage ? value : 0));
  const together = mean(heard);
  const decided = features.map(({ feature, verdict }, k): FeatureDecision => {
    const drifted = q[k]! <= settings.q;
    const large = Math.abs(verdict.score) >= settings.effectFloor;
    const gathered =
      together >= threshold && heard[k]! >= PART_OF_PAGE * threshold * features.length;
    const sudden = verdict.gross && (verdict.status === 'learning' || (drifted && large));
    return {
      feature,
      verdict,
      status: drifted && large ? 'drift' : verdict.status,
      q: q[k]!,
      streams: streams[k]!,
      evidence: evidence[k]!,
      page: sudden || (gathered && large && verdict.p <= settings.q),
    };
  });
  return {
    features: decided,
    status: statusOf(decided),
    evidence: together,
    threshold,
    page: decided.some(({ page }) => page),
    top: topOf(decided),
  };
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

function gather({ verdict, before }: EvaluatedFeature, threshold: number): number[] {
  const streams = verdict.streams.length > 0 ? verdict.streams : before.map(() => NaN);
  // Each stream may hold all of what the mean needs.
  const most = MOST_EVIDENCE * threshold * streams.length;
  return streams.map((p, k) =>
    Math.min(most, eCusumStep(before[k] ?? 0, Number.isNaN(p) ? p : Math.max(p, SMALLEST_P))),
  );
}

const RANK: Readonly<Record<DriftStatus, number>> = {
  drift: 4,
  ok: 3,
  learning: 2,
  insufficient_data: 1,
  baseline_missing: 0,
};

/** What the model's best known feature is in: one that drifts, else one that could be tested, … */
const statusOf = (features: readonly FeatureDecision[]): DriftStatus =>
  features.reduce<DriftStatus>(
    (best, { status }) => (RANK[status] > RANK[best] ? status : best),
    'baseline_missing',
  );

/** Pages first, then the smallest q, then the most evidence. */
const topOf = (features: readonly FeatureDecision[]): FeatureDecision | undefined =>
  [...features].sort(
    (a, b) =>
      Number(b.page) - Number(a.page) ||
      (Number.isNaN(a.q) ? 2 : a.q) - (Number.isNaN(b.q) ? 2 : b.q) ||
      b.evidence - a.evidence ||
      Math.abs(b.verdict.score) - Math.abs(a.verdict.score),
  )[0];
