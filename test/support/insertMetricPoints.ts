import type { ClickHouseClient } from '@clickhouse/client';

/** Some columns of a row of `ml_metric_usage`; times are Unix milliseconds, the others get the table's defaults. */
export interface MetricPoint {
  readonly time: number;
  readonly start_time?: number;
  readonly written_at?: number;
  readonly received_at?: number;
  readonly [column: string]: unknown;
}

const TIMES = ['time', 'start_time', 'written_at', 'received_at'] as const;

/** Inserts points as a writer would: tokens of the input of a cumulative stream unless said otherwise. */
export async function insertMetricPoints(
  client: ClickHouseClient,
  points: readonly MetricPoint[],
): Promise<void> {
  const values = points.map((point) => ({
    tenant: 'default',
    service: 'chat',
    model: 'm',
    version: 'm',
    provider: 'acme',
    model_type: 'llm',
    quantity: 'tokens',
    bucket: 'input',
    series: 1,
    resource: 1,
    cumulative: 1,
    ...point,
    ...Object.fromEntries(
      TIMES.flatMap((name) =>
        point[name] === undefined ? [] : [[name, (point[name] / 1000).toFixed(3)]],
      ),
    ),
  }));
  await client.insert({
    table: 'ml_metric_usage',
    columns: [...new Set(values.flatMap((row) => Object.keys(row)))] as [string, ...string[]],
    values,
    format: 'JSONEachRow',
  });
}
