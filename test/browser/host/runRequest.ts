import {
  type DataQueryError,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceApi,
  LoadingState,
  type PanelData,
  toDataFrame,
} from '@grafana/data';
import { catchError, from, map, type Observable, of, startWith } from 'rxjs';

type QueryFunction = (
  request: DataQueryRequest,
) => Observable<DataQueryResponse> | Promise<DataQueryResponse>;

const errorOf = (reason: unknown): DataQueryError => {
  const { data, message } = reason as { data?: { message?: string }; message?: string };
  return { message: data?.message ?? message ?? String(reason) };
};

/** Runs the queries of a panel, as Scenes asks Grafana to; no streaming and no throttled loading state. */
export function runRequest(
  source: DataSourceApi,
  request: DataQueryRequest,
  query?: QueryFunction,
): Observable<PanelData> {
  const loading: PanelData = {
    state: LoadingState.Loading,
    series: [],
    request,
    timeRange: request.range,
  };
  const done = ({ data, errors = [], state }: DataQueryResponse): PanelData => ({
    ...loading,
    state: errors.length > 0 ? LoadingState.Error : (state ?? LoadingState.Done),
    series: data.map((frame: object) => toDataFrame(frame)),
    ...(errors[0] !== undefined && { errors, error: errors[0] }),
  });
  const failed = (reason: unknown): Observable<PanelData> => {
    const error = errorOf(reason);
    return of({ ...loading, state: LoadingState.Error, error, errors: [error] });
  };
  return from(query === undefined ? source.query(request) : query(request)).pipe(
    map(done),
    catchError(failed),
    startWith(loading),
  );
}
