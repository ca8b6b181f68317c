import { connect } from 'node:http2';
import type { ClientHttp2Session, IncomingHttpHeaders } from 'node:http2';

export const EXPORT_TRACES = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';
export const EXPORT_LOGS = '/opentelemetry.proto.collector.logs.v1.LogsService/Export';
export const EXPORT_METRICS = '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export';

export interface RawGrpcCall {
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** DATA frames, in order, each in a write of its own. */
  readonly frames: readonly Buffer[];
  /** False leaves the call open, so that only the server can end it. */
  readonly end?: boolean;
}

export interface RawGrpcAnswer {
  /** Headers and trailers together; a trailers-only answer has nothing but trailers. */
  readonly headers: IncomingHttpHeaders;
  readonly code: number;
  readonly message: string;
  readonly body: Buffer;
}

/** A gRPC message with its five bytes of prefix. */
export function grpcFrame(message: Uint8Array, compressed = false): Buffer {
  const frame = Buffer.alloc(5 + message.length);
  frame.writeUInt8(compressed ? 1 : 0, 0);
  frame.writeUInt32BE(message.length, 1);
  frame.set(message, 5);
  return frame;
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

/** A unary call frame by frame, to send what no gRPC library would. */
export async function rawGrpcCall(
  session: ClientHttp2Session,
  { path = EXPORT_TRACES, headers = {}, frames, end = true }: RawGrpcCall,
): Promise<RawGrpcAnswer> {
  const stream = session.request({
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc',
    te: 'trailers',
    ...headers,
  });
  const answered = new Promise<RawGrpcAnswer>((resolve, reject) => {
    const received: IncomingHttpHeaders = {};
    const body: Buffer[] = [];
    stream.on('response', (first) => {
      Object.assign(received, first);
    });
    stream.on('trailers', (last) => {
      Object.assign(received, last);
    });
    stream.on('data', (chunk: Buffer) => body.push(chunk));
    stream.on('error', reject);
    // As real clients do: an answer ends the call, whatever is left to send.
    stream.on('end', () => {
      stream.close();
    });
    stream.on('close', () => {
      resolve({
        headers: received,
        code: Number(received['grpc-status']),
        message: decodeURI(String(received['grpc-message'] ?? '')),
        body: Buffer.concat(body),
      });
    });
  });
  for (const frame of frames) {
    if (stream.closed || stream.destroyed) break;
    stream.write(frame);
    await pause();
  }
  if (end) stream.end();
  return answered;
}

/** Runs `use` with a connection of its own. */
export async function withSession<T>(
  address: string,
  use: (session: ClientHttp2Session) => Promise<T>,
): Promise<T> {
  const session = connect(`http://${address}`);
  session.on('error', () => undefined);
  try {
    return await use(session);
  } finally {
    session.destroy();
  }
}
