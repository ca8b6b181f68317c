import {
  type DataFrame,
  getDefaultTimeRange,
  LoadingState,
  type PanelData,
  type PanelPlugin,
  type PanelProps,
  PluginExtensionPoints,
} from '@grafana/data';
import {
  getBackendSrv,
  toDataQueryResponse,
  usePluginComponent,
  usePluginLinks,
} from '@grafana/runtime';
import { type ComponentType, useEffect, useState } from 'react';
import { useLocation } from 'react-router-dom-v5-compat';
import { loadApp } from './currentApp';
import { hostPage } from './bootedPage';
import { panelImport } from './panelImport';

const CLICKHOUSE = { type: 'grafana-clickhouse-datasource', uid: 'clickhouse' };
const WIDTH = 900;
const HEIGHT = 400;
const DAY_MS = 86_400_000;

/** What a dashboard would know of a panel with this query, also of one that failed: Grafana throws a plain object with the answer. */
async function runPanelQuery(sql: string): Promise<PanelData> {
  const timeRange = getDefaultTimeRange();
  if (sql === '') return { state: LoadingState.Done, series: [], timeRange };
  const target = { refId: 'A', datasource: CLICKHOUSE, rawSql: sql, format: 1, queryType: 'table' };
  const now = Date.now();
  const body = { from: String(now - 7 * DAY_MS), to: String(now), queries: [target] };
  const response: unknown = await getBackendSrv()
    .post('/api/ds/query', body)
    .then(
      (data: unknown) => ({ data }),
      (reason: unknown) => reason,
    );
  const { data, errors = [] } = toDataQueryResponse(response as never, [target] as never);
  const state = errors.length > 0 ? LoadingState.Error : LoadingState.Done;
  return { state, series: data as DataFrame[], errors, timeRange };
}

/** The panel-menu links and the exposed component of the app, as a dashboard and another app would show them. */
function Extensions({ sql, data }: { readonly sql: string; readonly data: PanelData }) {
  const context = { targets: [{ refId: 'A', datasource: CLICKHOUSE, rawSql: sql }], data };
  const { links } = usePluginLinks({
    extensionPointId: PluginExtensionPoints.DashboardPanelMenu,
    context,
  });
  const { component: Badge } = usePluginComponent<Record<string, string>>(
    `${hostPage.pluginId}/model-status-badge/v1`,
  );
  return (
    <>
      <ul aria-label="Panel menu">
        {links.map(({ id, title, path }) => (
          <li key={id}>
            <a href={path}>{title}</a>
          </li>
        ))}
      </ul>
      <div data-testid="badge">
        {Badge !== undefined && Badge !== null && (
          <Badge tenant="default" environment="production" model="fraud" version="3" />
        )}
      </div>
    </>
  );
}

function Panel({
  plugin,
  data,
  options,
}: {
  readonly plugin: PanelPlugin;
  readonly data: PanelData;
  readonly options: object;
}) {
  const Component = plugin.panel as ComponentType<Partial<PanelProps>>;
  return (
    <section aria-label="Panel" style={{ width: WIDTH, height: HEIGHT }}>
      <Component
        data={data}
        options={{ ...plugin.defaults, ...options }}
        timeRange={data.timeRange}
        width={WIDTH}
        height={HEIGHT}
      />
    </section>
  );
}

interface Loaded {
  readonly data: PanelData;
  readonly plugin?: PanelPlugin;
}

/**
 * A stand-in for a dashboard with one panel: `?panel=` the id of a nested panel, `?sql=` its query, `?options=` as JSON.
 * Beside it are the links and components that the app offers to dashboards.
 */
export function TrialPage() {
  const { search } = useLocation();
  const [loaded, setLoaded] = useState<Loaded>();
  const asked = new URLSearchParams(search);
  const [sql, panel] = [asked.get('sql') ?? '', asked.get('panel') ?? ''];
  const options = JSON.parse(asked.get('options') ?? '{}') as object;
  useEffect(() => {
    const load = async (): Promise<void> => {
      await loadApp();
      const data = await runPanelQuery(sql);
      const plugin = panel === '' ? undefined : await panelImport.importPanelPlugin(panel);
      setLoaded({ data, ...(plugin !== undefined && { plugin }) });
    };
    void load();
  }, [sql, panel]);
  if (loaded === undefined) return null;
  return (
    <main>
      <h1>Trial</h1>
      <Extensions sql={sql} data={loaded.data} />
      {loaded.plugin !== undefined && (
        <Panel plugin={loaded.plugin} data={loaded.data} options={options} />
      )}
    </main>
  );
}
