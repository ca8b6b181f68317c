/** What a feature must be like; a check that is undefined is not made. */
export interface FeatureContract {
  readonly feature: string;
  readonly required: boolean;
  readonly type: FeatureType | undefined;
  /** Inclusive. */
  readonly min: number | undefined;
  readonly max: number | undefined;
  /** Numbers as their shortest text. */
  readonly allowed: readonly string[] | undefined;
  readonly pattern: string | undefined;
  /** Share of rows that may break it before its window does. */
  readonly tolerance: number;
}

export const FEATURE_TYPES = ['number', 'integer', 'text', 'boolean'] as const;
export type FeatureType = (typeof FEATURE_TYPES)[number];

/** What a model's rows must be like. Identity that is undefined is any. */
export interface ModelContract {
  readonly model: string;
  readonly tenant: string | undefined;
  readonly environment: string | undefined;
  readonly version: string | undefined;
  /** Longest time without a row, milliseconds. */
  readonly freshnessMs: number | undefined;
  readonly features: readonly FeatureContract[];
}
