import type { ClickHouseClient } from '@clickhouse/client';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../core/clock';
import type { BlockEvents } from '../store/block';
import { failureOf, sendProblem, unreadable } from './answers';
import { createAuthenticate } from './authenticate';
import { type Caller, mayAct } from './caller';
import { createGrafanaIdentity } from './grafanaIdentity';
import { createGrafanaKeys } from './grafanaKeys';
import { createOpenApi } from './openApi';
import { type Problem, problem } from './problem';
import { createRateLimit } from './rateLimit';
import {
  methodOf,
  type QueryRoute,
  type ReadRoute,
  type Route,
  type RouteInput,
  type WriteRoute,
} from './route';
import { createRegistryCache, REGISTRY_CACHE } from './registry/registryCache';
import { createRoutes } from './routes';
import type { ApiSettings, GrafanaSettings } from './settings';
import { createWrites, type Writes } from './write';

export interface ApiEvents extends BlockEvents {
  apiAnswered(answer: {
    method: string;
    route: string;
    status: number;
    milliseconds: number;
  }): void;
  apiRefused(refusal: { reason: string }): void;
  apiFailed(failure: { error: unknown; action: string }): void;
  grafanaKeysFailed(failure: { reason: string }): void;
}

export interface ApiParts {
  /** Undefined while there is none. */
  readonly store: () => ClickHouseClient | undefined;
  readonly events: ApiEvents;
  readonly clock: Clock;
}

const PREFIX = '/api/v1';
const NO_STORE = problem('unavailable', 'the store is not there yet');

const callerOf = (request: FastifyRequest): Caller | null =>
  request.getDecorator<Caller | null>('caller');

const inputOf = ({ params, query, body }: FastifyRequest): RouteInput => ({
  path: params,
  query,
  body,
});

/** Aborts when nobody waits any more. That of the request does so once a body has been read, too. */
function waitingOf({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort();
  });
  return gone.signal;
}

const keyOf = ({ headers }: FastifyRequest): string | undefined => {
  const key = headers['idempotency-key'];
  return Array.isArray(key) ? key.join(',') : key;
};

function identifyOf(
  { url, issuer, orgId, tenant, keysMaxAgeMs: maxAgeMs }: GrafanaSettings,
  { clock, events }: ApiParts,
) {
  if (url === null) return undefined;
  const failed = (reason: string): void => {
    events.grafanaKeysFailed({ reason });
  };
  const keyOfGrafana = createGrafanaKeys({ clock, failed }, { url, maxAgeMs });
  return createGrafanaIdentity(
    { keyOf: keyOfGrafana, clock },
    { issuer: issuer ?? url, orgId, tenant },
  );
}

/** Before anything of a request's body is read: who calls, and not too often. */
function addGate(app: FastifyInstance, parts: ApiParts, settings: ApiSettings): void {
  const { tokens, grafana, limits } = settings;
  const authenticate = createAuthenticate(
    { identify: identifyOf(grafana, parts) },
    { tokens, routeToken: grafana.url === null ? null : grafana.token },
  );
  const waitMs = createRateLimit(limits);
  app.decorateRequest('caller', null);
  app.addHook('onRequest', async (request, reply) => {
    const result = await authenticate(request.headers);
    if (result.status === 'refused') {
      parts.events.apiRefused({ reason: result.reason });
      return sendProblem(reply, result.problem);
    }
    const wait = waitMs(JSON.stringify([result.caller.via, result.caller.actor]));
    if (wait > 0) {
      parts.events.apiRefused({ reason: 'rate' });
      return sendProblem(reply, problem('rate-limited', 'more than api.limits allow'), wait);
    }
    request.setDecorator('caller', result.caller);
    return undefined;
  });
}

interface Handlers {
  /** A known caller who may not; undefined: he may. */
  forbidden(route: Route, caller: Caller): Problem | undefined;
  read(
    route: ReadRoute | QueryRoute,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply>;
  write(route: WriteRoute, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply>;
}

const createHandlers = (store: ApiParts['store'], writes: Writes): Handlers => ({
  forbidden({ role, kind }, caller) {
    if (kind === 'write' && caller.anonymous) {
      return problem('forbidden', 'nobody is signed in: a shared identity cannot write');
    }
    return mayAct(caller.role, role) ? undefined : problem('forbidden', `needs the role ${role}`);
  },
  async read(route, request, reply) {
    const caller = callerOf(request);
    const client = store();
    if (client === undefined || caller === null) return sendProblem(reply, NO_STORE);
    const context = { caller, store: client, signal: waitingOf(reply) };
    const result = await route.run(inputOf(request), context);
    if (result.status === 'problem') return sendProblem(reply, result.problem);
    if (result.status === 'ok') return reply.send(result.answer);
    return reply.type('application/json; charset=utf-8').send(result.json);
  },
  async write(route, request, reply) {
    const caller = callerOf(request);
    const client = store();
    if (client === undefined || caller === null) return sendProblem(reply, NO_STORE);
    const input = inputOf(request);
    const idempotencyKey = keyOf(request);
    const answer = await writes.answer({ route, input, caller, store: client, idempotencyKey });
    if (answer.status === 'problem') return sendProblem(reply, answer.problem);
    if (answer.replayed) reply.header('idempotency-replayed', 'true');
    // With a content type, Grafana's frontend would look for JSON in it.
    if (answer.json === 'null') return reply.code(204).send();
    return reply.code(answer.code).type('application/json; charset=utf-8').send(answer.json);
  },
});

function addRoute(
  app: FastifyInstance,
  route: Route,
  { store, events, writes }: Pick<ApiParts, 'store' | 'events'> & { readonly writes: Writes },
  { maxBodyBytes, timeoutMs }: ApiSettings['limits'],
): void {
  const handlers = createHandlers(store, writes);
  const tell = async (request: FastifyRequest, reason: Problem): Promise<void> => {
    const caller = callerOf(request);
    const client = store();
    if (route.kind !== 'write' || caller === null || client === undefined) return;
    const idempotencyKey = keyOf(request);
    await writes.refuse({ route, caller, store: client, idempotencyKey }, reason);
  };
  app.route({
    method: methodOf(route),
    url: route.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    bodyLimit: maxBodyBytes,
    handlerTimeout: timeoutMs,
    onRequest: async (request, reply) => {
      const caller = callerOf(request);
      const reason = caller === null ? NO_STORE : handlers.forbidden(route, caller);
      if (reason === undefined) return undefined;
      await tell(request, reason);
      return sendProblem(reply, reason);
    },
    errorHandler: (error, request, reply) => {
      const reason = unreadable(error);
      if (reason === undefined) {
        events.apiFailed({ error, action: route.operationId });
        sendProblem(reply, failureOf(error));
        return;
      }
      void tell(request, reason).then(() => sendProblem(reply, reason));
    },
    handler: (request, reply) =>
      route.kind === 'write'
        ? handlers.write(route, request, reply)
        : handlers.read(route, request, reply),
  });
}

/** Puts the API under `/api/v1` of a server; call it before the server listens. */
export function mountApi(app: FastifyInstance, parts: ApiParts, settings: ApiSettings): void {
  const { store, events, clock } = parts;
  const failed = events.apiFailed.bind(events);
  const registry = createRegistryCache({ clock, failed }, REGISTRY_CACHE);
  const routes = createRoutes({ events, registry, clock });
  const description = JSON.stringify(createOpenApi(routes));
  const writes = createWrites({ clock, failed }, settings);
  app.get(`${PREFIX}/openapi.json`, (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(description),
  );
  app.register(
    (api, _options, done) => {
      api.removeContentTypeParser('text/plain');
      addGate(api, parts, settings);
      api.addHook('onResponse', async (request, reply) => {
        events.apiAnswered({
          method: request.method,
          route: request.routeOptions.url ?? 'none',
          status: reply.statusCode,
          milliseconds: reply.elapsedTime,
        });
      });
      api.setErrorHandler((error, _request, reply) => {
        events.apiFailed({ error, action: 'none' });
        return sendProblem(reply, unreadable(error) ?? failureOf(error));
      });
      api.setNotFoundHandler((_request, reply) =>
        sendProblem(reply, problem('not-found', 'there is no such path with this method')),
      );
      for (const route of routes) {
        addRoute(api, route, { store, events, writes }, settings.limits);
      }
      done();
    },
    { prefix: PREFIX },
  );
}
