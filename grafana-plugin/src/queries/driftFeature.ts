import { numberOf, type Row, textOf } from './rowsOf';

/** What one test said of one feature in one window. */
export interface DriftEvidence {
  readonly startMs: number | null;
  readonly status: string;
  /** In reference standard deviations, signed; of shares 2 arcsin √q − 2 arcsin √p. */
  readonly score: number | null;
  readonly p: number | null;
  readonly q: number | null;
  readonly rows: number | null;
  readonly referenceRows: number | null;
  readonly detectable: number | null;
  readonly direction: string;
  readonly psi: number | null;
  readonly js: number | null;
  readonly ks: number | null;
  readonly wasserstein: number | null;
  readonly rule: string;
  readonly pages: boolean;
}

/** A feature of one version and segment with its newest window. */
export interface DriftFeature extends DriftEvidence {
  readonly key: string;
  readonly minutes: number;
  readonly version: string;
  readonly segment: string;
  readonly feature: string;
  readonly baseline: string;
}

/** Columns as `driftRankingSql` and `featureDriftSql` name them; those of `v_drift` itself do too, for panels. */
export const driftEvidenceOf = (row: Row): DriftEvidence => ({
  startMs: numberOf(row, 'start_ms'),
  status: textOf(row, 'status'),
  score: numberOf(row, 'score'),
  p: numberOf(row, 'p_value'),
  q: numberOf(row, 'q_value'),
  rows: numberOf(row, 'rows') ?? numberOf(row, 'n'),
  referenceRows: numberOf(row, 'reference_rows') ?? numberOf(row, 'reference_n'),
  detectable: numberOf(row, 'detectable_effect'),
  direction: textOf(row, 'direction'),
  psi: numberOf(row, 'psi'),
  js: numberOf(row, 'js'),
  ks: numberOf(row, 'ks'),
  wasserstein: numberOf(row, 'wasserstein'),
  rule: textOf(row, 'rule'),
  pages: (numberOf(row, 'paged') ?? numberOf(row, 'page') ?? 0) > 0,
});

export const driftFeatureOf = (row: Row): DriftFeature => {
  const version = textOf(row, 'version');
  const segment = textOf(row, 'segment');
  const feature = textOf(row, 'feature');
  return {
    ...driftEvidenceOf(row),
    ...{ version, segment, feature },
    // A feature may be called anything, so that no sign could part it from the version.
    key: JSON.stringify([version, segment, feature]),
    minutes: numberOf(row, 'minutes') ?? numberOf(row, 'window_minutes') ?? 60,
    baseline: textOf(row, 'baseline'),
  };
};

/** Numbers that tell how far a feature is from its baseline. */
export const DRIFT_MEASURES = ['score', 'psi', 'js', 'ks', 'wasserstein'] as const;

export type DriftNumber = (typeof DRIFT_MEASURES)[number];
