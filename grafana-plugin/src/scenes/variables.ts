import { VariableRefresh, VariableSort } from '@grafana/data';
import {
  DataSourceVariable,
  QueryVariable,
  type SceneVariable,
  SceneVariableSet,
} from '@grafana/scenes';
import { VariableHide } from '@grafana/schema';
import { ALL_VALUE } from '@plumbline/schemas/queries';
import { clickhouseQuery } from '../queries/clickhouseQuery';
import { CLICKHOUSE_TYPE, DATA_SOURCE_VARIABLE } from '../shared/dataSource';

/** What a scene's queries name as their data source: the variable, so that changing it changes all of them. */
export const DATA_SOURCE = `\${${DATA_SOURCE_VARIABLE}}`;

/** The choice of the data source; drawn only where there is a choice. */
export const dataSourceVariable = (uid: string, label: string, several: boolean): SceneVariable =>
  new DataSourceVariable({
    name: DATA_SOURCE_VARIABLE,
    label,
    pluginId: CLICKHOUSE_TYPE,
    value: uid,
    hide: several ? VariableHide.dontHide : VariableHide.hideVariable,
  });

export interface QueryVariableSettings {
  /** Also the parameter in the address: `?var-<name>=`. */
  readonly name: string;
  readonly label: string;
  /** One text column; from a builder of @plumbline/schemas/queries. */
  readonly sql: string;
  /** Several values at once and "All"; the scope `{ variable: name }` of a builder reads them. */
  readonly multi?: boolean;
  readonly value?: string;
}

/** A variable whose options a query gives, asked again when the time range changes. */
export const queryVariable = ({
  name,
  label,
  sql,
  multi = false,
  value,
}: QueryVariableSettings): SceneVariable =>
  new QueryVariable({
    name,
    label,
    datasource: { type: CLICKHOUSE_TYPE, uid: DATA_SOURCE },
    query: clickhouseQuery(sql, DATA_SOURCE),
    refresh: VariableRefresh.onTimeRangeChanged,
    sort: VariableSort.alphabeticalCaseInsensitiveAsc,
    isMulti: multi,
    includeAll: multi,
    defaultToAll: multi && value === undefined,
    ...(multi ? { allValue: ALL_VALUE } : {}),
    ...(value === undefined ? {} : { value: multi ? [value] : value }),
  });

export const variableSet = (...variables: readonly SceneVariable[]): SceneVariableSet =>
  new SceneVariableSet({ variables: [...variables] });
