import { getBackendSrv } from '@grafana/runtime';
import { firstValueFrom } from 'rxjs';
import { PLUGIN_ID } from '../shared/pluginId';
import { type Problem, problemOf } from '../shared/problem';

export interface ApiCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /**
   * Below `/api/v1`, without a leading slash. Names that may hold a `/` go into `query`: Grafana's proxy decodes the path.
   */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  /** A write with a key is done once, however often it is sent. */
  readonly idempotencyKey?: string;
}

export type ApiOutcome<Answer> =
  | { readonly state: 'done'; readonly data: Answer }
  | { readonly state: 'failed'; readonly problem: Problem };

const PROXY = `/api/plugin-proxy/${PLUGIN_ID}/api`;

const queryOf = (query: ApiCall['query'] = {}): string => {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
};

/**
 * One call of the processor's API through Grafana, which adds the token and says who the user is. What goes wrong is an
 * outcome, never a throw, and no toast: the caller shows it where it happened.
 */
export const callApi = async <Answer>({
  method,
  path,
  query,
  body,
  idempotencyKey,
}: ApiCall): Promise<ApiOutcome<Answer>> => {
  try {
    const response = await firstValueFrom(
      getBackendSrv().fetch<Answer>({
        url: `${PROXY}/${path}${queryOf(query)}`,
        method,
        showErrorAlert: false,
        showSuccessAlert: false,
        ...(body === undefined ? {} : { data: body }),
        ...(idempotencyKey === undefined ? {} : { headers: { 'Idempotency-Key': idempotencyKey } }),
      }),
    );
    return { state: 'done', data: response.data };
  } catch (error) {
    return { state: 'failed', problem: problemOf(error) };
  }
};
