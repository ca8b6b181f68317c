import { z } from 'zod';
import { address, bytes, text, whole } from './fields';
import { section } from './section';

const MIB = 1024 * 1024;

/** A sender's bearer token and the tenant label that its rows get. */
const token = z.strictObject({ token: text(), tenant: text(128) });

/** PEM files; a server with them speaks TLS only. */
const tls = z
  .strictObject({
    certFile: text(),
    keyFile: text(),
    clientCaFile: text().nullable().default(null),
    // YAML reads 1.2 as a number.
    minVersion: z.preprocess(
      (value) => (typeof value === 'number' ? String(value) : value),
      z.enum(['1.2', '1.3']).default('1.2'),
    ),
  })
  .nullable()
  .default(null);

/** What each tenant may send in a second. */
const perTenant = section({
  bytesPerSecond: bytes().nullable().default(null),
  requestsPerSecond: z.number().positive('must be more than 0').nullable().default(null),
  burstSeconds: whole(1, 3600).default(10),
});

const limits = section({
  maxBodyBytes: bytes().default(16 * MIB),
  maxDecompressedBytes: bytes().default(64 * MIB),
  maxInFlightBytes: bytes().default(256 * MIB),
  maxNesting: whole(1, 1000).default(32),
  maxAttributes: whole(1, 65_536).default(1024),
  maxEvents: whole(1, 65_536).default(4096),
  maxConnections: whole().default(2000),
  perTenant,
}).superRefine((value, context) => {
  // A request that may not be held in flight could never be accepted, and the sender would retry it for ever.
  if (value.maxInFlightBytes < value.maxDecompressedBytes) {
    context.addIssue({
      code: 'custom',
      path: ['maxInFlightBytes'],
      message: 'must not be less than receive.limits.maxDecompressedBytes',
    });
  }
});

/** `receive`: the OTLP servers. */
export const receiveConfig = section({
  grpc: section({ address: address().default('127.0.0.1:4317'), tls }),
  http: section({
    address: address().default('127.0.0.1:4318'),
    corsAllowedOrigins: z.array(text()).default([]),
    tls,
  }),
  tokens: z
    .array(token)
    .superRefine((tokens, context) => {
      const seen = new Set<string>();
      for (const [index, entry] of tokens.entries()) {
        if (seen.has(entry.token)) {
          context.addIssue({ code: 'custom', path: [index, 'token'], message: 'is there twice' });
        }
        seen.add(entry.token);
      }
    })
    .default([]),
  limits,
});
