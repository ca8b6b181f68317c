import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import type { HostBuild } from '../build/buildHost';
import { alertingRoutes } from './alertingRoutes';
import { bootData } from './bootData';
import type { Exchange, Route } from './exchange';
import { sendJson } from './exchange';
import { grafanaApiRoutes } from './grafanaApi';
import { createIdentity } from './identity';
import { pageHtml } from './pageHtml';
import { type BuiltPlugin, readPlugin } from './plugin';
import { type PluginSettings, proxyRoutes } from './pluginProxy';
import { staticRoutes } from './staticFiles';
import { visitorCookies, visitorOf } from './visitor';

export interface HostSettings {
  /** Built hosts; the last is shown to whoever chooses none. */
  readonly builds: readonly [HostBuild, ...HostBuild[]];
  /** Folder of the built plugin. */
  readonly pluginDist: string;
  readonly clickhouseUrl: string;
  /** Admin server of the processor. */
  readonly apiUrl: string;
  /** `api.grafana.token` of the processor. */
  readonly apiToken: string;
  /** 0: any. */
  readonly port?: number;
  /** Shown on every page. */
  readonly notice?: string;
}

export interface BrowserHost {
  readonly url: string;
  readonly pluginId: string;
  /** Requests that nothing answered, as `method path`. */
  readonly unknown: readonly string[];
  stop(): Promise<void>;
}

function createPage({ builds, notice }: HostSettings, plugin: BuiltPlugin) {
  const { id, includes = [] } = plugin.manifest;
  const pages = includes
    .filter(
      ({ type, path, addToNav }) => type === 'page' && addToNav === true && path !== undefined,
    )
    .map(({ name, path }) => ({ name, path: path! }));
  return ({ response, visitor }: Exchange, origin: string): void => {
    const build = builds.find(({ version }) => version === visitor.version)!;
    const boot = bootData(visitor, plugin, build.packages.exactVersion, origin);
    const page = { pluginId: id, pages, ...(notice !== undefined && { notice }) };
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'set-cookie': visitorCookies(visitor).map(([name, value]) => `${name}=${value}; Path=/`),
    });
    response.end(pageHtml(boot, page, `/host/${basename(build.directory)}`));
  };
}

/** Serves the built plugin in a page made of Grafana's packages, and answers what it asks Grafana, on loopback. */
export async function startHost(settings: HostSettings): Promise<BrowserHost> {
  const { builds, pluginDist, clickhouseUrl, apiUrl, apiToken, port = 0 } = settings;
  const plugin = readPlugin(pluginDist);
  const { id } = plugin.manifest;
  const identity = createIdentity();
  const unknown: string[] = [];
  let origin = '';
  let saved: PluginSettings = { jsonData: { apiUrl }, secureJsonData: { apiToken } };
  const buildFor = ({ visitor }: Pick<Exchange, 'visitor'>): HostBuild =>
    builds.find(({ version }) => version === visitor.version)!;
  const routes: readonly Route[] = [
    ...grafanaApiRoutes({
      ...{ plugin, clickhouseUrl, identity },
      settings: () => saved,
      save: ({ jsonData, secureJsonData }) => {
        saved = {
          jsonData: jsonData ?? saved.jsonData,
          secureJsonData: { ...saved.secureJsonData, ...secureJsonData },
        };
      },
    }),
    ...alertingRoutes(),
    ...proxyRoutes({
      ...{ manifest: plugin.manifest, identity },
      settings: () => saved,
      origin: () => origin,
    }),
    ...staticRoutes({
      ...{ plugin: pluginDist, pluginId: id },
      builtFor: (exchange) => {
        const { directory, packages } = buildFor(exchange);
        return { host: directory, ui: packages.ui };
      },
    }),
  ];
  const showPage = createPage(settings, plugin);
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://host');
    const chosen = visitorOf(request, builds.at(-1)!.version);
    const known = builds.some(({ version }) => version === chosen.version);
    const visitor = known ? chosen : { ...chosen, version: builds.at(-1)!.version };
    const exchange = {
      request,
      response,
      method: request.method ?? 'GET',
      url,
      visitor,
      parts: [],
    };
    for (const { method, path, handle } of routes) {
      const match = method === exchange.method ? path.exec(url.pathname) : null;
      if (match !== null) return handle({ ...exchange, parts: match.slice(1) });
    }
    if (url.pathname === '/') {
      response.writeHead(302, { location: `/a/${id}` }).end();
    } else if (url.pathname.startsWith('/a/')) showPage(exchange, origin);
    else {
      unknown.push(`${exchange.method} ${url.pathname}`);
      sendJson(exchange, 404, { message: 'Not found' });
    }
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ message: error instanceof Error ? error.message : 'failed' }));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: origin,
    pluginId: id,
    unknown,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}
