import { ClickHouseError } from './clickHouseError';
import { findInsertHead } from './insertHead';
import type { InsertHead } from './insertHead';
import { parseStatement } from './statement';
import type { Statement } from './statement';

/** What a request is about: a statement, or an insert that brings its data. */
export type RequestWork =
  | { readonly kind: 'statement'; readonly statement: Statement }
  | { readonly kind: 'insert'; readonly head: InsertHead; readonly data: AsyncIterable<Buffer> };

/** ClickHouse's default `max_query_size`: longer SQL is refused; what follows the SQL of an insert may be longer. */
const DEFAULT_SQL_BYTES = 262_144;
const MAX_SQL_BYTES = 16 * 1024 * 1024;

/** The SQL of an insert is trusted only when more follows it, or its last word could be cut in two. */
const LOOK_AHEAD_BYTES = 64;

/**
 * ClickHouse reads the `query` of the URL and the body as one text. Reads the body up to the point where it is known
 * what the request is; the data of an insert stays in the stream.
 */
export async function readRequest(
  query: string,
  body: AsyncGenerator<Buffer>,
  maxQuerySize?: string,
): Promise<RequestWork> {
  const maxSqlBytes = Math.min(Number(maxQuerySize) || DEFAULT_SQL_BYTES, MAX_SQL_BYTES);
  let text = Buffer.from(query === '' ? '' : `${query}\n`);
  const urlBytes = text.length;
  let ended = false;
  for (;;) {
    const prefix = text.subarray(0, maxSqlBytes);
    const head = findInsertHead(prefix);
    const whole =
      head !== undefined &&
      (ended || head.dataAt <= urlBytes || head.dataAt + LOOK_AHEAD_BYTES <= prefix.length);
    if (whole) return { kind: 'insert', head, data: following(text.subarray(head.dataAt), body) };
    if (text.length > maxSqlBytes)
      throw ClickHouseError.of(
        'SYNTAX_ERROR',
        `Syntax error: the statement is longer than max_query_size, ${maxSqlBytes} bytes`,
      );
    if (ended) return { kind: 'statement', statement: parseStatement(text.toString('utf8')) };
    const next = await body.next();
    if (next.done === true) ended = true;
    else text = Buffer.concat([text, next.value]);
  }
}

async function* following(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (first.length > 0) yield first;
  yield* rest;
}
