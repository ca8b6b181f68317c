import type { DriftSignal, PerformanceSignal, QualitySignal, Read, SignalRows } from './signalRows';

/** Runs a query and gives its rows; numbers come as numbers. */
export type ReadRows = <Row>(query: string) => Promise<Row[]>;

export interface ReadSettings {
  /** An hour that began longer ago is no signal any more. */
  readonly lookbackHours: number;
  /** Rows of each kind that are read at most, the most telling ones. */
  readonly maxPerKind: number;
}

const MODEL = 'tenant, environment, model, version';

/** Only what happened since, so that days and primary keys are pruned. */
const recent = ({ lookbackHours }: ReadSettings): string =>
  `time > now64(3) - toIntervalHour(${lookbackHours})`;

/** The newest hour of each model among the rows of `from`. */
const newest = (from: string, settings: ReadSettings): string =>
  `(${MODEL}, time) IN (SELECT ${MODEL}, max(time) FROM ${from} WHERE ${recent(settings)} GROUP BY ${MODEL})`;

const driftModels = (settings: ReadSettings): string => `
SELECT ${MODEL}, '' AS feature, status, top_score AS score, CAST(NULL, 'Nullable(Float64)') AS pValue, q_value AS qValue, baseline, count() OVER () AS total
FROM v_drift_models
WHERE ${recent(settings)}
ORDER BY time DESC, window_minutes LIMIT 1 BY ${MODEL}`;

const driftFeatures = (settings: ReadSettings): string => `
SELECT ${MODEL}, feature, status, score, p_value AS pValue, q_value AS qValue, baseline, count() OVER () AS total
FROM v_drift
WHERE ${recent(settings)} AND segment = '' AND ${newest('v_drift_models', settings)}
ORDER BY page DESC, status = 'drift' DESC, ifNull(q_value, 1), abs(ifNull(score, 0)) DESC, ${MODEL}, feature
LIMIT ${settings.maxPerKind}`;

const qualityChecks = (settings: ReadSettings): string => `
SELECT ${MODEL}, feature, \`check\`, status, violations, rate, count() OVER () AS total
FROM ml_quality FINAL
WHERE ${recent(settings)} AND ${newest('ml_quality', settings)}
ORDER BY \`check\` = '' DESC, page DESC, status != 'ok' DESC, ${MODEL}, feature, \`check\`
LIMIT ${settings.maxPerKind}`;

const performanceMetrics = (settings: ReadSettings): string => `
SELECT ${MODEL}, segment, metric, status, value, low, high, count() OVER () AS total
FROM v_performance
WHERE ${recent(settings)} AND ${newest('v_performance', settings)}
ORDER BY segment = '' DESC, ${MODEL}, segment, metric
LIMIT ${settings.maxPerKind}`;

/** The newest signals of all models. */
export async function readSignals(read: ReadRows, settings: ReadSettings): Promise<SignalRows> {
  const counted = async <Row>(query: string): Promise<Read<Row>> => {
    const rows = await read<Row & { readonly total: number }>(query);
    return { rows, total: rows[0]?.total ?? 0 };
  };
  // One after the other: nobody waits, and the store has inserts to see to.
  const models = (await counted<DriftSignal>(driftModels(settings))).rows;
  const features = await counted<DriftSignal>(driftFeatures(settings));
  const quality = await counted<QualitySignal>(qualityChecks(settings));
  const performance = await counted<PerformanceSignal>(performanceMetrics(settings));
  return {
    drift: { rows: [...models, ...features.rows], total: models.length + features.total },
    quality,
    performance,
  };
}
