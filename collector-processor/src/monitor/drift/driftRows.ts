import type { ModelVersion } from './driftUnit';
import type { ModelDecision } from './evaluateModel';
import type { DriftStatus } from './verdict';

/** What is the same for all rows of an hour of a segment. */
export interface RowPlace {
  readonly unit: ModelVersion;
  readonly segment: string;
  readonly timeMs: number;
  readonly windowMinutes: number;
  /** A UInt128 as text. */
  readonly driftVersion: string;
}

/** JSON has neither NaN nor infinities, and unknown numbers are NULL. */
const known = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** The rows of `ml_drift` for a decision: one per feature, and one for the model. */
export function driftRows(place: RowPlace, decision: ModelDecision): object[] {
  const rows = decision.features.map(
    ({ feature, verdict, status, q, streams, evidence, page }) => ({
      ...placeColumns(place),
      feature,
      feature_type: verdict.featureType,
      status,
      score: known(verdict.score),
      p_value: known(verdict.p),
      q_value: known(q),
      n: verdict.n,
      reference_n: verdict.referenceN,
      detectable_effect: known(verdict.detectableEffect),
      direction: verdict.direction,
      psi: known(verdict.psi),
      js: known(verdict.js),
      ks: known(verdict.ks),
      wasserstein: known(verdict.wasserstein),
      baseline: verdict.baseline,
      rule: verdict.rule,
      evidence,
      evidence_streams: streams,
      page: Number(page),
      features: 0,
      features_drifted: 0,
      features_insufficient: 0,
      top_feature: '',
    }),
  );
  return [...rows, modelRow(place, decision)];
}

const placeColumns = ({ unit, segment, timeMs, windowMinutes, driftVersion }: RowPlace) => ({
  tenant: unit.tenant,
  environment: unit.environment,
  model: unit.model,
  version: unit.version,
  segment,
  // Without a point, a number would be taken as ticks.
  time: (timeMs / 1000).toFixed(3),
  window_minutes: windowMinutes,
  drift_version: driftVersion,
});

function modelRow(place: RowPlace, { features, status, evidence, page, top }: ModelDecision) {
  const having = (wanted: DriftStatus): number =>
    features.filter((one) => one.status === wanted).length;
  return {
    ...placeColumns(place),
    feature: '',
    feature_type: '',
    status,
    score: known(top?.verdict.score ?? NaN),
    p_value: known(top?.verdict.p ?? NaN),
    q_value: known(top?.q ?? NaN),
    n: Math.max(0, ...features.map(({ verdict }) => verdict.n)),
    reference_n: Math.max(0, ...features.map(({ verdict }) => verdict.referenceN)),
    detectable_effect: null,
    direction: top?.verdict.direction ?? '',
    psi: null,
    js: null,
    ks: null,
    wasserstein: null,
    baseline: top?.verdict.baseline ?? '',
    rule: top?.verdict.rule ?? '',
    evidence,
    evidence_streams: [],
    page: Number(page),
    features: features.length,
    features_drifted: having('drift'),
    features_insufficient: having('insufficient_data'),
    top_feature: top?.feature ?? '',
  };
}
