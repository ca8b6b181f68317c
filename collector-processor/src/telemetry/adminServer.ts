import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { Registry } from 'prom-client';
import type { Component } from '../core/component';
import { createReadiness, type ReadinessCheck } from './readiness';
import { isPlainTarget } from './requestTarget';

export interface AdminServerParts {
  readonly registry: Registry;
  /** What else `/metrics` shows; none of it has a name of `registry`. */
  readonly more?: () => readonly Registry[];
  readonly checks: readonly ReadinessCheck[];
}

export interface AdminServerSettings {
  readonly host: string;
  readonly port: number;
}

export interface AdminServer extends Component {
  /** `host:port` it listens on; empty before `start()`. */
  readonly address: string;
  /** Later rooms mount their routes here before `start()`. */
  readonly app: FastifyInstance;
}

const LIMITS = {
  bodyLimit: 64 * 1024,
  requestTimeout: 10_000,
  connectionTimeout: 30_000,
  keepAliveTimeout: 10_000,
  maxRequestsPerSocket: 1000,
} as const;
const MAX_CONNECTIONS = 200;

/** Nothing here is for a browser to render, embed or keep. */
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

/** Nothing is there: what is sent here because of its target is told so by the handler of what is not found. */
const REFUSED = '/refused';
const DETAIL = 'the path has . or .. segments, empty segments, backslashes or encodings of them';
const AMBIGUOUS = {
  type: 'urn:plumbline:problem:invalid-request',
  title: 'The request does not fit',
  status: 400,
  detail: DETAIL,
  // Grafana shows this field to people.
  message: DETAIL,
} as const;

const PATHS = ['/metrics', '/healthz', '/readyz'] as const;

const addRoutes = (app: FastifyInstance, { registry, more, checks }: AdminServerParts): void => {
  const notReady = createReadiness(checks);
  app.addHook('onSend', async (_request, reply) => {
    reply.headers(HEADERS);
  });
  app.get('/metrics', async (_request, reply) => {
    reply.type(registry.contentType);
    return Registry.merge([registry, ...(more?.() ?? [])]).metrics();
  });
  app.get('/healthz', () => ({ status: 'alive' }));
  app.get('/readyz', async (_request, reply) => {
    const reasons = await notReady();
    if (reasons.length === 0) return { status: 'ready' };
    return reply.code(503).send({ status: 'not_ready', reasons });
  });
  app.setNotFoundHandler((request, reply) => {
    if (!isPlainTarget(request.originalUrl)) {
      return reply.code(400).type('application/problem+json').send(AMBIGUOUS);
    }
    const path = request.url.split('?')[0];
    if (PATHS.some((known) => known === path)) {
      return reply.code(405).header('allow', 'GET, HEAD').send({ error: 'method not allowed' });
    }
    return reply.code(404).send({ error: 'not found' });
  });
};

/** `/metrics` for Prometheus, `/healthz` (the process lives) and `/readyz` (it can take traffic; else 503 with reasons). */
export const createAdminServer = (
  parts: AdminServerParts,
  { host, port }: AdminServerSettings,
): AdminServer => {
  const app = fastify({
    ...LIMITS,
    forceCloseConnections: 'idle',
    logger: false,
    // Names of models, percent-encoded.
    routerOptions: { maxParamLength: 4096 },
    // Before the router decodes anything.
    rewriteUrl: ({ url = '' }) => (isPlainTarget(url) ? url : REFUSED),
  });
  app.server.maxConnections = MAX_CONNECTIONS;
  addRoutes(app, parts);
  let address = '';
  return {
    app,
    get address() {
      return address;
    },
    async start() {
      await app.listen({ host, port });
      const { port: bound } = app.server.address() as AddressInfo;
      address = `${host.includes(':') ? `[${host}]` : host}:${bound}`;
    },
    async stop(deadline) {
      const cut = (): void => {
        app.server.closeAllConnections();
      };
      deadline.addEventListener('abort', cut);
      if (deadline.aborted) cut();
      await app.close();
      deadline.removeEventListener('abort', cut);
    },
  };
};
