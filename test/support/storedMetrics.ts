import type { ClickHouseClient } from '@clickhouse/client';
import { OTEL_METRICS_COLUMNS } from '@plumbline/schemas';
import { rowsOf } from './clickHouse';
import type { ExpectedPoint } from './oracleMetrics';
import { type Pairs, pairsSql, sortEqualKeys } from './oracleValues';

const MAP = 'Map(LowCardinality(String), String)';

/** A value as `ExpectedPoint` has it, so that nothing of it is lost on the way through JSON. */
function valueSql(value: string, type: string): string {
  if (type.startsWith('Array(')) {
    return `arrayMap(x -> ${valueSql('x', type.slice(6, -1))}, ${value})`;
  }
  switch (type) {
    case MAP:
      return pairsSql(value);
    case 'DateTime':
      return `toUnixTimestamp(${value})`;
    case 'Float64':
      return `toString(reinterpretAsUInt64(${value}))`;
    case 'UInt64':
      return `toString(${value})`;
    default:
      return value;
  }
}

/** Maps with equal keys may have their values in any order. */
const comparable = (value: unknown, type: string): unknown => {
  if (type === MAP) return sortEqualKeys(value as Pairs);
  return type === `Array(${MAP})` ? (value as Pairs[]).map(sortEqualKeys) : value;
};

/** All rows of the five metric tables, or of some, each column as the oracle tells it. */
export async function storedPoints(
  client: ClickHouseClient,
  tables: readonly string[] = Object.keys(OTEL_METRICS_COLUMNS),
): Promise<ExpectedPoint[]> {
  const points: ExpectedPoint[] = [];
  for (const [table, columns] of Object.entries(OTEL_METRICS_COLUMNS)) {
    if (!tables.includes(table)) continue;
    const list = columns.map(([name, type]) => `${valueSql(`\`${name}\``, type)} AS \`_${name}\``);
    const rows = await rowsOf<Record<string, unknown>>(
      client,
      `SELECT ${list.join()} FROM ${table}`,
    );
    for (const row of rows) {
      const entries = columns.map(([name, type]) => [name, comparable(row[`_${name}`], type)]);
      points.push({ table, columns: Object.fromEntries(entries) as Record<string, unknown> });
    }
  }
  return points;
}
