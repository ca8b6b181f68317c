import type { TlsFiles } from '../core/tlsIdentity';

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

/** A server that speaks TLS only. */
export interface TlsSettings extends TlsFiles {
  /** The oldest version of TLS that is spoken. */
  readonly minVersion: '1.2' | '1.3';
  /** From the opening of a connection to its encryption, milliseconds. */
  readonly handshakeTimeoutMs: number;
  /** How often the files are looked at for a renewed certificate, milliseconds. */
  readonly checkEveryMs: number;
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
  /** How long the answer to such a ping may take, milliseconds. */
  readonly keepAliveTimeoutMs: number;
  /** From the opening of a connection to the settings with which HTTP/2 begins, milliseconds. */
  readonly prefaceTimeoutMs: number;
  /** A connection without a call for this long is ended, milliseconds; clients open another one when they need it. */
  readonly maxIdleMs: number;
  /** Undefined: plain text. */
  readonly tls: TlsSettings | undefined;
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
  /** Undefined: plain text. */
  readonly tls: TlsSettings | undefined;
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
  tls: { handshakeTimeoutMs: 10_000, checkEveryMs: 10_000 },
  grpc: {
    address: '127.0.0.1:4317',
    limits,
    maxConcurrentStreams: 128,
    flowControlWindowBytes: 8 * MIB,
    keepAliveMs: 60_000,
    keepAliveTimeoutMs: 20_000,
    prefaceTimeoutMs: 20_000,
    maxIdleMs: 600_000,
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
