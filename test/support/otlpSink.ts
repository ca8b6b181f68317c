import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import type { ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { gunzipSync } from 'node:zlib';
import { Metadata, Server, ServerCredentials, status as GRPC } from '@grpc/grpc-js';
import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import type { Certified } from './certificates';
import { otlpRoot } from './otlpProto';

/** How a sink answers a request. */
export type SinkAnswer =
  | 'taken'
  | 'refused'
  /** Not now; a delay of 0 is not told. */
  | { readonly laterMs: number }
  | { readonly rejected: number }
  /** No answer at all. */
  | 'silent';

export interface SinkRequest {
  /** gRPC method or HTTP path. */
  readonly path: string;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Decompressed. */
  readonly bytes: Buffer;
  readonly atMs: number;
}

export interface SinkOptions {
  readonly protocol: 'grpc' | 'http';
  readonly certificate?: Certified;
  /** Asks for a certificate of the client that the same authority signed. */
  readonly mutual?: boolean;
  readonly answer?: (index: number) => SinkAnswer;
  /** False: answers and forgets, for benches. */
  readonly keep?: boolean;
  /** The system chooses when it is absent. */
  readonly port?: number;
}

/** A receiver that shares no code with the product: it keeps what it is sent and answers as it was told. */
export interface OtlpSink {
  readonly endpoint: string;
  readonly requests: readonly SinkRequest[];
  stop(): Promise<void>;
}

const encode = (type: string, value: object): Buffer => {
  const message = otlpRoot.lookupType(type);
  return Buffer.from(message.encode(message.fromObject(value)).finish());
};

const partial = (rejected: number): Buffer =>
  encode('ExportTraceServiceResponse', {
    partialSuccess: { rejectedSpans: rejected, errorMessage: 'some are bad' },
  });

const laterStatus = (ms: number): Buffer => {
  const retryDelay = { seconds: Math.floor(ms / 1000), nanos: (ms % 1000) * 1e6 };
  const value = encode('RetryInfo', { retryDelay });
  const typeUrl = 'type.googleapis.com/google.rpc.RetryInfo';
  return encode('RpcStatus', { code: 14, message: 'later', details: [{ typeUrl, value }] });
};

export async function startOtlpSink(options: SinkOptions): Promise<OtlpSink> {
  const requests: SinkRequest[] = [];
  const { answer = () => 'taken', keep: keeping = true } = options;
  const keep = (request: Omit<SinkRequest, 'atMs'>): SinkAnswer => {
    if (keeping) requests.push({ ...request, atMs: Date.now() });
    return answer(requests.length - 1);
  };
  const serving = await (options.protocol === 'grpc' ? serveGrpc : serveHttp)(options, keep);
  const scheme = options.certificate === undefined ? 'http' : 'https';
  return {
    endpoint: `${scheme}://localhost:${serving.port}`,
    requests,
    stop: () => serving.stop(),
  };
}

type Keep = (request: Omit<SinkRequest, 'atMs'>) => SinkAnswer;
interface Serving {
  readonly port: number;
  stop(): Promise<void>;
}

async function serveHttp(
  { certificate, mutual, port = 0 }: SinkOptions,
  keep: Keep,
): Promise<Serving> {
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { url = '', headers } = request;
      const body = Buffer.concat(chunks);
      const bytes = headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
      replyHttp(response, keep({ path: url, headers, bytes }));
    });
  };
  const server =
    certificate === undefined
      ? createHttpServer(onRequest)
      : createHttpsServer(
          {
            cert: certificate.cert,
            key: certificate.key,
            ...(mutual === true
              ? { ca: certificate.cert, requestCert: true, rejectUnauthorized: true }
              : {}),
          },
          onRequest,
        );
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function replyHttp(response: ServerResponse, answer: SinkAnswer): void {
  if (answer === 'silent') return;
  const protobuf = { 'content-type': 'application/x-protobuf' };
  if (answer === 'taken') response.writeHead(200, protobuf).end();
  else if (answer === 'refused') response.writeHead(400).end('not like this');
  else if ('rejected' in answer) response.writeHead(200, protobuf).end(partial(answer.rejected));
  else {
    const delay =
      answer.laterMs === 0 ? {} : { 'retry-after': String(Math.ceil(answer.laterMs / 1000)) };
    response.writeHead(503, { ...protobuf, ...delay }).end(laterStatus(answer.laterMs));
  }
}

const SIGNALS = ['trace.v1.Trace', 'metrics.v1.Metrics', 'logs.v1.Logs'];
const same = (bytes: Buffer): Buffer => bytes;

async function serveGrpc(
  { certificate, mutual, port = 0 }: SinkOptions,
  keep: Keep,
): Promise<Serving> {
  const server = new Server();
  for (const signal of SIGNALS) {
    const path = `/opentelemetry.proto.collector.${signal}Service/Export`;
    const method = {
      path,
      requestStream: false,
      responseStream: false,
      requestSerialize: same,
      requestDeserialize: same,
      responseSerialize: same,
      responseDeserialize: same,
    };
    const handle = (call: ServerUnaryCall<Buffer, Buffer>, reply: sendUnaryData<Buffer>): void => {
      const headers = { ...call.metadata.getMap(), ':authority': call.getHost() };
      replyGrpc(reply, keep({ path, headers, bytes: call.request }));
    };
    server.addService({ export: method }, { export: handle });
  }
  const credentials =
    certificate === undefined
      ? ServerCredentials.createInsecure()
      : ServerCredentials.createSsl(
          mutual === true ? Buffer.from(certificate.cert) : null,
          [
            {
              cert_chain: Buffer.from(certificate.cert),
              private_key: Buffer.from(certificate.key),
            },
          ],
          mutual === true,
        );
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`localhost:${port}`, credentials, (error, taken) => {
      if (error) reject(error);
      else resolve(taken);
    });
  });
  return {
    port: bound,
    stop: () => {
      server.forceShutdown();
      return Promise.resolve();
    },
  };
}

function replyGrpc(reply: sendUnaryData<Buffer>, answer: SinkAnswer): void {
  if (answer === 'silent') return;
  if (answer === 'taken') reply(null, Buffer.alloc(0));
  else if (answer === 'refused') reply({ code: GRPC.INVALID_ARGUMENT, details: 'not like this' });
  else if ('rejected' in answer) reply(null, partial(answer.rejected));
  else {
    const metadata = new Metadata();
    if (answer.laterMs > 0) metadata.set('grpc-status-details-bin', laterStatus(answer.laterMs));
    reply({ code: GRPC.UNAVAILABLE, details: 'later', metadata });
  }
}
