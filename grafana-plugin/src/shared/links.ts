import { config } from '@grafana/runtime';
import { PLUGIN_ID } from './pluginId';

/** Who a model is: names repeat in other environments and tenants. `version` absent means all of them. */
export interface ModelIdentity {
  readonly tenant: string;
  readonly environment: string;
  readonly model: string;
  readonly version?: string;
}

export const APP_URL = `/a/${PLUGIN_ID}`;

/** The first part of a page's address below the app. */
export type PageName = 'fleet' | 'model' | 'registry' | 'explain' | 'alerts' | 'setup';

/** The tabs of the model page. */
export type ModelTab =
  'health' | 'drift' | 'quality' | 'performance' | 'cost' | 'traces' | 'versions' | 'lineage';

type Parameters = Readonly<Record<string, string | undefined>>;

const withParameters = (path: string, parameters: Parameters): string => {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  const query = new URLSearchParams(given).toString();
  return query === '' ? path : `${path}?${query}`;
};

/** A page of the app; `rest` is what comes below it (a tab). */
export const pageUrl = (page: PageName, parameters: Parameters = {}, rest = ''): string =>
  withParameters(`${APP_URL}/${page}${rest === '' ? '' : `/${rest}`}`, parameters);

/** What a model's pages read from the address: variables of a scene, so that names may hold any sign. */
export const modelParameters = (identity: ModelIdentity): Parameters => ({
  'var-tenant': identity.tenant,
  'var-environment': identity.environment,
  'var-model': identity.model,
  'var-version': identity.version,
});

export const modelUrl = (identity: ModelIdentity, tab: ModelTab = 'health'): string =>
  pageUrl('model', modelParameters(identity), tab);

/** A dashboard of ours by its fixed uid, on the given models. */
export const dashboardUrl = (uid: string, parameters: Parameters = {}): string =>
  withParameters(`/d/${uid}`, parameters);

/**
 * Explore on one query. Only for those who may open it (`canExplore`). The range takes Grafana's own texts (`now-1h`) or
 * epoch milliseconds.
 */
export const exploreUrl = (
  query: { readonly datasource: { readonly type: string; readonly uid: string } },
  range: { readonly from: string; readonly to: string },
): string => {
  const panes = { p: { datasource: query.datasource.uid, queries: [query], range } };
  return withParameters('/explore', {
    schemaVersion: '1',
    orgId: String(config.bootData.user.orgId),
    panes: JSON.stringify(panes),
  });
};
