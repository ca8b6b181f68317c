import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { authenticate } from './authenticate';
import { ClickHouseError } from './clickHouseError';
import type { FrontParts } from './frontParts';
import { createReply } from './reply';
import { readOptions } from './requestOptions';
import { runRequest } from './runRequest';
import type { EmbeddedUser } from './settings';
import { countError } from './usageCounts';

/** The ClickHouse HTTP interface. */
export interface Front {
  /** Answers one request; never rejects. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Refuses requests from now on, ends what only reads, and resolves when everything else is done. */
  drain(): Promise<void>;
}

const PROBES = new Set(['/ping', '/replicas_status']);
const PATHS = new Set(['/', '/query', '/query/']);

export function createFront(parts: FrontParts, users: readonly EmbeddedUser[]): Front {
  const active = new Set<Promise<void>>();
  let draining = false;

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const reply = createReply(response, {
      version: parts.chdb.version,
      timezone: parts.chdb.timezone,
      queryId: queryIdOf(url.searchParams),
    });
    const gone = new AbortController();
    response.once('close', () => {
      gone.abort();
    });
    try {
      const refusal = refuseUnrouted(request, url);
      if (refusal !== undefined) plain(response, ...refusal);
      else if (isProbe(request, url)) plain(response, 200, 'Ok.\n');
      else {
        const user = authenticate(users, url.searchParams, request.headers);
        if (draining) throw ClickHouseError.of('ABORTED', 'The embedded engine is shutting down');
        await runRequest(parts, {
          incoming: request,
          reply,
          options: readOptions(url, request.headers),
          user,
          // As with a server, GET is for reading: links and images must not be able to write.
          readOnly: user.readOnly || isGet(request),
          gone: gone.signal,
        });
      }
    } catch (error) {
      countError(parts.counts, error);
      if (response.headersSent) response.destroy();
      else if (!response.destroyed) reply.fail(ClickHouseError.from(error));
    }
  };

  return {
    handle(request, response) {
      const answered = answer(request, response).finally(() => active.delete(answered));
      active.add(answered);
      return answered;
    },
    async drain() {
      draining = true;
      for (const statement of parts.running) statement.cancel();
      while (active.size > 0) await Promise.allSettled(active);
    },
  };
}

const isGet = (request: IncomingMessage): boolean =>
  request.method === 'GET' || request.method === 'HEAD';

const isProbe = (request: IncomingMessage, url: URL): boolean =>
  PROBES.has(url.pathname) || (isGet(request) && !url.searchParams.has('query'));

/** It is sent back in a header, so it must fit into one. */
function queryIdOf(keys: URLSearchParams): string {
  const told = keys.get('query_id') ?? '';
  return /^[\x21-\x7e]{1,256}$/.test(told) ? told : randomUUID();
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=UTF-8' });
  response.end(text);
}

function refuseUnrouted(
  request: IncomingMessage,
  url: URL,
): [status: number, text: string] | undefined {
  if (!isGet(request) && request.method !== 'POST')
    return [405, 'Only GET and POST are supported.\n'];
  if (!PROBES.has(url.pathname) && !PATHS.has(url.pathname))
    return [404, `There is no handle ${url.pathname}\n`];
  // A page of another site may make a browser send a POST to the loopback; no client outside of a page tells an origin.
  const { origin, host } = request.headers;
  if (origin !== undefined && origin !== `http://${host ?? ''}`)
    return [403, 'Requests from pages of other origins are refused.\n'];
  return undefined;
}
