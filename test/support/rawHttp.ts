import { request } from 'node:http';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
}

export interface RawRequest {
  readonly method?: string;
  /** Path and query. */
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  /** One piece is sent with its length, several are sent chunked. */
  readonly body?: string | Buffer | readonly Buffer[];
  readonly signal?: AbortSignal;
}

/** One HTTP request exactly as given: no header of its own but those that Node must add. */
export function rawHttp(
  url: string,
  { method = 'POST', path, headers = {}, body, signal }: RawRequest,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      new URL(path, url),
      { method, headers, ...(signal && { signal }) },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.once('error', reject);
        incoming.once('end', () => {
          const whole = Buffer.concat(chunks);
          resolve({
            status: incoming.statusCode!,
            headers: incoming.headers,
            body: whole,
            text: whole.toString(),
          });
        });
      },
    );
    outgoing.once('error', reject);
    if (Array.isArray(body)) for (const chunk of body as readonly Buffer[]) outgoing.write(chunk);
    outgoing.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : undefined);
  });
}

/** The header of a user and his password. */
export const basicAuth = (user: string, password: string): { authorization: string } => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});

/** Its status and ClickHouse's code. */
export const answerCode = (answer: RawAnswer): [status: number, code: string | undefined] => [
  answer.status,
  answer.headers['x-clickhouse-exception-code'] as string | undefined,
];
