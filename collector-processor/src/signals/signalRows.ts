import type { ModelIdentity } from '../core/spanSignal';

/** The newest hour of a model or, where `feature` is not empty, of one of its features; NULL is not known. */
export interface DriftSignal extends ModelIdentity {
  readonly feature: string;
  readonly status: string;
  readonly score: number | null;
  readonly pValue: number | null;
  readonly qValue: number | null;
  readonly baseline: string;
}

/** The newest hour of a check; with `check` empty that of the whole model. */
export interface QualitySignal extends ModelIdentity {
  readonly feature: string;
  readonly check: string;
  readonly status: string;
  readonly violations: number;
  readonly rate: number | null;
}

/** The newest hour of a metric of a segment; segment '' is all traffic. */
export interface PerformanceSignal extends ModelIdentity {
  readonly segment: string;
  readonly metric: string;
  readonly status: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Rows that were read, and how many there are. */
export interface Read<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
}

export interface SignalRows {
  /** Models first, then their features. */
  readonly drift: Read<DriftSignal>;
  readonly quality: Read<QualitySignal>;
  readonly performance: Read<PerformanceSignal>;
}
