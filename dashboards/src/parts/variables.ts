import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
  type VariableModel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import {
  ALL_VALUE,
  environmentChoices,
  featureChoices,
  modelChoices,
  segmentChoices,
  versionChoices,
} from '@plumbline/schemas/queries';
import { DATA_SOURCE, DATA_SOURCE_TYPE } from './dataSource';
import { sqlFields } from './sqlQuery';

export type VariableName = 'environment' | 'model' | 'version' | 'segment' | 'feature';

const ENVIRONMENT = { environment: { variable: 'environment' } } as const;
const MODEL = { ...ENVIRONMENT, model: { variable: 'model' } } as const;
const VERSION = { ...MODEL, version: { variable: 'version' } } as const;

/** "All" of segments is the traffic as a whole, which is the segment of no name: segments overlap, so they never add up. */
const ALL_TRAFFIC = "''";

const CHOICES: Readonly<Record<VariableName, { label: string; sql: string; all: string }>> = {
  environment: { label: 'Environment', sql: environmentChoices({}), all: ALL_VALUE },
  model: { label: 'Model', sql: modelChoices(ENVIRONMENT), all: ALL_VALUE },
  version: { label: 'Version', sql: versionChoices(MODEL), all: ALL_VALUE },
  segment: { label: 'Segment', sql: segmentChoices(VERSION), all: ALL_TRAFFIC },
  feature: { label: 'Feature', sql: featureChoices(VERSION), all: ALL_VALUE },
};

/** Which data source the whole dashboard reads. */
export const dataSourceVariable = (): Builder<VariableModel> =>
  new DatasourceVariableBuilder('datasource').label('Data source').type(DATA_SOURCE_TYPE);

/** A variable of a dashboard: several values, or all. */
export const choiceVariable = (name: VariableName): Builder<VariableModel> => {
  const { label, sql, all } = CHOICES[name];
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource(DATA_SOURCE)
    .query({ ...sqlFields(sql, 'table', `variable-${name}`) })
    .definition(sql)
    .refresh(VariableRefresh.OnDashboardLoad)
    .sort(VariableSort.Disabled)
    .multi(true)
    .includeAll(true)
    .allValue(all)
    .current({ selected: true, text: ['All'], value: ['$__all'] });
};
