import { AppEvents, type EventBus } from '@grafana/data';
import type { BackendSrv, BackendSrvRequest, FetchError, FetchResponse } from '@grafana/runtime';
import { defer, lastValueFrom, mergeMap, type Observable, of, tap, throwError } from 'rxjs';

type Options = Partial<BackendSrvRequest>;
type Params = Record<string, string>;

const bodyOf = (data: unknown): BodyInit | null => {
  if (data === undefined || data === null) return null;
  return typeof data === 'string' ? data : JSON.stringify(data);
};

const readBody = async (response: Response): Promise<unknown> => {
  const text = await response.text();
  // As Grafana does: an answer that says it is JSON must be JSON, also when it is empty.
  const saysJson = response.headers.get('content-type')?.includes('application/json') === true;
  return saysJson ? JSON.parse(text) : text;
};

async function send<T>(options: BackendSrvRequest): Promise<FetchResponse<T>> {
  const { url, method = 'GET', params, headers, abortSignal } = options;
  const data: unknown = options.data;
  const query = params === undefined ? '' : `?${new URLSearchParams(params as Params).toString()}`;
  const isObject = typeof data === 'object' && data !== null;
  const response = await fetch(`${url.startsWith('/') ? '' : '/'}${url}${query}`, {
    method,
    headers: {
      accept: 'application/json, text/plain, */*',
      'x-grafana-org-id': '1',
      ...(isObject && { 'content-type': 'application/json' }),
      ...(headers as Params | undefined),
    },
    body: bodyOf(data),
    signal: abortSignal ?? null,
  });
  const { status, statusText, ok, redirected, type } = response;
  return {
    ...{ status, statusText, ok, redirected, type, url: response.url, headers: response.headers },
    data: (await readBody(response)) as T,
    config: options,
  };
}

/** Requests to the server of the page, as Grafana's own service makes them; streams of chunks are not there. */
export function createBackendSrv(events: EventBus): BackendSrv {
  const tell = ({ config, data }: FetchError<{ message?: string } | string>): void => {
    const message = typeof data === 'string' ? undefined : data.message;
    if (config.showErrorAlert === false || message === undefined) return;
    events.publish({ type: AppEvents.alertError.name, payload: [message] });
  };
  const fetchOne = <T>(options: BackendSrvRequest): Observable<FetchResponse<T>> =>
    defer(() => send<T>(options)).pipe(
      mergeMap((answer) => {
        if (answer.ok) return of(answer);
        const { status, statusText, data, config } = answer;
        // Grafana throws a plain object, not an Error, and plugins must cope with it.
        return throwError(() => ({ status, statusText, data, config }));
      }),
    );
  const request = async <T>(options: BackendSrvRequest): Promise<T> => {
    const said = fetchOne<T>(options).pipe(
      tap({
        error: (error: unknown) => {
          if (typeof error === 'object' && error !== null && 'data' in error) {
            tell(error as FetchError<{ message?: string }>);
          }
        },
      }),
    );
    return (await lastValueFrom(said)).data;
  };
  const withBody =
    (method: string) =>
    <T>(url: string, data?: unknown, options?: Options): Promise<T> =>
      request<T>({ ...options, method, url, data });
  return {
    fetch: fetchOne,
    request,
    datasourceRequest: (options) => lastValueFrom(fetchOne<never>(options)),
    get: <T>(url: string, params?: Params, _id?: string, options?: Options) =>
      request<T>({ ...options, method: 'GET', url, ...(params && { params }) }),
    delete: withBody('DELETE'),
    post: withBody('POST'),
    patch: withBody('PATCH'),
    put: withBody('PUT'),
    chunked: () => throwError(() => new Error('The browser host has no streams.')),
  };
}
