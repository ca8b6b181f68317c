import { createBearerTokens } from '../core/bearerTokens';
import type { Caller } from './caller';
import type { IdentityResult } from './grafanaIdentity';
import { problem, type Problem } from './problem';
import type { ApiToken } from './settings';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

export type Authentication =
  | { readonly status: 'ok'; readonly caller: Caller }
  /** `reason` is for our log and counter only. */
  | { readonly status: 'refused'; readonly problem: Problem; readonly reason: string };

export interface AuthenticateParts {
  /** Undefined: no Grafana may call. */
  readonly identify: ((jwt: string) => Promise<IdentityResult>) | undefined;
}

export interface AuthenticateSettings {
  readonly tokens: readonly ApiToken[];
  /** The secret of the plugin's routes. */
  readonly routeToken: string | null;
}

/** Headers that Grafana's plugin proxy adds. */
const FROM_GRAFANA = ['x-grafana-id', 'x-grafana-context', 'x-grafana-referer', 'x-grafana-user'];

const forbidden = (detail: string, reason: string): Authentication => ({
  status: 'refused',
  problem: problem('forbidden', detail),
  reason,
});

const ofToken = ({ name, role, tenant }: ApiToken): Caller => ({
  tenant,
  role,
  via: 'token',
  actor: `token:${name}`,
  actorId: '',
  actorName: name,
  anonymous: false,
});

/**
 * Says who calls, from the headers alone. There are two ways in: a token of `api.tokens`, or the route's token of our
 * Grafana together with the identity that it signed. On the second one nothing is ever answered with 401, because
 * Grafana's frontend would sign in and send the request again, writes too.
 */
export function createAuthenticate(
  { identify }: AuthenticateParts,
  { tokens, routeToken }: AuthenticateSettings,
): (headers: Headers) => Promise<Authentication> {
  const known = createBearerTokens<ApiToken | 'grafana'>([
    ...tokens.map((entry) => ({ token: entry.token, owner: entry })),
    ...(routeToken === null ? [] : [{ token: routeToken, owner: 'grafana' as const }]),
  ]);
  return async (headers) => {
    const viaGrafana = FROM_GRAFANA.some((name) => headers[name] !== undefined);
    const owner = known(headers.authorization as string | undefined);
    if (owner === undefined) {
      if (viaGrafana) return forbidden("the route's token is missing or wrong", 'route_token');
      return {
        status: 'refused',
        problem: problem('unauthenticated', 'send a known token as Authorization: Bearer <token>'),
        reason: 'token',
      };
    }
    if (owner !== 'grafana') {
      // With it on a route, every user of that Grafana would act with the token's role.
      if (viaGrafana) return forbidden("this token is not for Grafana's routes", 'token_on_route');
      return { status: 'ok', caller: ofToken(owner) };
    }
    const jwt = headers['x-grafana-id'];
    if (identify === undefined || typeof jwt !== 'string' || jwt === '') {
      return forbidden('the identity that Grafana signs is missing', 'identity_missing');
    }
    const identity = await identify(jwt);
    if (identity.status === 'ok') return identity;
    if (identity.status === 'refused') {
      return forbidden('the identity of Grafana is not valid', `identity_${identity.reason}`);
    }
    const detail = "Grafana's keys cannot be fetched, so nobody can be known";
    return { status: 'refused', problem: problem('unavailable', detail), reason: 'keys' };
  };
}
