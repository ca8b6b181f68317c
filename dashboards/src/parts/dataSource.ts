/** The plugin that every query goes through. */
export const DATA_SOURCE_TYPE = 'grafana-clickhouse-datasource';

/** Which data source of that type, the reader of a dashboard chooses. */
export const DATA_SOURCE = { type: DATA_SOURCE_TYPE, uid: '${datasource}' } as const;

/** A query of an older plugin version, or without one, would be migrated by the plugin's editor. */
export const DATA_SOURCE_VERSION = '4.20.0';
