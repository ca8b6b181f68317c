import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Visitor } from './visitor';

/** One request to the host. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  readonly url: URL;
  readonly visitor: Visitor;
  /** What stands in the brackets of the route's pattern. */
  readonly parts: readonly string[];
}

const MAX_BYTES = 32 * 1024 * 1024;

export async function readBody({ request }: Exchange): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BYTES) throw new Error(`the body has more than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export async function readJson<T>(exchange: Exchange): Promise<T> {
  return JSON.parse((await readBody(exchange)).toString()) as T;
}

export function sendJson({ response }: Exchange, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

export function sendNothing({ response }: Exchange, status: number): void {
  response.writeHead(status).end();
}

/** A call that the host answers; the first route that matches method and path does. */
export interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly handle: (exchange: Exchange) => void | Promise<void>;
}

/** A route by a path in which `:name` stands for one segment and a `*` at the end for the rest. */
export function route(
  method: string,
  path: string,
  handle: (exchange: Exchange) => void | Promise<void>,
): Route {
  const pattern = path.replace(/:\w+/g, '([^/]+)').replace(/\*$/, '(.*)');
  return { method, path: new RegExp(`^${pattern}$`), handle };
}
