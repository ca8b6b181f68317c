import type { DataFrame } from '@grafana/data';
import {
  type BackendDataSourceResponse,
  getBackendSrv,
  toDataQueryResponse,
} from '@grafana/runtime';
import { catchError, map, type Observable, of } from 'rxjs';
import { problemOf } from '../shared/problem';
import { type ClickHouseQuery, clickhouseQuery, type QueryFormat } from './clickhouseQuery';

/** One statement for the ClickHouse data source. */
export interface QueryRequest {
  readonly sql: string;
  readonly datasourceUid: string;
  /** The time range that `$__timeFilter` and its kin stand for. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly format?: QueryFormat | undefined;
  /** What `$__timeInterval` rounds to; a minute when left out. */
  readonly intervalMs?: number | undefined;
}

export type QueryOutcome =
  | { readonly state: 'done'; readonly frames: readonly DataFrame[] }
  | { readonly state: 'failed'; readonly message: string; readonly status: number };

/** What `/api/ds/query` takes as the grid of a time series when nothing is drawn at a known width. */
const MINUTE_MS = 60_000;
const MAX_DATA_POINTS = 1000;

type Response = Parameters<typeof toDataQueryResponse>[0];

const outcomeOf = (response: Response, query: ClickHouseQuery): QueryOutcome => {
  const { data, errors } = toDataQueryResponse(response, [query]);
  const error = errors?.[0];
  if (error === undefined) return { state: 'done', frames: data as DataFrame[] };
  const message = error.message ?? error.statusText ?? '';
  return { state: 'failed', message, status: error.status ?? 0 };
};

/**
 * A failed query is an HTTP error, for which `fetch` throws a plain object whose body still holds the message of ClickHouse.
 * Without such a body (a proxy in between answered) Grafana's reader sees no error at all: it would look like no rows.
 */
const failureOf = (error: Response, query: ClickHouseQuery): QueryOutcome => {
  const outcome = outcomeOf(error, query);
  if (outcome.state === 'failed') return outcome;
  const { message, status } = problemOf(error);
  return { state: 'failed', message, status };
};

/** Runs one statement as the signed-in user. A query that fails is an outcome, never a throw. */
export const runQuery = ({
  sql,
  datasourceUid,
  fromMs,
  toMs,
  format = 'table',
  intervalMs = MINUTE_MS,
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
        queries: [{ ...query, intervalMs, maxDataPoints: MAX_DATA_POINTS }],
      },
    })
    .pipe(
      map((response) => outcomeOf(response, query)),
      catchError((error: Response) => of(failureOf(error, query))),
    );
};
