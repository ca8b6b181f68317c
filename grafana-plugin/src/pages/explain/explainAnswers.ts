/** What the API answers about predictions and explanations (docs/openapi.json). Times are ISO texts. */
type Value = number | string | null;

export interface ReferenceBin {
  readonly low: number | null;
  readonly high: number | null;
  readonly label: string;
  readonly share: number;
}

export interface FeatureValue {
  readonly feature: string;
  readonly value: Exclude<Value, null>;
  readonly reference: {
    readonly n: number;
    readonly bin: number;
    readonly share: number;
    readonly bins: readonly ReferenceBin[];
  } | null;
}

export interface NearestCase {
  readonly inference_id: string;
  readonly time: string;
  readonly prediction_label: string;
  readonly prediction_value: number | null;
  readonly score: number | null;
  readonly distance: number;
  readonly differences: readonly {
    readonly feature: string;
    readonly value: Value;
    readonly distance: number;
  }[];
}

export interface Prediction {
  readonly inference: {
    readonly inference_id: string;
    readonly time: string;
    readonly environment: string;
    readonly model: string;
    readonly version: string;
    readonly service: string;
    readonly status: string;
    readonly trace_id: string;
    readonly latency_ms: number | null;
    readonly prediction_value: number | null;
    readonly prediction_label: string;
    readonly score: number | null;
    readonly violations: readonly string[];
  };
  readonly features: readonly FeatureValue[];
  readonly features_truncated: boolean;
  readonly labels: readonly {
    readonly time: string;
    readonly value: number | null;
    readonly label: string;
    readonly source: string;
  }[];
  readonly nearest: {
    readonly status: 'found' | 'none' | 'unknown';
    readonly reason: string;
    readonly cases: readonly NearestCase[];
  };
}

export type Source = 'service' | 'surrogate' | 'none';

export interface Surrogate {
  readonly status: 'fitted' | 'refused';
  readonly reason: string;
  /** R² on predictions that it was not fitted on. */
  readonly fidelity: number | null;
  readonly scale: 'identity' | 'logit' | null;
  readonly fitted_rows: number;
  readonly held_out_rows: number;
}

export interface Explanation {
  readonly source: Source;
  readonly method: string;
  readonly surrogate: Surrogate | null;
  readonly base_value: number | null;
  readonly explained: number | null;
  readonly contributions: readonly {
    readonly feature: string;
    readonly value: Value;
    readonly contribution: number;
  }[];
}

export interface ImportancePoint {
  readonly time: string;
  readonly feature: string;
  readonly importance: number;
  readonly mean: number;
  readonly n: number;
}

export interface Importance {
  readonly source: Source;
  readonly surrogate: Surrogate | null;
  readonly step_s: number;
  readonly importance: readonly ImportancePoint[];
}
