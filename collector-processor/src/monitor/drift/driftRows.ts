import type { ModelVersion } from './driftUnit';
import type { ModelDecision } from './evaluateModel';
import type { DriftStatus, FeatureVerdict } from './verdict';

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
const known = (value = NaN): number | null => (Number.isFinite(value) ? value : null);

/** What a row tells beside its place: of a feature, or of the model as a whole. */
interface Told {
  readonly feature: string;
  readonly status: DriftStatus;
  /** Of the feature that the row is about, or that the model is told by. */
  readonly verdict: FeatureVerdict | undefined;
  readonly q: number;
  readonly evidence: number;
  readonly streams: readonly number[];
  readonly page: boolean;
}

/** The rows of `ml_drift` for a decision: one per feature, and one for the model. */
export function driftRows(place: RowPlace, decision: ModelDecision): object[] {
  // Without a point, a number would be taken as ticks.
  const time = (place.timeMs / 1000).toFixed(3);
  const rows: object[] = decision.features.map((one) => rowOf(place, time, one));
  rows.push(modelRow(place, time, decision));
  return rows;
}

/** One literal for all columns: rows are made by the thousand, and objects put together of parts cost ten times as much. */
function rowOf(place: RowPlace, time: string, told: Told) {
  const { unit } = place;
  const { verdict } = told;
  const isFeature = told.feature !== '';
  return {
    tenant: unit.tenant,
    environment: unit.environment,
    model: unit.model,
    version: unit.version,
    segment: place.segment,
    time,
    window_minutes: place.windowMinutes,
    drift_version: place.driftVersion,
    feature: told.feature,
    feature_type: isFeature ? (verdict?.featureType ?? '') : '',
    status: told.status,
    score: known(verdict?.score),
    p_value: known(verdict?.p),
    q_value: known(told.q),
    n: verdict?.n ?? 0,
    reference_n: verdict?.referenceN ?? 0,
    detectable_effect: isFeature ? known(verdict?.detectableEffect) : null,
    direction: verdict?.direction ?? '',
    psi: isFeature ? known(verdict?.psi) : null,
    js: isFeature ? known(verdict?.js) : null,
    ks: isFeature ? known(verdict?.ks) : null,
    wasserstein: isFeature ? known(verdict?.wasserstein) : null,
    baseline: verdict?.baseline ?? '',
    rule: verdict?.rule ?? '',
    evidence: told.evidence,
    evidence_streams: told.streams,
    page: told.page ? 1 : 0,
    features: 0,
    features_drifted: 0,
    features_insufficient: 0,
    top_feature: '',
  };
}

function modelRow(place: RowPlace, time: string, decision: ModelDecision) {
  const { features, status, evidence, page, top } = decision;
  const having = (wanted: DriftStatus): number =>
    features.filter((one) => one.status === wanted).length;
  const row = rowOf(place, time, {
    ...{
      feature: '',
      status,
      verdict: top?.verdict,
      q: top?.q ?? NaN,
      evidence,
      streams: [],
      page,
    },
  });
  row.n = features.reduce((most, { verdict }) => Math.max(most, verdict.n), 0);
  row.reference_n = features.reduce((most, { verdict }) => Math.max(most, verdict.referenceN), 0);
  row.features = features.length;
  row.features_drifted = having('drift');
  row.features_insufficient = having('insufficient_data');
  row.top_feature = top?.feature ?? '';
  return row;
}
