import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type Component, inOrder } from '../core/component';
import { OTLP_PATHS } from '../otlp/paths';
import { createCertificates, tlsOptions } from './certificates';
import { corsHeaders, preflightHeaders } from './cors';
import { createHttpExport } from './httpExport';
import { watchConnections } from './httpConnections';
import type { HttpConnections } from './httpConnections';
import { readHead } from './httpHead';
import type { Refused } from './httpHead';
import { createIntake } from './intake';
import { closeBy, listen } from './listener';
import type { Receiver, ReceiverParts } from './receiver';
import { httpReply, plainReply } from './reply';
import type { HttpReply } from './reply';
import type { HttpSettings } from './settings';
import { SIGNAL_ROUTES } from './signals';
import type { SignalRoute } from './signals';

const ROUTES = new Map(SIGNAL_ROUTES.map((route) => [OTLP_PATHS[route.signal].http, route]));

const routeOf = ({ url = '' }: IncomingMessage): SignalRoute | undefined =>
  ROUTES.get(url.split('?', 1)[0]!);

/** Aborts when the sender has gone before it got its answer. */
function whileWaiting(response: ServerResponse): AbortSignal {
  const waiting = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) waiting.abort(new Error('the sender does not wait'));
  });
  return waiting.signal;
}

/** Lets a sender that is still sending read our refusal; ends the connection when it sends on and on. */
function discardRest(request: IncomingMessage, maxBytes: number): void {
  let bytes = 0;
  request.on('error', () => undefined);
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes) request.destroy();
  });
}

/** The server, and what must run beside it. */
function createHttpServer(
  { limits, maxHeaderBytes, tls, ...settings }: HttpSettings,
  events: ReceiverParts['events'],
): { readonly server: Server; readonly certificates: Component } {
  const options = {
    maxHeaderSize: maxHeaderBytes,
    headersTimeout: Math.min(settings.headersTimeoutMs, limits.requestTimeoutMs),
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: settings.keepAliveTimeoutMs,
    // How often the two timeouts above are looked at.
    connectionsCheckingInterval: Math.min(5_000, Math.ceil(limits.requestTimeoutMs / 4)),
    noDelay: true,
  };
  const secure = tls && createSecureServer({ ...options, ...tlsOptions(tls, 'http/1.1') });
  const certificates =
    tls && secure ? [createCertificates({ server: secure, protocol: 'http', events }, tls)] : [];
  const server: Server = secure ?? createServer(options);
  server.maxConnections = limits.maxConnections;
  return { server, certificates: inOrder(certificates) };
}

/** What becomes of one request. */
function createHandler(
  parts: ReceiverParts,
  { limits, cors }: HttpSettings,
  connections: HttpConnections,
) {
  const { budget, events } = parts;
  const exportRequest = createHttpExport(createIntake(parts), budget, limits);

  const endingOf = async (
    request: IncomingMessage,
    response: ServerResponse,
    route: SignalRoute,
  ): Promise<Refused | { reply: HttpReply }> => {
    const head = readHead(request, route, parts, limits);
    if ('reply' in head) return head;
    if (request.headers.expect !== undefined) response.writeContinue();
    return exportRequest(request, head, route, whileWaiting(response));
  };

  return async (request: IncomingMessage, response: ServerResponse): Promise<HttpReply> => {
    const route = routeOf(request);
    if (route === undefined) {
      events.requestRefused({ protocol: 'http', signal: undefined, reason: 'path', bytes: 0 });
      discardRest(request, limits.maxBodyBytes);
      return plainReply('path');
    }
    const allowed = corsHeaders(request, cors.allowedOrigins);
    const preflight = preflightHeaders(request, allowed);
    if (preflight !== undefined) return { status: 204, headers: preflight, body: Buffer.alloc(0) };
    const ending = await endingOf(request, response, route).catch((error: unknown) => {
      events.consumerFailed({ protocol: 'http', signal: route.signal, error });
      return { reply: httpReply({ status: 'failed' }, 'json', route.rejectedName) };
    });
    if ('reason' in ending) {
      const reason = connections.hasTimedOut(request.socket) ? 'timeout' : ending.reason;
      events.requestRefused({
        protocol: 'http',
        signal: route.signal,
        reason,
        bytes: ending.bytes,
      });
      discardRest(request, limits.maxBodyBytes);
    }
    return { ...ending.reply, headers: { ...ending.reply.headers, ...allowed } };
  };
}

/** OTLP/HTTP/1.1, protobuf and JSON. */
export function createHttpReceiver(parts: ReceiverParts, settings: HttpSettings): Receiver {
  const { events } = parts;
  const { server, certificates } = createHttpServer(settings, events);
  const connections = watchConnections(server, events);
  const handle = createHandler(parts, settings, connections);
  let { address } = settings;
  let stopped: Promise<void> | undefined;

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, headers, body } = await handle(request, response);
    if (response.destroyed) return;
    // A body that was announced but not asked for would stand in the way of the next request.
    const unasked = request.headers.expect !== undefined && status >= 400;
    if (stopped !== undefined || unasked) response.shouldKeepAlive = false;
    response.writeHead(status, { ...headers, 'Content-Length': body.length }).end(body);
  };
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    void answer(request, response);
  };
  server.on('request', onRequest).on('checkContinue', onRequest);
  server.on('drop', () => {
    events.connectionRefused({ protocol: 'http' });
  });

  const stop = (deadline: AbortSignal): Promise<void> => {
    const closed = closeBy(server, deadline, () => {
      server.closeAllConnections();
    });
    connections.endIdle();
    void certificates.stop(deadline);
    return closed;
  };
  return {
    get address() {
      return address;
    },
    async start() {
      await certificates.start();
      address = await listen(server, settings.address);
    },
    stop: (deadline) => (stopped ??= stop(deadline)),
  };
}
