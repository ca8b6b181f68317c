import { type DataFrame, dateTime, type MetricFindValue, type ScopedVars } from '@grafana/data';
import type { DataQueryRequest, TimeRange } from '@grafana/data';
import { DataSourceWithBackend, getTemplateSrv } from '@grafana/runtime';
import type { DataQuery } from '@grafana/schema';
import { lastValueFrom } from 'rxjs';

interface SqlQuery extends DataQuery {
  rawSql?: string;
  format?: number;
  meta?: { timezone?: string };
}

interface FindOptions {
  readonly range?: TimeRange;
  readonly scopedVars?: ScopedVars;
}

const lastHour = (): TimeRange => ({
  from: dateTime().subtract(1, 'h'),
  to: dateTime(),
  raw: { from: 'now-1h', to: 'now' },
});

const listOf = (value: unknown): string =>
  Array.isArray(value) ? value.map((one) => `'${String(one)}'`).join(',') : String(value);

/**
 * The browser half of the ClickHouse data source: Grafana's own class for data sources with a backend, and the two methods
 * that the plugin overrides. What it puts on the wire is therefore Grafana's code.
 */
export class ClickHouseDataSource extends DataSourceWithBackend<SqlQuery> {
  override filterQuery(query: SqlQuery): boolean {
    return query.hide !== true && (query.rawSql ?? '') !== '';
  }

  override applyTemplateVariables(query: SqlQuery, scopedVars: ScopedVars): SqlQuery {
    return { ...query, rawSql: getTemplateSrv().replace(query.rawSql, scopedVars, listOf) };
  }

  /** The values of a query variable: the first column. */
  override async metricFindQuery(
    query: string | SqlQuery,
    options: FindOptions = {},
  ): Promise<MetricFindValue[]> {
    const rawSql = typeof query === 'string' ? query : (query.rawSql ?? '');
    const request: DataQueryRequest<SqlQuery> = {
      targets: [{ refId: 'variable', format: 1, rawSql, datasource: this.getRef() }],
      range: options.range ?? lastHour(),
      scopedVars: options.scopedVars ?? {},
      requestId: 'variable',
      interval: '1m',
      intervalMs: 60_000,
      timezone: 'utc',
      app: 'dashboard',
      startTime: Date.now(),
    };
    const answer = await lastValueFrom(this.query(request));
    if (answer.errors?.[0] !== undefined) throw new Error(answer.errors[0].message);
    const frame = answer.data[0] as DataFrame | undefined;
    const values: unknown[] = frame?.fields[0]?.values ?? [];
    return values.map((value) => ({ text: String(value), value: String(value) }));
  }
}
