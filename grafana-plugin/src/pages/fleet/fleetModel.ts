import { maybeTextOf, numberOf, type Row, textOf } from '../../queries/rowsOf';

/** One model and version as the fleet shows it. NULL is not known, which is never 0. */
export interface FleetModel {
  readonly key: string;
  readonly tenant: string;
  readonly environment: string;
  readonly model: string;
  readonly version: string;
  readonly lastSeenMs: number | null;
  readonly stage: string;
  readonly owner: string;
  readonly team: string;
  readonly type: string;
  readonly provider: string;
  readonly requests: number;
  /** Share of requests that failed; null without requests. */
  readonly errorRate: number | null;
  readonly latencyP95Ms: number | null;
  readonly status: string | null;
  readonly cost: number | null;
  /** ISO 4217; '' where it is not known. */
  readonly currency: string;
  /** Share of requests whose price is known; null where nothing is to be priced. */
  readonly costCoverage: number | null;
  readonly drift: DriftFinding;
  readonly quality: QualityFinding;
  readonly performance: PerformanceFinding;
}

export interface DriftFinding {
  readonly status: string | null;
  readonly page: boolean;
  readonly features: number;
  readonly drifted: number;
  readonly topFeature: string;
  /** In standard deviations of the reference; signed. */
  readonly topScore: number | null;
  readonly direction: string;
}

export interface QualityFinding {
  readonly status: string | null;
  readonly page: boolean;
  readonly failedChecks: number;
  readonly topFeature: string;
  readonly topCheck: string;
  readonly topRate: number | null;
}

export interface PerformanceFinding {
  readonly status: string | null;
  readonly metric: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly labelCoverage: number | null;
}

/** The rows of the four statements of the fleet. A statement that failed gives none. */
export interface FleetRows {
  readonly models: readonly Row[];
  readonly currencies: readonly Row[];
  readonly drift: readonly Row[];
  readonly quality: readonly Row[];
  readonly performance: readonly Row[];
}

const NOTHING: Row = {};

const keyOf = (row: Row): string =>
  JSON.stringify(['tenant', 'environment', 'model', 'version'].map((name) => textOf(row, name)));

const byKey = (rows: readonly Row[]): ReadonlyMap<string, Row> =>
  new Map(rows.map((row) => [keyOf(row), row]));

const driftOf = (model: Row, found: Row): DriftFinding => ({
  status: maybeTextOf(model, 'drift_status') ?? maybeTextOf(found, 'status'),
  page: numberOf(found, 'page') === 1,
  features: numberOf(found, 'features') ?? 0,
  drifted: numberOf(found, 'features_drifted') ?? 0,
  topFeature: textOf(found, 'top_feature'),
  topScore: numberOf(found, 'top_score'),
  direction: textOf(found, 'direction'),
});

const qualityOf = (model: Row, found: Row): QualityFinding => ({
  status: maybeTextOf(model, 'quality_status'),
  page: numberOf(found, 'page') === 1,
  failedChecks: numberOf(found, 'failed_checks') ?? 0,
  topFeature: textOf(found, 'top_feature'),
  topCheck: textOf(found, 'top_check'),
  topRate: numberOf(found, 'top_rate'),
});

const performanceOf = (model: Row, found: Row): PerformanceFinding => ({
  status: maybeTextOf(found, 'status') ?? maybeTextOf(model, 'performance_status'),
  metric: textOf(found, 'metric'),
  value: numberOf(found, 'value'),
  low: numberOf(found, 'low'),
  high: numberOf(found, 'high'),
  labelCoverage: numberOf(found, 'label_coverage'),
});

/** Joins the statements of the fleet. */
export const fleetModelsOf = (rows: FleetRows): readonly FleetModel[] => {
  const currencies = byKey(rows.currencies);
  const drift = byKey(rows.drift);
  const quality = byKey(rows.quality);
  const performance = byKey(rows.performance);
  return rows.models.map((row) => {
    const key = keyOf(row);
    const requests = numberOf(row, 'requests_24h') ?? 0;
    const errors = numberOf(row, 'errors_24h') ?? 0;
    return {
      key,
      tenant: textOf(row, 'tenant'),
      environment: textOf(row, 'environment'),
      model: textOf(row, 'model'),
      version: textOf(row, 'version'),
      lastSeenMs: numberOf(row, 'last_seen_ms'),
      stage: textOf(row, 'stage'),
      owner: textOf(row, 'owner'),
      team: textOf(row, 'team'),
      type: textOf(row, 'model_type'),
      provider: textOf(row, 'provider'),
      requests,
      errorRate: requests > 0 ? errors / requests : null,
      latencyP95Ms: numberOf(row, 'latency_p95_ms'),
      status: maybeTextOf(row, 'status'),
      cost: numberOf(row, 'cost_24h'),
      currency: textOf(currencies.get(key) ?? NOTHING, 'currency'),
      costCoverage: numberOf(row, 'cost_coverage'),
      drift: driftOf(row, drift.get(key) ?? NOTHING),
      quality: qualityOf(row, quality.get(key) ?? NOTHING),
      performance: performanceOf(row, performance.get(key) ?? NOTHING),
    };
  });
};
