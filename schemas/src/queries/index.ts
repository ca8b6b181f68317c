/** The queries that the app, the dashboards and the alert rules share; this module and all it imports run in a browser too. */
export {
  FLEET_LIMIT,
  fleetCurrencySql,
  fleetDriftSql,
  fleetModelsSql,
  fleetPerformanceSql,
  fleetQualitySql,
  type ModelKey,
  modelStatusSql,
} from './fleet';
export { ALL_VALUE, type Choice, type Scope, scopeConditions, whereInRange } from './scope';
export { quoteText, quoteTexts } from './text';
export {
  type TrafficDimension,
  type LatencyQuantile,
  TABLE_LIMIT,
  requestRate,
  errorRate,
  latency,
  latencyQuantiles,
  trafficTotals,
  trafficTable,
} from './traffic';
export {
  cost,
  costByBucket,
  costBounds,
  tokensByBucket,
  tokens,
  costCoverage,
  costTotals,
  usageTotals,
  costTable,
  bucketTable,
  unpriced,
  costForecast,
} from './costs';
export {
  type DriftMeasure,
  driftOverTime,
  modelDriftOverTime,
  driftedFeatures,
  driftTotals,
  driftModels,
  driftFeatures,
  driftPages,
} from './drift';
export { featureDistribution, missingShare, baselines } from './features';
export { violationRate, qualityTotals, qualityTable, qualityPages } from './quality';
export {
  performanceOverTime,
  performanceInterval,
  labelCoverage,
  labelLag,
  performanceTable,
  fairnessTable,
  evaluationScores,
  feedbackScores,
} from './performance';
export { MODEL_VERSIONS_LIMIT, modelRegistrySql, modelVersionsSql } from './model';
export {
  RANKING_LIMIT,
  type FeatureKey,
  type OneWindow,
  driftRankingSql,
  featureDriftSql,
  featureBinsSql,
  driftSegmentsSql,
} from './modelDrift';
export { MARKS_LIMIT, type MarkKind, modelMarksSql } from './modelHealth';
export {
  EXAMPLES_LIMIT,
  violationKindsSql,
  violationExamplesSql,
  checkOverTimeSql,
} from './modelQuality';
export {
  newestMetricsSql,
  metricOverTimeSql,
  metricBySegmentSql,
  segmentGapsSql,
} from './modelPerformance';
export { modelTable, modelTotals, modelEvents, eventMarks, eventsOverTime, audit } from './models';
export { CALLS_LIMIT, slowCalls, failedCalls, errorTypes } from './inferences';
export { alertEvents, alertsOverTime, loudAlerts } from './alerts';
export { counterRates, reasonCounts, gauges, histogramMeans, processorTotals } from './processor';
export {
  tenantChoices,
  environmentChoices,
  modelChoices,
  versionChoices,
  segmentChoices,
  featureChoices,
} from './choices';
export {
  disks,
  tables,
  storeTotals,
  partsWritten,
  merges,
  storeErrors,
  storeMetrics,
} from './clickHouse';
export { SPANS_LIMIT, traceSpans, traceWaterfall } from './traces';
export { type CallOrder, tracedCalls } from './calls';
export {
  VERSIONS_LIMIT,
  versionDrift,
  versionPerformance,
  versionQuality,
  versionStates,
  versionTraffic,
} from './versions';
export {
  LINEAGE_LIMIT,
  lineageBaselines,
  lineageFeatures,
  lineageServices,
  lineageSources,
} from './lineage';
export {
  PREDICTIONS_LIMIT,
  type PredictionOrder,
  explainableModels,
  predictionList,
  sentContributions,
  sentImportance,
} from './explanations';
export { databaseSql, schemaVersionSql, firstTelemetrySql, monitorSql } from './setup';
