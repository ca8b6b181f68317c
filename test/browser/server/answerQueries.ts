import { expandMacros } from './expandMacros';
import type { Frame } from './frame';
import { longToWide } from './longToWide';
import { readColumns } from './readColumns';
import { readTime } from './readTime';
import { toFrame } from './toFrame';

/** What the browser posts to `/api/ds/query`. */
export interface QueryRequest {
  readonly from?: string;
  readonly to?: string;
  readonly queries: readonly SqlQuery[];
}

interface SqlQuery {
  readonly refId: string;
  readonly rawSql?: string;
  readonly format?: number;
  readonly intervalMs?: number;
}

interface QueryResult {
  readonly status: number;
  readonly error?: string;
  readonly errorSource?: string;
  readonly frames: readonly Frame[];
}

export interface QueryAnswer {
  readonly status: number;
  readonly body: { readonly results: Readonly<Record<string, QueryResult>> };
}

const TIME_SERIES = 0;
const DEFAULT_INTERVAL_MS = 1000;

async function answerOne(
  storeUrl: string,
  { refId, rawSql = '', format = TIME_SERIES, intervalMs = DEFAULT_INTERVAL_MS }: SqlQuery,
  { from = 'now-6h', to = 'now' }: QueryRequest,
): Promise<QueryResult> {
  let executedQueryString = rawSql;
  try {
    const now = Date.now();
    const range = { fromMs: readTime(from, now), toMs: readTime(to, now), intervalMs };
    executedQueryString = expandMacros(rawSql, range);
    const columns = await readColumns(storeUrl, executedQueryString);
    if (format !== TIME_SERIES) {
      return { status: 200, frames: [toFrame(refId, columns, { executedQueryString })] };
    }
    const wide = longToWide(columns);
    const meta = {
      executedQueryString,
      ...(wide.widened && ({ type: 'timeseries-wide', typeVersion: [0, 1] } as const)),
    };
    return { status: 200, frames: [toFrame(refId, wide.columns, meta)] };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const frames = [toFrame(refId, [], { executedQueryString })];
    return { status: 500, error: said, errorSource: 'downstream', frames };
  }
}

/** Answers as Grafana does: 400 as soon as one query failed, and each with a status of its own inside. */
export async function answerQueries(storeUrl: string, request: QueryRequest): Promise<QueryAnswer> {
  const answered = await Promise.all(
    request.queries.map(
      async (query) => [query.refId, await answerOne(storeUrl, query, request)] as const,
    ),
  );
  const failed = answered.some(([, { status }]) => status !== 200);
  return { status: failed ? 400 : 200, body: { results: Object.fromEntries(answered) } };
}
