import { CLICKHOUSE_TYPE } from '../shared/dataSource';
import type { DataQuery } from '@grafana/schema';

/** `table`: rows as they come. `timeseries`: needs a time column; text columns become labels, one series each. `traces`: Grafana's trace view. */
export type QueryFormat = 'table' | 'timeseries' | 'traces';

/** The `format` numbers of the data source. */
const FORMATS = { timeseries: 0, table: 1, traces: 3 } as const satisfies Record<
  QueryFormat,
  number
>;

/** The editor of this version wrote the query, as far as the data source can tell: an older or absent one is migrated. */
const PLUGIN_VERSION = '4.20.0';

export interface ClickHouseQuery extends DataQuery {
  readonly datasource: { readonly type: string; readonly uid: string };
  readonly pluginVersion: string;
  readonly editorType: 'sql';
  readonly queryType: QueryFormat;
  readonly format: number;
  readonly rawSql: string;
  readonly meta: { readonly timezone: 'UTC' };
}

/** One query as Grafana's ClickHouse data source reads it in panels, rules and `/api/ds/query`. */
export const clickhouseQuery = (
  rawSql: string,
  datasourceUid: string,
  format: QueryFormat = 'table',
  refId = 'A',
): ClickHouseQuery => ({
  refId,
  datasource: { type: CLICKHOUSE_TYPE, uid: datasourceUid },
  pluginVersion: PLUGIN_VERSION,
  editorType: 'sql',
  queryType: format,
  format: FORMATS[format],
  rawSql,
  meta: { timezone: 'UTC' },
});
