import type { ClickHouseClient } from '@clickhouse/client';
import { binLayout, type FeatureBins } from '@plumbline/schemas';

export interface FeatureRows {
  readonly model: string;
  readonly feature: string;
  /** Unix milliseconds. */
  readonly time: number;
  /** Finite values, and how many rows had none. */
  readonly values: readonly number[];
  readonly missing?: number;
  readonly version?: string;
}

export const TEST_BINS_VERSION = 1;

/** Counts and moments of values on bins of numbers without atoms. */
export function countValues(bins: FeatureBins, values: readonly number[], missing = 0) {
  const { length, missing: place } = binLayout(bins);
  const counts = new Array<number>(length).fill(0);
  const sums = new Array<number>(length).fill(0);
  for (const value of values) {
    const above = bins.edges.findIndex((edge) => value < edge);
    const bin = above < 0 ? bins.edges.length : above;
    counts[bin]!++;
    sums[bin]! += value;
  }
  counts[place] = missing;
  return {
    n: values.length + missing,
    counts,
    sums,
    sum: values.reduce((all, value) => all + value, 0),
    sum_squares: values.reduce((all, value) => all + value * value, 0),
  };
}

/** Windows as the window job writes them. */
export async function insertFeatureWindows(
  client: ClickHouseClient,
  bins: FeatureBins,
  rows: readonly FeatureRows[],
): Promise<void> {
  const values = rows.map(({ model, feature, time, values: numbers, missing, version = 'v1' }) => ({
    ...{ tenant: 'default', environment: 'prod', model, version, segment: '', feature },
    time: (time / 1000).toFixed(3),
    bins_version: TEST_BINS_VERSION,
    window_minutes: 5,
    ...countValues(bins, numbers, missing),
    window_version: String((BigInt(Date.now()) << 64n) + BigInt(numbers.length)),
  }));
  const columns = Object.keys(values[0]!) as [string, ...string[]];
  await client.insert({ table: 'ml_feature_windows', columns, values, format: 'JSONEachRow' });
}
