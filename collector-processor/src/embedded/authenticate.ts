import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ClickHouseError } from './clickHouseError';
import type { EmbeddedUser } from './settings';

/** Without configured users the loopback is trusted, as with a fresh ClickHouse server. */
const OPEN: EmbeddedUser = { name: 'default', password: '', readOnly: false };

/** Who sends the request. Throws code 516 when he is not known or the password is wrong, without saying which. */
export function authenticate(
  users: readonly EmbeddedUser[],
  keys: URLSearchParams,
  headers: IncomingMessage['headers'],
): EmbeddedUser {
  const told = credentials(keys, headers);
  const known = users.length === 0 ? [OPEN] : users;
  const user = known.find((candidate) => candidate.name === told.name);
  // A password is compared even for an unknown name, so that the time taken tells nothing.
  const right = sameText(told.password, user?.password ?? '');
  if (user !== undefined && right) return user;
  throw ClickHouseError.of(
    'AUTHENTICATION_FAILED',
    `${told.name}: Authentication failed: password is incorrect, or there is no user with such name.`,
  );
}

/** Hashes have one length, which the comparison in constant time needs. */
function sameText(left: string, right: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(left), hash(right));
}

interface Credentials {
  readonly name: string;
  readonly password: string;
}

function credentials(keys: URLSearchParams, headers: IncomingMessage['headers']): Credentials {
  const name = headers['x-clickhouse-user'];
  if (typeof name === 'string') {
    const key = headers['x-clickhouse-key'];
    return { name, password: typeof key === 'string' ? key : '' };
  }
  const basic = /^Basic\s+(\S+)$/i.exec(headers.authorization ?? '');
  if (basic !== null) {
    const pair = Buffer.from(basic[1]!, 'base64').toString();
    const colon = pair.indexOf(':');
    return colon < 0
      ? { name: pair, password: '' }
      : { name: pair.slice(0, colon) || 'default', password: pair.slice(colon + 1) };
  }
  return { name: keys.get('user') ?? 'default', password: keys.get('password') ?? '' };
}
