export type DriftStatus = 'ok' | 'drift' | 'insufficient_data' | 'baseline_missing' | 'learning';

/** What the tests say of one feature in one window; NaN is not known. */
export interface FeatureVerdict {
  readonly featureType: 'number' | 'category' | '';
  /** `ok` may still become `drift`, when all features of the model are looked at together. */
  readonly status: DriftStatus;
  /** The effect: reference standard deviations, signed; of shares 2 arcsin √q − 2 arcsin √p. */
  readonly score: number;
  readonly p: number;
  readonly n: number;
  readonly referenceN: number;
  /** The smallest shift of the mean, in reference standard deviations, that would have been seen. */
  readonly detectableEffect: number;
  /** In words: `mean up 0.31 sd`; empty where nothing can be said. */
  readonly direction: string;
  readonly psi: number;
  readonly js: number;
  readonly ks: number;
  readonly wasserstein: number;
  readonly baseline: string;
  /** The test that gave `p`, `score` and `direction`. */
  readonly rule: string;
  /** P-values of tests that gather evidence over time, each by itself. */
  readonly streams: readonly number[];
  /** So large that it pages by itself. */
  readonly gross: boolean;
  readonly mayPage: boolean;
}

/** A feature that nothing can be said of. */
export const noVerdict = (status: 'baseline_missing', n: number): FeatureVerdict => ({
  featureType: '',
  status,
  score: NaN,
  p: NaN,
  n,
  referenceN: 0,
  detectableEffect: NaN,
  direction: '',
  psi: NaN,
  js: NaN,
  ks: NaN,
  wasserstein: NaN,
  baseline: '',
  rule: '',
  streams: [],
  gross: false,
  mayPage: false,
});
