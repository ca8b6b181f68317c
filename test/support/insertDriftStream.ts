import type { ClickHouseClient } from '@clickhouse/client';
import type { FeatureBins } from '@plumbline/schemas';
import { createRandom } from '../../collector-processor/src/stats/random';
import {
  countValues,
  type FeatureRows,
  insertFeatureWindows,
  TEST_BINS_VERSION,
} from './insertFeatureWindows';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ROWS = 400;
export const DRIFT_FEATURES = ['age', 'amount', 'income', 'tenure'];
export const DRIFT_BINS: FeatureBins = {
  kind: 'number',
  // Quantiles of the standard normal distribution.
  edges: [
    -2.326, -1.645, -1.282, -1.036, -0.842, -0.524, -0.253, 0, 0.253, 0.524, 0.842, 1.036, 1.282,
    1.645, 2.326,
  ],
  atoms: [],
  categories: [],
};

const seconds = (unixMs: number): string => (unixMs / 1000).toFixed(3);

/** Values of an hour with a season of the day, in two windows. */
export function driftHour(
  model: string,
  feature: string,
  time: number,
  shift: number,
  seed: number,
) {
  const random = createRandom(seed);
  const season = 0.3 * Math.sin((2 * Math.PI * (time % DAY)) / DAY);
  return [0, 5 * 60_000].map((offset): FeatureRows => ({
    ...{ model, feature, time: time + offset },
    values: Array.from({ length: ROWS / 2 }, () => random.normal() + season + shift),
  }));
}

async function insertAll(
  client: ClickHouseClient,
  table: string,
  values: readonly object[],
): Promise<void> {
  const columns = Object.keys(values[0]!) as [string, ...string[]];
  await client.insert({ table, columns, values: [...values], format: 'JSONEachRow' });
}

export interface DriftStream {
  readonly model: string;
  /** Unix milliseconds; whole hours. The first seven days are the reference. */
  readonly begin: number;
  readonly end: number;
  /** From when on `amount` is shifted, and by how much. */
  readonly shiftAt: number;
  readonly shift: number;
}

/** Feature windows of a model with its bins and baseline, as the window job and the baseline job leave them. */
export async function insertDriftStream(
  client: ClickHouseClient,
  { model, begin, end, shiftAt, shift }: DriftStream,
): Promise<void> {
  const rows: FeatureRows[] = [];
  for (let time = begin, hour = 0; time < end; time += HOUR, hour++) {
    for (const [k, feature] of DRIFT_FEATURES.entries()) {
      const moved = feature === 'amount' && time >= shiftAt ? shift : 0;
      rows.push(
        ...driftHour(model, feature, time, moved, hour * 101 + k * 7 + model.length * 100_003),
      );
    }
  }
  await insertFeatureWindows(client, DRIFT_BINS, rows);
  const baselines = DRIFT_FEATURES.map((feature) => ({
    ...{ tenant: 'default', environment: 'prod', model, version: 'v1', segment: '', feature },
    ...{ baseline: 'first week', bins_version: TEST_BINS_VERSION, source: 'auto', row_version: 1 },
    from_time: seconds(begin),
    to_time: seconds(begin + 7 * DAY),
    created_at: seconds(begin + 7 * DAY),
    ...countValues(
      DRIFT_BINS,
      rows
        .filter((row) => row.feature === feature && row.time < begin + 7 * DAY)
        .flatMap(({ values }) => values),
    ),
  }));
  await insertAll(client, 'ml_baselines', baselines);
  await insertAll(
    client,
    'ml_bins',
    DRIFT_FEATURES.map((feature) => ({
      ...{ tenant: 'default', environment: 'prod', model, feature, row_version: 1, ...DRIFT_BINS },
      ...{ bins_version: TEST_BINS_VERSION, created_at: seconds(begin) },
    })),
  );
}
