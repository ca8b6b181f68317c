import { generateKeyPairSync, sign } from 'node:crypto';
import type { OrgRole } from './visitor';

const LIFE_S = 600;

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signs who is looking, as Grafana does for what it passes on; the key is made for this process. */
export interface Identity {
  /** The body of `/api/signing-keys/keys`. */
  readonly keys: object;
  /** A fresh `X-Grafana-Id` of the visitor. */
  tokenOf(role: OrgRole, issuer: string): string;
}

export function createIdentity(): Identity {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const kid = `id-${new Date().toISOString().slice(0, 7)}-es256`;
  const jwk = publicKey.export({ format: 'jwk' });
  return {
    keys: { keys: [{ ...jwk, use: 'sig', alg: 'ES256', kid }] },
    tokenOf(role, issuer) {
      const now = Math.floor(Date.now() / 1000);
      const claims = {
        ...{ aud: 'org:1', iss: issuer, namespace: 'default', iat: now, exp: now + LIFE_S },
        ...{ sub: 'user:1', type: 'user', role, identifier: 'preview', username: 'preview' },
      };
      const text = `${base64({ alg: 'ES256', kid, typ: 'jwt' })}.${base64(claims)}`;
      const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const;
      return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
    },
  };
}
