import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Exchange, Route } from './exchange';
import { readBody, route, sendJson } from './exchange';
import type { Identity } from './identity';
import { permissionsOf } from './permissions';
import type { PluginManifest, ProxyRoute } from './plugin';
import type { OrgRole } from './visitor';

/** Settings of the plugin, as an administrator would have entered them. */
export interface PluginSettings {
  readonly jsonData: Readonly<Record<string, unknown>>;
  readonly secureJsonData: Readonly<Record<string, string>>;
}

export interface ProxyParts {
  readonly manifest: PluginManifest;
  readonly settings: () => PluginSettings;
  readonly identity: Identity;
  /** The address of this host, which signs identities. */
  readonly origin: () => string;
}

const RANK: Readonly<Record<OrgRole, number>> = { Viewer: 0, Editor: 1, Admin: 2 };
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
/** Grafana does not pass these on, or the connection has its own. */
const DROPPED =
  /^(authorization|cookie|origin|referer|host|connection|content-length|x-grafana-id)$/;
const RETURNED = ['content-type', 'etag', 'retry-after', 'content-disposition', 'location'];

/** The part of a path that the `*` of a route stands for; undefined: another route. */
function matched(pattern: string, path: string): string | undefined {
  if (!pattern.endsWith('*')) return pattern === path.replace(/\/$/, '') ? '' : undefined;
  const start = pattern.slice(0, -1);
  return path.startsWith(start) && path.length > start.length
    ? path.slice(start.length)
    : undefined;
}

/** A setting as Go's templates write it; lists and objects, which no route is made of, look different there. */
function filledIn(value: unknown): string {
  if (value === undefined || value === null) return '<no value>';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const fill = (template: string, { jsonData, secureJsonData }: PluginSettings): string =>
  template
    .replace(/\{\{\s*\.JsonData\.(\w+)\s*\}\}/g, (_whole, name: string) => filledIn(jsonData[name]))
    .replace(/\{\{\s*\.SecureJsonData\.(\w+)\s*\}\}/g, (_whole, name: string) =>
      filledIn(secureJsonData[name]),
    );

function isAllowed({ reqRole, reqAction }: ProxyRoute, role: OrgRole, manifest: PluginManifest) {
  if (reqAction !== undefined) return permissionsOf(role, manifest).includes(reqAction);
  return reqRole === undefined || RANK[role] >= RANK[reqRole];
}

async function pass(exchange: Exchange, found: ProxyRoute, rest: string, parts: ProxyParts) {
  const { request, response, method, url, visitor } = exchange;
  const settings = parts.settings();
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (!DROPPED.test(name) && typeof value === 'string') headers.set(name, value);
  }
  for (const { name, content } of found.headers ?? []) headers.set(name, fill(content, settings));
  headers.set('x-grafana-id', parts.identity.tokenOf(visitor.role, `${parts.origin()}/`));
  const body = method === 'GET' ? null : new Uint8Array(await readBody(exchange));
  const base = fill(found.url, settings).replace(/\/$/, '');
  const query = new URLSearchParams(url.searchParams);
  // Says who asks, to us alone: the API refuses what it does not know.
  query.delete('role');
  const search = query.size === 0 ? '' : `?${query.toString()}`;
  const target = `${base}${rest === '' ? '' : `/${rest}`}${search}`;
  const answer = await fetch(target, { method, headers, body, redirect: 'manual' }).catch(
    () => undefined,
  );
  if (answer === undefined) {
    response.writeHead(502).end();
    return;
  }
  response.statusCode = answer.status;
  for (const name of RETURNED) {
    const value = answer.headers.get(name);
    if (value !== null) response.setHeader(name, value);
  }
  response.setHeader('cache-control', 'no-store');
  if (answer.body === null) response.end();
  else await pipeline(Readable.fromWeb(answer.body as never), response);
}

/** Passes calls on by the routes of `plugin.json`, with their secrets and a signed identity, as Grafana does. */
export function proxyRoutes(parts: ProxyParts): Route[] {
  const { manifest } = parts;
  const handle = async (exchange: Exchange): Promise<void> => {
    const path = exchange.parts[0]!;
    for (const candidate of manifest.routes ?? []) {
      const rest = matched(candidate.path, path);
      const otherMethod = candidate.method !== undefined && candidate.method !== exchange.method;
      if (rest === undefined || otherMethod) continue;
      // The first match decides, also when a later route would let the caller in.
      if (isAllowed(candidate, exchange.visitor.role, manifest)) {
        await pass(exchange, candidate, rest, parts);
      } else sendJson(exchange, 403, { message: 'plugin proxy route access denied' });
      return;
    }
    sendJson(exchange, 404, { message: 'plugin route match not found' });
  };
  return METHODS.map((method) => route(method, `/api/plugin-proxy/${manifest.id}/*`, handle));
}
