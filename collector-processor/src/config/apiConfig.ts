import { z } from 'zod';
import { address, bytes, httpUrl, milliseconds, text, whole } from './fields';
import { section } from './section';

const MIB = 1024 * 1024;
const SHORTEST_TOKEN = 16;

const secret = () => text().min(SHORTEST_TOKEN, `must be at least ${SHORTEST_TOKEN} characters`);

/** Who may use the API by a token of its own. */
const token = z.strictObject({
  name: text(128),
  token: secret(),
  role: z.enum(['viewer', 'editor', 'admin']),
  tenant: text(128),
});

const tokens = z
  .array(token)
  .superRefine((entries, context) => {
    for (const key of ['token', 'name'] as const) {
      const seen = new Set<string>();
      for (const [index, entry] of entries.entries()) {
        if (seen.has(entry[key])) {
          context.addIssue({ code: 'custom', path: [index, key], message: 'is there twice' });
        }
        seen.add(entry[key]);
      }
    }
  })
  .default([]);

/** Calls through the plugin proxy of a Grafana. */
const grafana = section({
  url: httpUrl().nullable().default(null),
  token: secret().nullable().default(null),
  issuer: httpUrl().nullable().default(null),
  orgId: whole().default(1),
  tenant: text(128).default('default'),
  keysMaxAgeMs: milliseconds(1000).default(3_600_000),
}).superRefine(({ url, token: routeToken }, context) => {
  if (url !== null && routeToken === null) {
    context.addIssue({
      code: 'custom',
      path: ['token'],
      message: 'must be set when api.grafana.url is: it tells that a call comes from our Grafana',
    });
  }
});

/** `api`: the admin server and what it lets people do. */
export const apiConfig = section({
  address: address().default('127.0.0.1:4319'),
  tokens,
  grafana,
  limits: section({
    maxBodyBytes: bytes().default(8 * MIB),
    timeoutMs: milliseconds(100).default(30_000),
    requestsPerSecond: z.number().positive('must be more than 0').default(20),
    burstSeconds: whole(1, 3600).default(5),
  }),
  idempotencyHours: whole(1, 24 * 30).default(24),
}).superRefine((api, context) => {
  if (api.tokens.some((entry) => entry.token === api.grafana.token)) {
    context.addIssue({
      code: 'custom',
      path: ['grafana', 'token'],
      message:
        'must not be one of api.tokens: with those, whoever has them acts without an identity',
    });
  }
});
