import { createBearerTokens } from '../core/bearerTokens';
import { everyone } from './authenticate';
import type { Authenticate, Sender } from './authenticate';

export interface TokenSetting {
  readonly token: string;
  readonly tenant: string;
}

/** Bearer tokens to tenants; without any, everyone is `default`. */
export function createTokenAuthenticator(settings: readonly TokenSetting[]): Authenticate {
  if (settings.length === 0) return everyone;
  const senderOf = createBearerTokens(
    settings.map(({ token, tenant }) => ({ token, owner: { tenant } satisfies Sender })),
  );
  return (header) => senderOf(header('authorization'));
}
