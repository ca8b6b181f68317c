import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { ChdbResult } from 'chdb';
import type { ClickHouseError } from './clickHouseError';
import { contentType } from './contentType';
import { httpStatus } from './httpStatus';

export interface ReplySettings {
  readonly version: string;
  readonly timezone: string;
  readonly queryId: string;
}

/** The answer to one request, in the words of a ClickHouse server. */
export interface Reply {
  readonly response: ServerResponse;
  /** Sends the head of a result; `summary` is undefined while the engine still computes. */
  begin(format: string, extra: Record<string, string>, summary?: string): void;
  /** A whole answer at once. */
  send(format: string, body: Buffer, summary?: string): void;
  /** An error before anything else was sent. */
  fail(error: ClickHouseError): void;
  /** The text that tells a client of an error after the head has been sent, as ClickHouse does since 25.11. */
  trailer(error: ClickHouseError): Buffer;
}

export function createReply(response: ServerResponse, settings: ReplySettings): Reply {
  const tag = randomBytes(8).toString('hex');
  const common = {
    'X-ClickHouse-Server-Display-Name': 'plumbline',
    'X-ClickHouse-Query-Id': settings.queryId,
    'X-ClickHouse-Timezone': settings.timezone,
  };
  const begin: Reply['begin'] = (format, extra, summary) => {
    response.writeHead(200, {
      ...common,
      'Content-Type': contentType(format),
      'X-ClickHouse-Format': format,
      'X-ClickHouse-Exception-Tag': tag,
      ...(summary === undefined ? {} : { 'X-ClickHouse-Summary': summary }),
      ...extra,
    });
  };
  return {
    response,
    begin,
    send(format, body, summary) {
      begin(format, { 'Content-Length': String(body.length) }, summary);
      response.end(body);
    },
    fail(error) {
      const body = Buffer.from(`${error.describe(settings.version)}\n`);
      const status = httpStatus(error.code);
      response.writeHead(status, {
        ...common,
        'Content-Type': 'text/plain; charset=UTF-8',
        'Content-Length': String(body.length),
        'X-ClickHouse-Exception-Code': String(error.code),
        ...(status === 401
          ? { 'WWW-Authenticate': 'Basic realm="ClickHouse server HTTP API"' }
          : {}),
        // What is left of a body that was refused for its size need not be read.
        ...(status === 413 ? { Connection: 'close' } : {}),
      });
      response.end(body);
    },
    trailer(error) {
      const message = Buffer.from(`${error.describe(settings.version)}\n`);
      return Buffer.concat([
        Buffer.from(`\r\n__exception__\r\n${tag}\r\n`),
        message,
        Buffer.from(`${message.length} ${tag}\r\n__exception__\r\n`),
      ]);
    },
  };
}

/** `X-ClickHouse-Summary`: all numbers as strings. */
export function summaryOf(result: ChdbResult, writes: boolean): string {
  const rows = String(result.rowsRead);
  const bytes = String(result.bytesRead);
  return JSON.stringify({
    read_rows: rows,
    read_bytes: bytes,
    written_rows: writes ? rows : '0',
    written_bytes: writes ? bytes : '0',
    total_rows_to_read: '0',
    result_rows: writes ? '0' : rows,
    result_bytes: writes ? '0' : bytes,
    elapsed_ns: String(Math.round(result.elapsed * 1e9)),
  });
}
