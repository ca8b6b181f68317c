import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startWindowStore, type WindowStore } from '../support/startWindowStore';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW_HOUR = Math.floor(Date.now() / HOUR) * HOUR;
/** The day that automatic baselines are made of in these tests; live windows come after it. */
const START = NOW_HOUR - 72 * HOUR;
const LATER = NOW_HOUR - 3 * HOUR;
const AUTO = { auto: true, days: 1, minRows: 100, segments: 3 };

let store: WindowStore;
beforeAll(async () => {
  store = await startWindowStore();
});
afterAll(() => store.stop());
beforeEach(() => store.clear());

const row = (time: number, x: unknown, more: Record<string, unknown> = {}) => ({
  time,
  model: 'm',
  version: 'v1',
  feature_numbers: { x },
  ...more,
});
/** 200 rows in the first ten minutes of the baseline's day, half of them in a segment. */
const reference = () =>
  store.insert(
    ...Array.from({ length: 200 }, (_, i) =>
      row(START + i * 3_000, i, {
        segments: { country: i % 2 === 0 ? 'de' : 'at' },
        feature_texts: { color: i % 4 === 0 ? 'red' : 'blue' },
      }),
    ),
  );
const job = () => store.createJob({ baseline: AUTO });

interface Window {
  readonly at: number;
  readonly version: string;
  readonly segment: string;
  readonly n: number;
  readonly counts: number[];
  readonly sum: number;
}
const windows = (where: string) =>
  store.read<Window>(
    `SELECT toUnixTimestamp64Milli(time) AS at, version, segment, toUInt32(n) AS n, arrayMap(c -> toUInt32(c), counts) AS counts, sum
FROM ml_feature_windows FINAL WHERE ${where} ORDER BY time, version, segment`,
  ) as Promise<(Window & { at: unknown })[]>;
const total = (counts: readonly number[]): number => counts.reduce((sum, c) => sum + c, 0);

describe('feature windows', () => {
  test('a baseline is made once by itself; windows are counted on its bins from its start on', async () => {
    await reference();
    await store.insert(row(LATER, 1e9), row(LATER + 1, 'nan'), {
      ...row(LATER + 2, 0),
      feature_numbers: {},
      feature_texts: { color: 'green', x: 'text' },
    });
    expect(await job().runNow()).toBe(true);
    expect(await job().runNow()).toBe(true);
    expect(store.failures).toEqual([]);
    expect(
      await store.read(
        "SELECT segment, toUInt32(any(n)) AS n, any(source) AS source FROM ml_baselines FINAL WHERE feature = 'x' GROUP BY segment ORDER BY segment",
      ),
    ).toEqual([
      { segment: '', n: 200, source: 'auto' },
      { segment: 'country=at', n: 100, source: 'auto' },
      { segment: 'country=de', n: 100, source: 'auto' },
    ]);
    const all = await windows("feature = 'x' AND segment = ''");
    expect(all.map(({ n }) => n)).toEqual([100, 100, 3]);
    expect(all[0]).toMatchObject({ sum: 4950 });
    expect(total(all[0]!.counts)).toBe(100);
    // The number is in the last value bin; a NaN and a text are new.
    expect(all[2]!.counts.slice(-3)).toEqual([1, 0, 2]);
    const [, , colors] = await windows("feature = 'color' AND segment = ''");
    expect(colors!.counts).toEqual([0, 0, 0, 2, 1]);
    const segments = await windows("feature = 'x' AND segment != ''");
    expect(segments.map(({ segment, n }) => [segment, n])).toEqual([
      ['country=at', 50],
      ['country=de', 50],
      ['country=at', 50],
      ['country=de', 50],
    ]);
  });

  test('a late row makes its window computed again; unknown segments count together', async () => {
    await reference();
    await store.insert(row(LATER, 5));
    const one = job();
    await one.runNow();
    await store.insert(row(LATER + 7, 6, { segments: { country: 'fr', plan: 'free' } }));
    await one.runNow();
    expect(await windows(`feature = 'x' AND n < 50`)).toEqual([
      expect.objectContaining({ segment: '', n: 2, sum: 11 }),
      expect.objectContaining({ segment: 'country=other', n: 1, sum: 6 }),
    ]);
    expect(store.failures).toEqual([]);
  });

  test('of two replicas, a slow one that read fewer rows never wins; both at once agree', async () => {
    await reference();
    const writtenAt = Date.now() - 1_000;
    await store.insert(row(LATER, 1, { written_at: writtenAt }));
    await job().runNow();
    await store.run('CREATE OR REPLACE TABLE slow AS ml_feature_windows');
    await store.run('INSERT INTO slow SELECT * FROM ml_feature_windows');
    // As new as the first by its own clock: only the number of rows tells the states apart.
    await store.insert(row(LATER + 1, 2, { written_at: writtenAt }));
    await store.run('TRUNCATE TABLE ml_feature_windows');
    await Promise.all([job().runNow(), job().runNow()]);
    expect(store.failures).toEqual([]);
    const newest = () => windows(`feature = 'x' AND segment = '' AND n < 50`);
    expect(await newest()).toEqual([expect.objectContaining({ n: 2, sum: 3 })]);
    await store.run(
      'INSERT INTO ml_feature_windows SELECT * REPLACE now64(3) AS computed_at FROM slow',
    );
    expect(await newest()).toEqual([expect.objectContaining({ n: 2, sum: 3 })]);
    await store.run('OPTIMIZE TABLE ml_feature_windows FINAL');
    expect(await newest()).toEqual([expect.objectContaining({ n: 2, sum: 3 })]);
  });

  test('rows that count no more leave zeros; a duplicate counts once; a skewed clock not at all', async () => {
    await reference();
    const call = row(LATER, 1, { inference_id: 'a', row_version: 1 });
    await store.insert(call, { ...call, row_version: 2 }, row(LATER, 3, { clock_skew: 1 }));
    const one = job();
    await one.runNow();
    const last = async () => (await windows("feature = 'x' AND segment = ''")).at(-1);
    expect(await last()).toMatchObject({ n: 1 });
    await store.insert({ ...call, row_version: 3, rollup: 1 });
    await one.runNow();
    expect(await last()).toMatchObject({ n: 0, sum: 0 });
  });

  test('a new version is counted on the same bins and has the baseline of its predecessor', async () => {
    await reference();
    await store.insert(row(LATER, 1, { version: 'v2' }));
    await job().runNow();
    const versions = await windows("feature = 'x' AND version = 'v2'");
    expect(versions.map(({ n }) => n)).toEqual([1]);
    expect(
      await store.read(
        "SELECT version, source, baseline_version FROM ml_baselines_in_use WHERE feature = 'x' AND segment = '' ORDER BY version",
      ),
    ).toEqual([
      { version: 'v1', source: 'auto', baseline_version: 'v1' },
      { version: 'v2', source: 'predecessor', baseline_version: 'v1' },
    ]);
    expect(
      await store.read(
        "SELECT toUInt32(sum(count)) AS n, round(sum(share), 9) AS share, min(low) < max(high) AS ordered FROM v_feature_windows WHERE feature = 'x' AND version = 'v2'",
      ),
    ).toEqual([{ n: 1, share: 1, ordered: 1 }]);
    expect(
      await store.read(
        "SELECT label, toUInt32(count) AS count, share FROM v_baselines WHERE feature = 'color' AND segment = '' AND version = 'v2' ORDER BY bin",
      ),
    ).toEqual([
      { label: 'blue', count: 150, share: 0.75 },
      { label: 'red', count: 50, share: 0.25 },
      { label: 'other', count: 0, share: 0 },
      { label: 'missing', count: 0, share: 0 },
      { label: 'new', count: 0, share: 0 },
    ]);
  });
});
