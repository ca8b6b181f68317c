import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { DATA_SOURCE, DATA_SOURCE_VERSION } from './dataSource';

const FORMATS = { timeseries: 0, table: 1, traces: 3 } as const;

export type SqlFormat = keyof typeof FORMATS;

/** The fields of a query that the data source's backend and editor read. */
export interface SqlFields {
  readonly refId: string;
  readonly datasource: typeof DATA_SOURCE;
  readonly pluginVersion: string;
  readonly editorType: 'sql';
  readonly queryType: SqlFormat;
  readonly format: number;
  readonly rawSql: string;
}

export const sqlFields = (rawSql: string, format: SqlFormat, refId = 'A'): SqlFields => ({
  refId,
  datasource: DATA_SOURCE,
  pluginVersion: DATA_SOURCE_VERSION,
  editorType: 'sql',
  queryType: format,
  format: FORMATS[format],
  rawSql,
});

/** A query as the SDK wants it: it knows no ClickHouse, so its mark is put on and falls away when JSON is written. */
export const sqlQuery = (
  rawSql: string,
  format: SqlFormat,
  refId?: string,
): Builder<Dataquery> => ({
  build: () => ({
    ...sqlFields(rawSql, format, refId),
    _implementsDataqueryVariant: () => undefined,
  }),
});
