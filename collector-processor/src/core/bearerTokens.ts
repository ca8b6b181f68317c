import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (token: string): Buffer => createHash('sha256').update(token).digest();

const BEARER = /^Bearer +(\S+) *$/i;

/**
 * Finds what a header `Authorization: Bearer <token>` stands for; undefined: nothing we know. Digests are compared, all of
 * them and each in constant time, so that the time of an answer tells neither how much of a token was right nor which one
 * it was.
 */
export function createBearerTokens<T>(
  entries: readonly { readonly token: string; readonly owner: T }[],
): (authorization: string | undefined) => T | undefined {
  const known = entries.map(({ token, owner }) => ({ digest: digest(token), owner }));
  return (authorization) => {
    const presented = BEARER.exec(authorization ?? '')?.[1];
    if (presented === undefined) return undefined;
    const presentedDigest = digest(presented);
    let found: T | undefined;
    for (const { digest: knownDigest, owner } of known) {
      if (timingSafeEqual(knownDigest, presentedDigest)) found = owner;
    }
    return found;
  };
}
