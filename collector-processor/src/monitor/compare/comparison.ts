import type { BinText } from '@plumbline/schemas';

/** Rows of a time, Unix milliseconds. */
export interface RangeSide {
  readonly fromMs: number;
  readonly toMs: number;
  /** `*` is all versions. */
  readonly version: string;
  /** `key=value`; '' is all traffic. */
  readonly segment: string;
}

/** What a baseline counted, by its id. */
export interface BaselineSide {
  readonly baseline: string;
  readonly version: string;
  readonly segment: string;
}

export interface ComparisonRequest {
  readonly tenant: string;
  readonly environment: string;
  readonly model: string;
  readonly reference: RangeSide | BaselineSide;
  readonly current: RangeSide;
  /** Empty: all. */
  readonly features: readonly string[];
}

export interface BinShares extends BinText {
  /** NaN when that side is empty. */
  readonly referenceShare: number;
  readonly share: number;
}

/** How far the current rows of a feature are from the reference; NaN is not known. */
export interface ComparedFeature {
  readonly feature: string;
  readonly kind: 'number' | 'category';
  readonly effect: number;
  readonly direction: string;
  /** The test that gave `p`: bridge, chi_square or missing_share. */
  readonly rule: string;
  readonly p: number;
  /** Over all features compared. */
  readonly q: number;
  /** The smallest effect that so many rows would have shown. */
  readonly detectableEffect: number;
  readonly n: number;
  readonly referenceN: number;
  readonly psi: number;
  readonly js: number;
  readonly ks: number;
  readonly wasserstein: number;
  readonly bins: readonly BinShares[];
}
