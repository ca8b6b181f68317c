import { type DataSourceInstanceSettings, store } from '@grafana/data';
import { getDataSourceSrv } from '@grafana/runtime';
import { useLocation } from 'react-router-dom';
import { PLUGIN_ID } from './pluginId';

export const CLICKHOUSE_TYPE = 'grafana-clickhouse-datasource';

/** The variable of scenes that holds the data source; `?var-datasource=` in the address. */
export const DATA_SOURCE_VARIABLE = 'datasource';

const STORED = `${PLUGIN_ID}.datasource`;

/** The ClickHouse data sources that the user may query. Grafana lists one of its own beside them, whatever type is asked for. */
export const listDataSources = (): readonly DataSourceInstanceSettings[] =>
  getDataSourceSrv()
    .getList({ type: CLICKHOUSE_TYPE })
    .filter(({ type }) => type === CLICKHOUSE_TYPE);

/** What the user chose last, in this browser. */
export const rememberDataSource = (uid: string): void => {
  store.set(STORED, uid);
};

/** `missing`: there is none. `unknown`: the address names one that is not there. */
export type DataSourceChoice =
  | { readonly state: 'chosen'; readonly uid: string; readonly name: string }
  | { readonly state: 'missing' }
  | { readonly state: 'unknown'; readonly uid: string };

/**
 * The data source of `?var-datasource=`, else the one chosen last, else the one of the app's configuration, else a default
 * one, else the first.
 */
export const chooseDataSource = (
  fromAddress: string | null,
  configured: string | undefined,
): DataSourceChoice => {
  const all = listDataSources();
  const byUid = (uid: unknown) => all.find((source) => source.uid === uid);
  if (fromAddress !== null && fromAddress !== '' && byUid(fromAddress) === undefined)
    return { state: 'unknown', uid: fromAddress };
  const chosen =
    byUid(fromAddress) ??
    byUid(store.get(STORED)) ??
    byUid(configured) ??
    all.find(({ isDefault }) => isDefault) ??
    all[0];
  return chosen === undefined
    ? { state: 'missing' }
    : { state: 'chosen', uid: chosen.uid, name: chosen.name };
};

/** The choice of the page that is open. */
export const useDataSourceChoice = (configured?: string): DataSourceChoice => {
  const { search } = useLocation();
  return chooseDataSource(
    new URLSearchParams(search).get(`var-${DATA_SOURCE_VARIABLE}`),
    configured,
  );
};
