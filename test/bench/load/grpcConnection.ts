import { connect } from 'node:http2';
import type { ClientHttp2Session, IncomingHttpHeaders } from 'node:http2';

const HEADERS = {
  ':method': 'POST',
  'content-type': 'application/grpc',
  te: 'trailers',
};
/** gRPC status numbers that the load client tells apart. */
export const GRPC = { ok: 0, unavailable: 14 } as const;

/** The answer to one export call. `status` is the gRPC status, -1 when the connection failed before one came. */
export interface ExportReply {
  readonly status: number;
  readonly message: string;
}

/** One HTTP/2 connection that makes unary OTLP export calls of one method. */
export interface GrpcConnection {
  /** `frame` is the request with its five-byte gRPC prefix. Never rejects. */
  export(frame: Buffer): Promise<ExportReply>;
  close(): Promise<void>;
}

/**
 * A gRPC client written on node:http2, because the one that services use costs more CPU than the server under test
 * and the two share the machine.
 */
export async function openGrpcConnection(address: string, method: string): Promise<GrpcConnection> {
  const session = connect(`http://${address}`, {
    settings: { initialWindowSize: 1 << 20 },
    // In megabytes: the default of 10 fails calls when many large requests wait to be sent.
    maxSessionMemory: 4096,
  });
  await new Promise<void>((resolve, reject) => {
    session.once('connect', () => {
      resolve();
    });
    session.once('error', reject);
  });
  session.on('error', () => undefined);
  return {
    export: (frame) => exportOnce(session, method, frame),
    close: () =>
      new Promise<void>((resolve) => {
        if (session.destroyed) resolve();
        else session.close(resolve);
      }),
  };
}

function exportOnce(
  session: ClientHttp2Session,
  method: string,
  frame: Buffer,
): Promise<ExportReply> {
  return new Promise((resolve) => {
    let status = -1;
    let message = 'the stream ended without a status';
    const take = (headers: IncomingHttpHeaders): void => {
      const told = headers['grpc-status'];
      if (told === undefined) return;
      status = Number(told);
      message = decodeURIComponent(String(headers['grpc-message'] ?? ''));
    };
    try {
      const stream = session.request({ ...HEADERS, ':path': method });
      // A refusal comes as headers alone, an acceptance as headers, a message and trailers.
      stream.on('response', take);
      stream.on('trailers', take);
      stream.on('error', (error: Error) => {
        message = error.message;
      });
      stream.on('close', () => {
        resolve({ status, message });
      });
      stream.resume();
      stream.end(frame);
    } catch (error) {
      resolve({ status, message: error instanceof Error ? error.message : String(error) });
    }
  });
}
