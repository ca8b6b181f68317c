export {
  type BinLayout,
  type BinText,
  binLayout,
  describeBins,
  type FeatureBins,
} from './binLayout';
export { type Cluster, clusterStatements, storedName } from './cluster';
export type { Column } from './column';
export { DRIFT_BETWEEN_PARAMETERS, V_DRIFT_BETWEEN_COLUMNS } from './driftViews';
export { type Migration, loadMigrations } from './migrations';
export { ML_ALERT_EVENTS_COLUMNS } from './mlAlertEvents';
export { ML_AUDIT_COLUMNS } from './mlAudit';
export { ML_BASELINES_COLUMNS } from './mlBaselines';
export { ML_BINS_COLUMNS } from './mlBins';
export { ML_FEATURE_WINDOWS_COLUMNS } from './mlFeatureWindows';
export { ML_DRIFT_COLUMNS } from './mlDrift';
export { ML_INFERENCES_COLUMNS, ML_INFERENCES_INSERTED } from './mlInferences';
export {
  ML_METRIC_USAGE_COLUMNS,
  ML_METRIC_USAGE_INSERTED,
  ML_SPAN_HOURS_COLUMNS,
  ML_USAGE_WINDOWS_COLUMNS,
} from './mlMetricUsage';
export { ML_MODEL_EVENTS_COLUMNS } from './mlModelEvents';
export { ML_MODELS_COLUMNS, ML_MODEL_VERSIONS_COLUMNS } from './mlModels';
export { ML_PERFORMANCE_COLUMNS } from './mlPerformance';
export { ML_PRICES_COLUMNS, ML_PRICES_INSERTED } from './mlPrices';
export { ML_QUALITY_COLUMNS } from './mlQuality';
export { ML_RECORD_COLUMNS, type MlRecordTable } from './mlRecords';
export { ML_MODEL_METADATA_COLUMNS, ML_STAGE_CHANGES_COLUMNS } from './mlRegistry';
export { ML_TRAFFIC_WINDOWS_COLUMNS } from './mlTrafficWindows';
export { CONTAINER_OPERATIONS, LEAF_OPERATIONS } from './operations';
export { OTEL_LOGS_COLUMNS, OTEL_LOGS_MATERIALIZED } from './otelLogs';
export { OTEL_METRICS_COLUMNS } from './otelMetrics';
export { OTEL_TRACES_COLUMNS, OTEL_TRACES_TRACE_ID_TS_COLUMNS } from './otelTraces';
export { VIEWS, type ViewName } from './views';
