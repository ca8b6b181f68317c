import type { DataSourceApi, DataSourceInstanceSettings, ScopedVars } from '@grafana/data';
import {
  config,
  type DataSourceSrv,
  type GetDataSourceListFilters,
  getTemplateSrv,
} from '@grafana/runtime';
import type { DataSourceRef } from '@grafana/schema';
import { lastValueFrom, throwError } from 'rxjs';
import { ClickHouseDataSource } from './clickHouseDataSource';

type Reference = DataSourceRef | string | null;

const all = (): DataSourceInstanceSettings[] => Object.values(config.datasources);

function settingsOf(
  reference?: Reference,
  scopedVars?: ScopedVars,
): DataSourceInstanceSettings | undefined {
  if (reference === undefined || reference === null) {
    return all().find(({ isDefault }) => isDefault === true);
  }
  const named = typeof reference === 'string' ? reference : (reference.uid ?? reference.type);
  const wanted = getTemplateSrv().replace(named, scopedVars);
  return all().find(({ uid, name, type }) => [uid, name, type].includes(wanted));
}

/** Like Grafana's, `getList` returns the built-in data source whatever type was asked for. */
const listed = (filters: GetDataSourceListFilters = {}): DataSourceInstanceSettings[] => {
  const { type, filter, pluginId } = filters;
  const types = type === undefined ? undefined : [type].flat();
  return all().filter(
    (source) =>
      (source.uid === 'grafana' ||
        ((types === undefined || types.includes(source.type)) &&
          (pluginId === undefined || pluginId === source.type))) &&
      (filter === undefined || filter(source)),
  );
};

/** The data sources of the boot data: ClickHouse, or none where a test wants to see that. */
export function createDataSourceSrv(): DataSourceSrv {
  const made = new Map<string, DataSourceApi>();
  return {
    async get(reference, scopedVars) {
      const settings = settingsOf(reference, scopedVars);
      if (settings === undefined) {
        const name = typeof reference === 'string' ? reference : (reference?.uid ?? '');
        // Grafana rejects with a plain object here.
        return rejectPlainly(`Datasource ${name} was not found`);
      }
      const known = made.get(settings.uid);
      if (known !== undefined) return known;
      const source = new ClickHouseDataSource(settings) as unknown as DataSourceApi;
      made.set(settings.uid, source);
      return await Promise.resolve(source);
    },
    getList: listed,
    getInstanceSettings: settingsOf,
    reload: () => Promise.resolve(),
    registerRuntimeDataSource: () => undefined,
  };
}

const rejectPlainly = (message: string): Promise<never> =>
  lastValueFrom(throwError(() => ({ message })));
