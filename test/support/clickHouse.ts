import { ClickHouseError } from '@clickhouse/client';
import type { ClickHouseClient } from '@clickhouse/client';

/** The rows of a query. */
export async function rowsOf<T>(
  client: ClickHouseClient,
  query: string,
  params: Record<string, unknown> = {},
): Promise<T[]> {
  const result = await client.query({ query, query_params: params, format: 'JSONEachRow' });
  return result.json<T>();
}

/** The ClickHouse error that some work ends in; a test fails when there is none or another one. */
export async function clickHouseFailure(work: Promise<unknown>): Promise<ClickHouseError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ClickHouseError) return error;
    throw error;
  }
  throw new Error('it should have failed');
}
