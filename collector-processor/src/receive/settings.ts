const KIB = 1024;
const MIB = 1024 * KIB;

/** Limits of both servers. */
export interface ReceiveLimits {
  /** Bytes of one HTTP body as sent. gRPC has no bound of its own for these: see `maxDecompressedBytes`. */
  readonly maxBodyBytes: number;
  /** Bytes of one request after decompression; over gRPC also of one message as sent. */
  readonly maxDecompressedBytes: number;
  /** Levels of brackets in a JSON body; a list or map inside an attribute takes three. */
  readonly maxJsonDepth: number;
  /** Connections to each of the two servers. */
  readonly maxConnections: number;
  /** From the first byte of a request to its last, milliseconds. */
  readonly requestTimeoutMs: number;
  /** What a sender is told to wait when the in-flight limit is hit, milliseconds. */
  readonly busyRetryAfterMs: number;
}

export interface GrpcSettings {
  /** `host:port`; port 0 takes a free one. */
  readonly address: string;
  readonly limits: ReceiveLimits;
  /** Calls at once on one connection. */
  readonly maxConcurrentStreams: number;
  /** Bytes that a sender may have on the way before we ask for more, per stream and per connection. */
  readonly flowControlWindowBytes: number;
  /** A connection silent for this long is pinged and dropped when nothing comes back, milliseconds. */
  readonly keepAliveMs: number;
  /** The place of the TLS settings; plain text is all there is so far. */
  readonly tls: undefined;
}

export interface HttpSettings {
  /** `host:port`; port 0 takes a free one. */
  readonly address: string;
  readonly limits: ReceiveLimits;
  readonly maxHeaderBytes: number;
  /** From the opening of a connection or the end of the last answer to the end of the headers, milliseconds. */
  readonly headersTimeoutMs: number;
  /** How long an idle connection is kept, milliseconds. */
  readonly keepAliveTimeoutMs: number;
  /** Origins of browser applications that may send; `*` means any, empty none. */
  readonly cors: { readonly allowedOrigins: readonly string[] };
  /** The place of the TLS settings; plain text is all there is so far. */
  readonly tls: undefined;
}

const limits: ReceiveLimits = {
  maxBodyBytes: 16 * MIB,
  maxDecompressedBytes: 64 * MIB,
  maxJsonDepth: 200,
  maxConnections: 2000,
  requestTimeoutMs: 60_000,
  busyRetryAfterMs: 1_000,
};

export const RECEIVE_DEFAULTS = {
  /** Decompressed bytes of all requests of both servers that are not answered yet. */
  inFlightBytes: 256 * MIB,
  limits,
  grpc: {
    address: '127.0.0.1:4317',
    limits,
    maxConcurrentStreams: 128,
    flowControlWindowBytes: 8 * MIB,
    keepAliveMs: 60_000,
    tls: undefined,
  } satisfies GrpcSettings,
  http: {
    address: '127.0.0.1:4318',
    limits,
    maxHeaderBytes: 16 * KIB,
    headersTimeoutMs: 20_000,
    keepAliveTimeoutMs: 120_000,
    cors: { allowedOrigins: [] as readonly string[] },
    tls: undefined,
  } satisfies HttpSettings,
} as const;
