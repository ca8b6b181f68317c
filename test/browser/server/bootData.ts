import { permissionsOf } from './permissions';
import type { BuiltPlugin, PluginManifest } from './plugin';
import type { Visitor } from './visitor';

export const CLICKHOUSE_UID = 'clickhouse';
const CLICKHOUSE_TYPE = 'grafana-clickhouse-datasource';
const CORE_PANELS = { timeseries: 'Time series', table: 'Table', stat: 'Stat' };

const NO_INFO = {
  author: { name: '' },
  description: '',
  links: [],
  logos: { small: '', large: '' },
  screenshots: [],
  updated: '',
  version: '',
};

const dataSource = (id: number, name: string, type: string, uid: string) => ({
  ...{ id, uid, type, name, access: 'proxy', url: `/api/datasources/proxy/uid/${uid}` },
  isDefault: type === CLICKHOUSE_TYPE,
  readOnly: true,
  jsonData: type === CLICKHOUSE_TYPE ? { protocol: 'http' } : {},
  meta: {
    ...{ id: type, name, type: 'datasource', baseUrl: '', module: '' },
    info: { ...NO_INFO, version: '4.20.0' },
    ...{ metrics: true, annotations: true, alerting: true, backend: true },
  },
});

/** The data sources that a visitor has; Grafana always lists its built-in one. */
export const dataSourcesOf = (visitor: Visitor) => [
  ...(visitor.dataSource === 'present'
    ? [dataSource(1, 'ClickHouse', CLICKHOUSE_TYPE, CLICKHOUSE_UID)]
    : []),
  dataSource(-1, '-- Grafana --', 'datasource', 'grafana'),
];

const panel = (manifest: Pick<PluginManifest, 'id' | 'name'>, folder = '') => ({
  ...{ id: manifest.id, name: manifest.name, type: 'panel', sort: 1, state: '' },
  ...{ baseUrl: folder, module: folder === '' ? '' : `${folder}/module.js` },
  ...{ hideFromList: false, skipDataQuery: false, loadingStrategy: 'fetch', info: NO_INFO },
});

function panelsOf({ manifest, panels }: BuiltPlugin) {
  const core = Object.entries(CORE_PANELS).map(([id, name]) => panel({ id, name }));
  const nested = panels.map(({ folder, manifest: own }) =>
    panel(own, `public/plugins/${manifest.id}/${folder}`),
  );
  return Object.fromEntries([...core, ...nested].map((one) => [one.id, one]));
}

function userOf({ role, theme, language }: Visitor, { manifest }: BuiltPlugin) {
  return {
    ...{ id: 1, uid: 'preview', isSignedIn: true, login: 'preview', name: 'Preview' },
    ...{ orgId: 1, orgName: 'Main Org.', orgRole: role, isGrafanaAdmin: false },
    ...{ theme, lightTheme: theme === 'light', timezone: 'utc', weekStart: 'monday' },
    ...{ locale: language, regionalFormat: language, language },
    permissions: Object.fromEntries(permissionsOf(role, manifest).map((name) => [name, true])),
  };
}

/** What Grafana writes into its page, as far as its published packages and the app read it. */
export function bootData(
  visitor: Visitor,
  plugin: BuiltPlugin,
  grafanaVersion: string,
  origin: string,
) {
  const sources = dataSourcesOf(visitor);
  const { manifest } = plugin;
  return {
    assets: { light: '', dark: '' },
    navTree: [],
    user: userOf(visitor, plugin),
    settings: {
      ...{ appUrl: `${origin}/`, appSubUrl: '', namespace: 'default' },
      buildInfo: { version: grafanaVersion, commit: '', env: 'test', edition: 'Open Source' },
      datasources: Object.fromEntries(sources.map((source) => [source.name, source])),
      defaultDatasource: sources[0]!.name,
      panels: panelsOf(plugin),
      apps: { [manifest.id]: { id: manifest.id, preload: false } },
      ...{ featureToggles: {}, rbacEnabled: true, licenseInfo: {}, liveEnabled: false },
      ...{ unifiedAlertingEnabled: true, unifiedAlerting: { minInterval: '10s' } },
      ...{ analytics: { enabled: false }, grafanaJavascriptAgent: { enabled: false } },
      ...{ regionalFormat: visitor.language, language: visitor.language, openFeatureContext: {} },
    },
  };
}
