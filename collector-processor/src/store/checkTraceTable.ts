import type { ClickHouseClient } from '@clickhouse/client';
import { OTEL_TRACES_COLUMNS } from '@plumbline/schemas';
import { type ExpectedTable, readColumns, shapeOf, type TableShape } from './tableShape';

/** The spans' table. The first exporters for ClickHouse did not keep the instrumentation scope. */
export const OTEL_TRACES: ExpectedTable = {
  table: 'otel_traces',
  columns: OTEL_TRACES_COLUMNS,
  optional: ['ScopeName', 'ScopeVersion'],
};

/** What `otel_traces`, which another program may have made, looks like, or why it cannot be written to. */
export const checkTraceTable = async (client: ClickHouseClient): Promise<TableShape> =>
  shapeOf(OTEL_TRACES, await readColumns(client, OTEL_TRACES.table));
