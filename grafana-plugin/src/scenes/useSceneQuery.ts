import type { QueryFormat } from '../queries/clickhouseQuery';
import { gridInterval } from '../queries/gridInterval';
import { type QueryState, useQuery } from '../queries/useQuery';
import { useDataSource } from '../shared/DataSourceContext';
import { useSceneRange } from './sceneRange';

/**
 * A statement over the time range of the page, inside a `SceneBody`; asked again when the range, the statement or the refresh
 * button changes. `undefined` asks nothing and stays `loading`.
 */
export const useSceneQuery = (
  sql: string | undefined,
  format?: QueryFormat,
): { readonly query: QueryState; readonly retry: () => void } => {
  const { uid } = useDataSource();
  const { fromMs, toMs, refreshed } = useSceneRange();
  const intervalMs = gridInterval(fromMs, toMs);
  return useQuery(
    sql === undefined ? undefined : { sql, datasourceUid: uid, fromMs, toMs, format, intervalMs },
    refreshed,
  );
};
