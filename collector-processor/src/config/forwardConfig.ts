import { z } from 'zod';
import { bytes, httpUrl, milliseconds, text, whole } from './fields';
import { section } from './section';

const MIB = 1024 * 1024;

/** What both HTTP/1.1 and gRPC can carry; gRPC keeps names in `-bin` for bytes and `grpc-` for itself. */
const headers = z
  .record(
    z.string().regex(/^(?!grpc-)(?!.*-bin$)[0-9a-z_.-]{1,128}$/i),
    z.string().regex(/^[\x20-\x7e]*$/, 'must be printable ASCII'),
  )
  .default({});

const tls = section({
  caFile: text().nullable().default(null),
  certFile: text().nullable().default(null),
  keyFile: text().nullable().default(null),
  serverName: text(253).nullable().default(null),
  insecureSkipVerify: z.boolean().default(false),
}).refine(({ certFile, keyFile }) => (certFile === null) === (keyFile === null), {
  path: ['keyFile'],
  message: 'must be there when forward.tls.certFile is, and only then',
});

const queue = section({
  maxBytes: bytes().default(64 * MIB),
  maxRequests: whole().default(1000),
  concurrency: whole(1, 100).default(4),
});

const retry = section({
  attempts: whole(1, 1000).default(12),
  initialMs: milliseconds().default(1000),
  maxMs: milliseconds().default(30_000),
});

/** `forward`: the enriched copy downstream. */
export const forwardConfig = section({
  endpoint: httpUrl().nullable().default(null),
  protocol: z.enum(['grpc', 'http']).default('grpc'),
  headers,
  compression: z.enum(['none', 'gzip']).default('none'),
  timeoutMs: milliseconds().default(10_000),
  tls,
  queue,
  retry,
  drainMs: milliseconds(0).default(5000),
  metricsEveryMs: milliseconds(100).default(60_000),
  metricsMaxSeries: whole(1, 100_000).default(2000),
}).superRefine((forward, context) => {
  const { endpoint, protocol } = forward;
  if (endpoint === null || !URL.canParse(endpoint)) return;
  const url = new URL(endpoint);
  const refuse = (path: (keyof typeof forward | keyof typeof forward.tls)[], message: string) => {
    context.addIssue({ code: 'custom', path, message });
  };
  if (url.search !== '' || url.hash !== '') refuse(['endpoint'], 'must not have a ? or #');
  if (protocol === 'grpc' && url.pathname !== '/') {
    refuse(['endpoint'], 'must not have a path, unless forward.protocol is http');
  }
  if (url.protocol !== 'https:') {
    for (const key of ['caFile', 'certFile', 'serverName'] as const) {
      if (forward.tls[key] !== null) refuse(['tls', key], 'needs an endpoint with https://');
    }
  }
});
