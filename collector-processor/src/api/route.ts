import type { ClickHouseClient } from '@clickhouse/client';
import type { z } from 'zod';
import type { Caller, Role } from './caller';
import { invalidRequest, type Problem } from './problem';

/** What a request says, not looked at yet. */
export interface RouteInput {
  readonly path: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/** Expected results are values: what a handler throws is a bug or a store that is not there. */
export type Result<A> =
  | { readonly status: 'ok'; readonly answer: A }
  | { readonly status: 'problem'; readonly problem: Problem };

export const ok = <A>(answer: A): Result<A> => ({ status: 'ok', answer });

/** An answer that is JSON already; it must fit the route's schema. */
export interface WrittenAnswer {
  readonly status: 'written';
  readonly json: string | Buffer;
}
export const written = (json: string | Buffer): WrittenAnswer => ({ status: 'written', json });
export const failed = (problem: Problem): Result<never> => ({ status: 'problem', problem });

export interface ReadContext {
  readonly caller: Caller;
  readonly store: ClickHouseClient;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

export interface WriteContext {
  readonly caller: Caller;
  readonly store: ClickHouseClient;
  /**
   * When the write was first asked for, Unix milliseconds: the same at every retry with one idempotency key, so that rows
   * made of it replace those of an attempt that was cut short.
   */
  readonly timeMs: number;
}

/** What the audit says about a write, without anything that may be private. */
export interface About {
  readonly object: string;
  readonly environment?: string;
  readonly model?: string;
  readonly version?: string;
  readonly request: Readonly<Record<string, unknown>>;
}

interface RouteText {
  /** Under `/api/v1`, parts in braces: `/models/{name}`. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly role: Role;
  readonly answer: z.ZodType;
}

export interface ReadRoute extends RouteText {
  readonly kind: 'read';
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  run(input: RouteInput, context: ReadContext): Promise<Result<unknown> | WrittenAnswer>;
}

export interface WriteRoute extends RouteText {
  readonly kind: 'write';
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** What the audit calls it: `labels.write`. */
  readonly action: string;
  readonly body: z.ZodType;
  /** Checks what was asked for; nothing is done yet. */
  plan(input: RouteInput): Result<Plan>;
}

export interface Plan {
  readonly about: About;
  run(context: WriteContext): Promise<Result<unknown>>;
}

/** A question that is too long for a query string: a POST that changes nothing, so that no audit tells of it. */
export interface QueryRoute extends RouteText {
  readonly kind: 'query';
  readonly body: z.ZodType;
  run(input: RouteInput, context: ReadContext): Promise<Result<unknown>>;
}

export type Route = ReadRoute | QueryRoute | WriteRoute;

export const methodOf = (route: Route): 'GET' | WriteRoute['method'] =>
  route.kind === 'write' ? route.method : route.kind === 'query' ? 'POST' : 'GET';

interface ReadParts<
  P extends z.ZodObject,
  Q extends z.ZodObject,
  A extends z.ZodType,
> extends RouteText {
  readonly params: P;
  readonly query: Q;
  readonly answer: A;
  readonly read: (
    asked: { readonly path: z.output<P>; readonly query: z.output<Q> },
    context: ReadContext,
  ) => Promise<Result<z.output<A>> | WrittenAnswer>;
}

/** A route that changes nothing. */
export function defineRead<P extends z.ZodObject, Q extends z.ZodObject, A extends z.ZodType>({
  read,
  ...route
}: ReadParts<P, Q, A>): ReadRoute {
  return {
    ...route,
    kind: 'read',
    async run(input, context) {
      const path = route.params.safeParse(input.path);
      if (!path.success) return failed(invalidRequest('path', path.error.issues, input.path));
      const query = route.query.safeParse(input.query);
      if (!query.success) return failed(invalidRequest('query', query.error.issues, input.query));
      return read({ path: path.data, query: query.data }, context);
    },
  };
}

interface QueryParts<B extends z.ZodType, A extends z.ZodType> extends RouteText {
  readonly body: B;
  readonly answer: A;
  readonly read: (body: z.output<B>, context: ReadContext) => Promise<Result<z.output<A>>>;
}

/** A route that answers a question in its body, and changes nothing. */
export function defineQuery<B extends z.ZodType, A extends z.ZodType>({
  read,
  ...route
}: QueryParts<B, A>): QueryRoute {
  return {
    ...route,
    kind: 'query',
    async run({ body }, context) {
      const parsed = route.body.safeParse(body);
      if (!parsed.success) return failed(invalidRequest('body', parsed.error.issues, body));
      return read(parsed.data, context);
    },
  };
}

interface WriteParts<B extends z.ZodType, A extends z.ZodType> extends RouteText {
  readonly method: WriteRoute['method'];
  readonly action: string;
  readonly body: B;
  readonly answer: A;
  readonly describe: (body: z.output<B>) => About;
  readonly write: (body: z.output<B>, context: WriteContext) => Promise<Result<z.output<A>>>;
}

/** A route that changes something, which the audit tells of. */
export function defineWrite<B extends z.ZodType, A extends z.ZodType>({
  describe,
  write,
  ...route
}: WriteParts<B, A>): WriteRoute {
  return {
    ...route,
    kind: 'write',
    plan({ body }) {
      const parsed = route.body.safeParse(body);
      if (!parsed.success) return failed(invalidRequest('body', parsed.error.issues, body));
      const { data } = parsed;
      return ok({ about: describe(data), run: (context) => write(data, context) });
    },
  };
}
