import { createHash, timingSafeEqual } from 'node:crypto';
import { everyone } from './authenticate';
import type { Authenticate, Sender } from './authenticate';

export interface TokenSetting {
  readonly token: string;
  readonly tenant: string;
}

const digest = (token: string): Buffer => createHash('sha256').update(token).digest();

const BEARER = /^Bearer +(\S+) *$/i;

/**
 * Bearer tokens to tenants; without any, everyone is `default`. Digests are compared, all of them and each in constant
 * time, so that the time of an answer tells neither how much of a token was right nor which one it was.
 */
export function createTokenAuthenticator(settings: readonly TokenSetting[]): Authenticate {
  if (settings.length === 0) return everyone;
  const known = settings.map(({ token, tenant }) => ({
    digest: digest(token),
    sender: { tenant } satisfies Sender,
  }));
  return (header) => {
    const presented = BEARER.exec(header('authorization') ?? '')?.[1];
    if (presented === undefined) return undefined;
    const presentedDigest = digest(presented);
    let found: Sender | undefined;
    for (const { digest: knownDigest, sender } of known) {
      if (timingSafeEqual(knownDigest, presentedDigest)) found = sender;
    }
    return found;
  };
}
