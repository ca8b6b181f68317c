import {
  type ChannelCredentials,
  Client,
  compressionAlgorithms,
  credentials,
  Metadata,
  type ServiceError,
  status as GRPC,
} from '@grpc/grpc-js';
import { OTLP_PATHS } from '../otlp/paths';
import { readPartialSuccess, readStatus } from './responses';
import {
  type Reply,
  type Sender,
  type SenderSettings,
  shortReason,
  type TlsMaterial,
} from './sender';

/** Codes that the OTLP specification lets a client retry; RESOURCE_EXHAUSTED only when it carries a `RetryInfo`. */
const RETRYABLE = new Set([
  GRPC.CANCELLED,
  GRPC.DEADLINE_EXCEEDED,
  GRPC.ABORTED,
  GRPC.OUT_OF_RANGE,
  GRPC.UNAVAILABLE,
  GRPC.DATA_LOSS,
]);
const MAX_RECONNECT_MS = 5000;

const sameBuffer = (buffer: Buffer): Buffer => buffer;

/** OTLP over gRPC: unary calls whose messages stay bytes, on one connection. */
export function createGrpcSender(settings: SenderSettings): Sender {
  const { endpoint, headers, compression, timeoutMs, tls } = settings;
  const url = new URL(endpoint);
  const secure = url.protocol === 'https:';
  const target = `${url.hostname}:${url.port === '' ? (secure ? 443 : 80) : url.port}`;
  const client = new Client(target, secure ? tlsCredentials(tls) : credentials.createInsecure(), {
    // The queue retries, and knows when it may not.
    'grpc.enable_retries': 0,
    'grpc.max_reconnect_backoff_ms': MAX_RECONNECT_MS,
    'grpc.use_local_subchannel_pool': 1,
    'grpc.enable_channelz': 0,
    ...(compression === 'gzip'
      ? { 'grpc.default_compression_algorithm': compressionAlgorithms.gzip }
      : {}),
    ...(tls.serverName === undefined
      ? {}
      : {
          'grpc.ssl_target_name_override': tls.serverName,
          'grpc.default_authority': tls.serverName,
        }),
  });
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(headers)) metadata.set(key, value);

  return {
    send: (signal, bytes, abandon) =>
      new Promise((resolve) => {
        const call = client.makeUnaryRequest(
          OTLP_PATHS[signal].grpc,
          sameBuffer,
          sameBuffer,
          bytes,
          metadata,
          { deadline: Date.now() + timeoutMs },
          (error, response) => {
            abandon.removeEventListener('abort', cancel);
            resolve(error === null ? sentReply(response) : failedReply(error));
          },
        );
        const cancel = (): void => {
          call.cancel();
        };
        if (abandon.aborted) cancel();
        abandon.addEventListener('abort', cancel);
      }),
    close() {
      client.close();
    },
  };
}

const tlsCredentials = ({ ca, cert, key, insecureSkipVerify }: TlsMaterial): ChannelCredentials =>
  credentials.createSsl(
    ca ?? null,
    key ?? null,
    cert ?? null,
    insecureSkipVerify ? { rejectUnauthorized: false, checkServerIdentity: () => undefined } : {},
  );

function sentReply(response: Buffer | undefined): Reply {
  const { rejected, reason } = readPartialSuccess(response ?? Buffer.alloc(0));
  return { status: 'sent', rejected, reason: shortReason(reason) };
}

function failedReply({ code, details, metadata }: ServiceError): Reply {
  const [status] = metadata.get('grpc-status-details-bin');
  const { retryAfterMs } = readStatus(Buffer.isBuffer(status) ? status : Buffer.alloc(0));
  const reply = { code: GRPC[code], reason: shortReason(details) };
  const mayRetry =
    RETRYABLE.has(code) || (code === GRPC.RESOURCE_EXHAUSTED && retryAfterMs !== undefined);
  return mayRetry
    ? { status: 'retry', ...reply, afterMs: retryAfterMs ?? 0 }
    : { status: 'refused', ...reply };
}
