import { verify } from 'node:crypto';
import { z } from 'zod';
import type { Caller, Role } from './caller';
import type { KeyResult } from './grafanaKeys';

const MAX_LENGTH = 8192;
const LEEWAY_S = 30;
const SIGNATURE_BYTES = 64;

const header = z.object({ alg: z.literal('ES256'), kid: z.string().min(1).max(256) });
const seconds = z.number();
const claims = z.object({
  iss: z.string(),
  aud: z.string(),
  namespace: z.string(),
  exp: seconds,
  iat: seconds,
  nbf: seconds.optional(),
  sub: z.string().regex(/^[a-z-]+:[0-9A-Za-z_-]{1,128}$/),
  type: z.enum(['user', 'service-account', 'anonymous']),
  role: z.enum(['Viewer', 'Editor', 'Admin']),
  identifier: z.string().max(256).default(''),
  username: z.string().max(256).default(''),
});

const ROLE: Readonly<Record<z.infer<typeof claims>['role'], Role>> = {
  Viewer: 'viewer',
  Editor: 'editor',
  Admin: 'admin',
};

export interface IdentitySettings {
  readonly issuer: string;
  readonly orgId: number;
  readonly tenant: string;
}

export interface IdentityParts {
  readonly keyOf: (kid: string) => Promise<KeyResult>;
  /** Unix milliseconds. */
  readonly clock: () => number;
}

/** The reason is for our log, not for the caller. */
export type IdentityResult =
  | { readonly status: 'ok'; readonly caller: Caller }
  | { readonly status: 'refused'; readonly reason: string }
  | { readonly status: 'unavailable' };

const refused = (reason: string): IdentityResult => ({ status: 'refused', reason });

const jsonOf = (part: string): unknown => {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString()) as unknown;
  } catch {
    return undefined;
  }
};

const withoutSlash = (url: string): string => url.replace(/\/+$/, '');

/** What is wrong with the claims of a token whose signature is right; undefined: nothing. */
function claimProblem(
  { iss, aud, namespace, exp, iat, nbf = iat, sub, type }: z.infer<typeof claims>,
  { issuer, orgId }: IdentitySettings,
  nowS: number,
): string | undefined {
  if (exp + LEEWAY_S <= nowS) return 'expired';
  if (Math.max(iat, nbf) - LEEWAY_S > nowS) return 'not_yet_valid';
  if (withoutSlash(iss) !== withoutSlash(issuer)) return 'issuer';
  if (aud !== `org:${orgId}`) return 'audience';
  if (namespace !== (orgId === 1 ? 'default' : `org-${orgId}`)) return 'namespace';
  return sub.startsWith(`${type}:`) ? undefined : 'subject';
}

/**
 * Verifies an `X-Grafana-Id`: a JWT signed with ES256 that says who is signed in to Grafana. It is for a whole
 * organisation, not for us: whoever relies on it needs the token of our route beside it.
 */
export function createGrafanaIdentity(
  { keyOf, clock }: IdentityParts,
  settings: IdentitySettings,
): (jwt: string) => Promise<IdentityResult> {
  return async (jwt) => {
    const [head = '', payload = '', signature = '', ...rest] =
      jwt.length > MAX_LENGTH ? [] : jwt.split('.');
    const parsedHead = header.safeParse(jsonOf(head));
    if (!parsedHead.success || rest.length > 0) return refused('not_es256');
    const signed = Buffer.from(signature, 'base64url');
    if (signed.length !== SIGNATURE_BYTES) return refused('signature');
    const found = await keyOf(parsedHead.data.kid);
    if ('missing' in found) {
      return found.missing === 'unavailable' ? { status: 'unavailable' } : refused('unknown_key');
    }
    const key = { key: found.key, dsaEncoding: 'ieee-p1363' } as const;
    if (!verify('sha256', Buffer.from(`${head}.${payload}`), key, signed)) {
      return refused('signature');
    }
    const parsed = claims.safeParse(jsonOf(payload));
    if (!parsed.success) return refused('claims');
    const problem = claimProblem(parsed.data, settings, clock() / 1000);
    if (problem !== undefined) return refused(problem);
    const { sub, identifier, username, role, type } = parsed.data;
    const anonymous = type === 'anonymous';
    const caller: Caller = {
      tenant: settings.tenant,
      role: anonymous ? 'viewer' : ROLE[role],
      via: 'grafana',
      actor: sub,
      actorId: identifier,
      actorName: username,
      anonymous,
    };
    return { status: 'ok', caller };
  };
}
