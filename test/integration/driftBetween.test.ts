import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  DRIFT_BETWEEN_PARAMETERS,
  type FeatureBins,
  V_DRIFT_BETWEEN_COLUMNS,
} from '@plumbline/schemas';
import { binOrder, momentsOf, usable } from '../../collector-processor/src/monitor/drift/binOrder';
import { distances, wasserstein } from '../../collector-processor/src/stats/distances';
import { createRandom } from '../../collector-processor/src/stats/random';
import {
  countValues,
  insertFeatureWindows,
  TEST_BINS_VERSION,
} from '../support/insertFeatureWindows';
import { startWindowStore, type WindowStore } from '../support/startWindowStore';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 9, 1);
const LATER = START + 48 * HOUR;
const BINS: FeatureBins = {
  kind: 'number',
  edges: [-2, -1, -0.5, 0, 0.5, 1, 2],
  atoms: [],
  categories: [],
};

let store: WindowStore;
beforeAll(async () => {
  store = await startWindowStore();
}, 120_000);
afterAll(() => store.stop());

const timeText = (time: number): string =>
  new Date(time).toISOString().replace('T', ' ').replace('Z', '');
const call = (overrides: Readonly<Record<string, string>> = {}): string => {
  const given = {
    model: 'm',
    ref_from: timeText(START),
    ref_to: timeText(START + HOUR),
    ref_version: 'v1',
    ref_segment: '',
    cur_from: timeText(LATER),
    cur_to: timeText(LATER + HOUR),
    cur_version: '*',
    cur_segment: '',
    ...overrides,
  };
  const list = Object.entries(given).map(([key, value]) => `${key} = '${value}'`);
  return `v_drift_between(${list.join(', ')})`;
};
const binsRow = (feature: string, bins: FeatureBins) => ({
  ...{ tenant: 'default', environment: 'prod', model: 'm', feature },
  ...{ bins_version: TEST_BINS_VERSION, rare: [], created_at: '2026-01-01 00:00:00.000' },
  ...bins,
  row_version: 1,
});
const windowRow = (feature: string, time: number, counts: number[], sums: number[]) => ({
  ...{ tenant: 'default', environment: 'prod', model: 'm', version: 'v1', segment: '', feature },
  ...{ time: (time / 1000).toFixed(3), bins_version: TEST_BINS_VERSION, window_minutes: 5 },
  ...{ n: counts.reduce((a, b) => a + b, 0), counts, sums },
  ...{ sum: sums.reduce((a, b) => a + b, 0), sum_squares: 100, window_version: '1' },
});

describe('v_drift_between', () => {
  test('has the declared parameters and columns', async () => {
    const columns = await store.read<{ name: string; type: string }>(
      `DESCRIBE TABLE (SELECT * FROM ${call()})`,
    );
    expect(columns.map(({ name, type }) => [name, type])).toEqual(V_DRIFT_BETWEEN_COLUMNS);
    for (const name of DRIFT_BETWEEN_PARAMETERS) expect(call()).toContain(`${name} = '`);
  });

  const random = createRandom(7);
  const before = Array.from({ length: 4000 }, () => random.normal());
  const after = Array.from({ length: 3000 }, () => 0.4 + 1.2 * random.normal());

  test('agrees with stats on numbers', async () => {
    await store.insertRows('ml_bins', [binsRow('x', BINS)]);
    const windows = [
      { model: 'm', feature: 'x', time: START, values: before.slice(0, 1500), missing: 3 },
      { model: 'm', feature: 'x', time: START + HOUR / 2, values: before.slice(1500) },
      { model: 'm', feature: 'x', time: LATER, values: after, missing: 90, version: 'v2' },
      // Outside of both ranges, another model.
      { model: 'm', feature: 'x', time: LATER + HOUR, values: [9, 9, 9] },
      { model: 'other', feature: 'x', time: START, values: [9, 9, 9] },
    ];
    await insertFeatureWindows(store.client, BINS, windows);
    const [row] = await store.read<Record<string, number>>(`SELECT * FROM ${call()}`);
    const tellMoments = (values: readonly number[], missing: number) => {
      const told = countValues(BINS, values, missing);
      return { ...told, sumSquares: told.sum_squares };
    };
    const [reference, current] = [tellMoments(before, 3), tellMoments(after, 90)];
    const order = binOrder(BINS, reference);
    const [from, to] = [momentsOf(order, reference), momentsOf(order, current)];
    const all = distances(reference.counts, current.counts);
    const ordered = distances(usable(order, reference), usable(order, current));
    const moments = ({ counts, sums }: typeof reference) =>
      order.places.map((place) => ({ count: counts[place]!, sum: sums[place]! }));
    expect(row).toMatchObject({ feature: 'x', version: '*', n: 3090, reference_n: 4003 });
    expect(row!.psi).toBeCloseTo(all.psi, 10);
    expect(row!.js).toBeCloseTo(all.js, 10);
    expect(row!.ks).toBeCloseTo(ordered.ks, 10);
    expect(row!.wasserstein).toBeCloseTo(
      wasserstein(moments(reference), moments(current), from.sd),
      10,
    );
    expect(row!.effect).toBeCloseTo((to.mean - from.mean) / from.sd, 10);
    expect(row!.missing_share).toBeCloseTo(90 / 3090, 12);
    expect(row!.effect).toBeGreaterThan(0.3);
  });

  test('puts an atom where its value is', async () => {
    const bins: FeatureBins = { kind: 'number', edges: [5, 10], atoms: [0, 7], categories: [] };
    await store.insertRows('ml_bins', [binsRow('atoms', bins)]);
    // [value bins, atoms, missing, new]; the rest around 7 is 9 on average, so the atom stands before it.
    const [reference, current] = [
      { counts: [10, 20, 30, 40, 50, 0, 0], sums: [30, 180, 600, 0, 350, 0, 0] },
      { counts: [12, 5, 35, 10, 90, 2, 1], sums: [36, 45, 700, 0, 630, 0, 0] },
    ];
    await store.insertRows('ml_feature_windows', [
      windowRow('atoms', START, reference.counts, reference.sums),
      windowRow('atoms', LATER, current.counts, current.sums),
    ]);
    const order = binOrder(bins, { ...reference, sum: 0, sumSquares: 0 });
    expect(order.places).toEqual([3, 0, 4, 1, 2]);
    const pick = (counts: readonly number[]) => order.places.map((place) => counts[place]!);
    const [row] = await store.read<Record<string, number>>(
      `SELECT * FROM ${call()} WHERE feature = 'atoms'`,
    );
    expect(row!.ks).toBeCloseTo(distances(pick(reference.counts), pick(current.counts)).ks, 12);
  });

  test('tells the share of a category that moved most; an order of values is not known', async () => {
    const bins: FeatureBins = { kind: 'category', edges: [], atoms: [], categories: ['a', 'b'] };
    await store.insertRows('ml_bins', [binsRow('c', bins)]);
    await store.insertRows('ml_feature_windows', [
      windowRow('c', START, [50, 40, 10, 0, 0], []),
      windowRow('c', LATER, [20, 70, 10, 5, 0], []),
    ]);
    const [row] = await store.read<Record<string, number | null>>(
      `SELECT * FROM ${call()} WHERE feature = 'c'`,
    );
    const arc = (share: number): number => 2 * Math.asin(Math.sqrt(share));
    expect(row!.effect).toBeCloseTo(arc(0.2) - arc(0.5), 12);
    expect(row!.psi).toBeCloseTo(distances([50, 40, 10, 0, 0], [20, 70, 10, 5, 0]).psi, 12);
    expect([row!.ks, row!.wasserstein, row!.mean]).toEqual([null, null, null]);
  });

  test('an empty side is no number, a side that was never counted no row', async () => {
    expect(await store.read(`SELECT * FROM ${call({ cur_segment: 'country=NL' })}`)).toEqual([]);
    await store.insertRows('ml_feature_windows', [
      windowRow('c', START + 2 * HOUR, [0, 0, 0, 0, 0], []),
    ]);
    const empty = { cur_from: timeText(START + 2 * HOUR), cur_to: timeText(START + 3 * HOUR) };
    expect(await store.read(`SELECT effect, psi, js, ks, n FROM ${call(empty)}`)).toEqual([
      { effect: null, psi: null, js: null, ks: null, n: 0 },
    ]);
  });
});
