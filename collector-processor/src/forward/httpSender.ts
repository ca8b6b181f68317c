import {
  Agent as HttpAgent,
  type IncomingMessage,
  request as httpRequest,
  type RequestOptions,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import { messageOf } from '../core/errors';
import { OTLP_PATHS } from '../otlp/paths';
import { readPartialSuccess, readStatus } from './responses';
import { readRetryAfter } from './retryDelay';
import {
  type Reply,
  type Sender,
  type SenderSettings,
  shortReason,
  type TlsMaterial,
} from './sender';

/** Answers that the OTLP specification lets a client retry. */
const RETRYABLE = new Set([429, 502, 503, 504]);
/** Of an answer; what is longer is not one of a receiver. */
const MAX_RESPONSE_BYTES = 65_536;
const PROTOBUF = 'application/x-protobuf';

const compress = promisify(gzip);

/** OTLP over HTTP with protobuf bodies, on as many kept connections as requests are sent at the same time. */
export function createHttpSender(settings: SenderSettings): Sender {
  const { endpoint, headers, compression, timeoutMs, concurrency, tls } = settings;
  const base = new URL(endpoint);
  const secure = base.protocol === 'https:';
  const pool = { keepAlive: true, maxSockets: concurrency };
  const agent = secure ? new HttpsAgent({ ...pool, ...tlsOptions(tls) }) : new HttpAgent(pool);
  const request = secure ? httpsRequest : httpRequest;
  const zipped = compression === 'gzip';
  const own = Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value]);
  const fixedHeaders = {
    ...Object.fromEntries(own),
    'content-type': PROTOBUF,
    ...(zipped ? { 'content-encoding': 'gzip' } : {}),
  } as Record<string, string>;
  const options = {
    host: base.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: base.port === '' ? (secure ? 443 : 80) : base.port,
    method: 'POST',
    agent,
  };
  const prefix = base.pathname.replace(/\/$/, '');
  return {
    async send(signal, bytes, abandon) {
      const body = zipped ? await compress(bytes, { level: constants.Z_BEST_SPEED }) : bytes;
      const path = prefix + OTLP_PATHS[signal].http;
      const sized = { ...fixedHeaders, 'content-length': body.length };
      return post(request, { ...options, path, headers: sized }, body, timeoutMs, abandon);
    },
    close() {
      agent.destroy();
    },
  };
}

const tlsOptions = ({ ca, cert, key, serverName, insecureSkipVerify }: TlsMaterial) => ({
  ...(ca === undefined ? {} : { ca }),
  ...(cert === undefined ? {} : { cert }),
  ...(key === undefined ? {} : { key }),
  ...(serverName === undefined ? {} : { servername: serverName }),
  rejectUnauthorized: !insecureSkipVerify,
});

function post(
  request: typeof httpRequest,
  options: RequestOptions,
  body: Buffer,
  timeoutMs: number,
  abandon: AbortSignal,
): Promise<Reply> {
  return new Promise((resolve) => {
    const outgoing = request(options);
    const giveUp = (): void => {
      outgoing.destroy(new Error('given up'));
    };
    const timer = setTimeout(() => {
      outgoing.destroy(new Error(`no answer within ${timeoutMs} ms`));
    }, timeoutMs);
    const end = (reply: Reply): void => {
      clearTimeout(timer);
      abandon.removeEventListener('abort', giveUp);
      resolve(reply);
    };
    const fail = (error: unknown): void => {
      end(networkFailure(error));
    };
    abandon.addEventListener('abort', giveUp);
    if (abandon.aborted) giveUp();
    outgoing.on('error', fail);
    let isSent = false;
    outgoing.on('finish', () => {
      isSent = true;
    });
    outgoing.on('response', (response) => {
      readBody(response).then((answer) => {
        end(replyOf(response, answer));
        // Answered before it was read: the rest must not be sent from memory that is the caller's again.
        if (!isSent) outgoing.destroy();
      }, fail);
    });
    outgoing.end(body);
  });
}

/** The start of the body; the rest of a longer one is read and thrown away, so that the connection can be kept. */
async function readBody(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= MAX_RESPONSE_BYTES) chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function replyOf({ statusCode = 0, headers }: IncomingMessage, body: Buffer): Reply {
  const isProtobuf = headers['content-type']?.startsWith(PROTOBUF) === true;
  if (statusCode >= 200 && statusCode < 300) {
    const { rejected, reason } = readPartialSuccess(isProtobuf ? body : Buffer.alloc(0));
    return { status: 'sent', rejected, reason: shortReason(reason) };
  }
  const said = isProtobuf ? readStatus(body).message : body.toString('utf8').trim();
  const reply = { code: String(statusCode), reason: shortReason(said) };
  return RETRYABLE.has(statusCode)
    ? { status: 'retry', ...reply, afterMs: readRetryAfter(headers['retry-after'], Date.now()) }
    : { status: 'refused', ...reply };
}

/** The request may or may not have arrived; OTLP is at-least-once, so it is sent again. */
function networkFailure(error: unknown): Reply {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'NETWORK';
  return { status: 'retry', code, reason: shortReason(messageOf(error)), afterMs: 0 };
}
