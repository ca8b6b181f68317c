import { dataSourcesOf } from './bootData';
import { readColumns } from './readColumns';
import { answerQueries, type QueryRequest } from './answerQueries';
import type { Route } from './exchange';
import { readJson, route, sendJson } from './exchange';
import type { Identity } from './identity';
import type { BuiltPlugin } from './plugin';
import type { PluginSettings } from './pluginProxy';

export interface GrafanaApiParts {
  readonly plugin: BuiltPlugin;
  readonly clickhouseUrl: string;
  readonly identity: Identity;
  readonly settings: () => PluginSettings;
  readonly save: (settings: Partial<PluginSettings>) => void;
}

function pluginRoutes({ plugin, settings, save }: GrafanaApiParts): Route[] {
  const { id } = plugin.manifest;
  const path = `/api/plugins/${id}/settings`;
  return [
    route('GET', path, (exchange) => {
      const { jsonData, secureJsonData } = settings();
      const base = `public/plugins/${id}`;
      sendJson(exchange, 200, {
        ...plugin.manifest,
        ...{ enabled: true, pinned: true, baseUrl: base, module: `${base}/module.js` },
        jsonData,
        secureJsonFields: Object.fromEntries(
          Object.keys(secureJsonData).map((name) => [name, true]),
        ),
      });
    }),
    route('POST', path, async (exchange) => {
      if (exchange.visitor.role !== 'Admin') {
        sendJson(exchange, 403, { message: 'Permission denied' });
        return;
      }
      save(await readJson<Partial<PluginSettings>>(exchange));
      sendJson(exchange, 200, { message: 'Plugin settings updated' });
    }),
  ];
}

/** Grafana's own calls that the app makes: queries, data sources, settings, keys. */
export function grafanaApiRoutes(parts: GrafanaApiParts): Route[] {
  const { clickhouseUrl, identity } = parts;
  return [
    route('POST', '/api/ds/query', async (exchange) => {
      const request = await readJson<QueryRequest>(exchange);
      const { status, body } = await answerQueries(clickhouseUrl, request);
      sendJson(exchange, status, body);
    }),
    route('GET', '/api/datasources', (exchange) => {
      sendJson(exchange, 200, dataSourcesOf(exchange.visitor));
    }),
    route('GET', '/api/datasources/uid/:uid', (exchange) => {
      const found = dataSourcesOf(exchange.visitor).find(({ uid }) => uid === exchange.parts[0]);
      if (found === undefined) sendJson(exchange, 404, { message: 'Data source not found' });
      else sendJson(exchange, 200, found);
    }),
    route('GET', '/api/datasources/uid/:uid/health', async (exchange) => {
      const reason = await readColumns(clickhouseUrl, 'SELECT 1').then(
        () => undefined,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
      if (reason === undefined) {
        sendJson(exchange, 200, { status: 'OK', message: 'Data source is working' });
      } else sendJson(exchange, 400, { status: 'ERROR', message: reason });
    }),
    route('GET', '/api/signing-keys/keys', (exchange) => {
      sendJson(exchange, 200, identity.keys);
    }),
    route('GET', '/api/annotations', (exchange) => {
      sendJson(exchange, 200, []);
    }),
    ...pluginRoutes(parts),
  ];
}
