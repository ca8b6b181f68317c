export type { Column } from './column';
export { type Migration, loadMigrations } from './migrations';
export { ML_INFERENCES_COLUMNS, ML_INFERENCES_INSERTED } from './mlInferences';
export { ML_MODELS_COLUMNS, ML_MODEL_VERSIONS_COLUMNS } from './mlModels';
export { ML_PRICES_COLUMNS, ML_PRICES_INSERTED } from './mlPrices';
export { ML_TRAFFIC_WINDOWS_COLUMNS } from './mlTrafficWindows';
export { CONTAINER_OPERATIONS, LEAF_OPERATIONS } from './operations';
export { OTEL_TRACES_COLUMNS, OTEL_TRACES_TRACE_ID_TS_COLUMNS } from './otelTraces';
export { VIEWS, type ViewName } from './views';
