import type { DataFrame } from '@grafana/data';
import {
  type BackendDataSourceResponse,
  getBackendSrv,
  toDataQueryResponse,
} from '@grafana/runtime';
import { catchError, map, type Observable, of } from 'rxjs';
import { clickhouseQuery, type QueryFormat } from './clickhouseQuery';

/** One statement for the ClickHouse data source. */
export interface QueryRequest {
  readonly sql: string;
  readonly datasourceUid: string;
  /** The time range that `$__timeFilter` and its kin stand for. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly format?: QueryFormat | undefined;
}

export type QueryOutcome =
  | { readonly state: 'done'; readonly frames: readonly DataFrame[] }
  | { readonly state: 'failed'; readonly message: string; readonly status: number };

/** What `/api/ds/query` takes as the grid of a time series when nothing is drawn at a known width. */
const GRID = { intervalMs: 60_000, maxDataPoints: 1000 } as const;

/**
 * Runs one statement as the signed-in user. A query that fails is an outcome, never a throw. Grafana answers a failed query
 * with an HTTP error, for which `fetch` throws a plain object whose body still holds the message of ClickHouse:
 * `toDataQueryResponse` reads it from there.
 */
export const runQuery = ({
  sql,
  datasourceUid,
  fromMs,
  toMs,
  format = 'table',
}: QueryRequest): Observable<QueryOutcome> => {
  const query = clickhouseQuery(sql, datasourceUid, format);
  return getBackendSrv()
    .fetch<BackendDataSourceResponse>({
      url: '/api/ds/query',
      method: 'POST',
      showErrorAlert: false,
      data: {
        from: String(fromMs),
        to: String(toMs),
        queries: [{ ...query, ...GRID }],
      },
    })
    .pipe(
      catchError((error: Parameters<typeof toDataQueryResponse>[0]) => of(error)),
      map((response) => {
        const { data, errors } = toDataQueryResponse(response, [query]);
        const error = errors?.[0];
        if (error === undefined) return { state: 'done', frames: data as DataFrame[] };
        return {
          state: 'failed',
          message: error.message ?? error.statusText ?? '',
          status: error.status ?? 0,
        };
      }),
    );
};
