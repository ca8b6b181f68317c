import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createBaseline } from '../../collector-processor/src/monitor/baselines/createBaseline';
import type { BaselineRequest } from '../../collector-processor/src/monitor/baselines/baselineRequest';
import { createStatements } from '../../collector-processor/src/monitor/statements';
import { startWindowStore, type WindowStore } from '../support/startWindowStore';

const HOUR = 3_600_000;
const START = Math.floor(Date.now() / HOUR) * HOUR - 48 * HOUR;
const never = new AbortController().signal;
let store: WindowStore;
beforeAll(async () => {
  store = await startWindowStore();
});
afterAll(() => store.stop());
beforeEach(() => store.clear());

const REQUEST: BaselineRequest = {
  tenant: 'default',
  environment: '',
  model: 'm',
  version: 'v1',
  segment: '',
  source: 'range',
  freshBins: false,
  fromMs: START,
  toMs: START + 24 * HOUR,
};
const create = (request: Partial<BaselineRequest> = {}) =>
  createBaseline(
    createStatements(
      store.client,
      { statementTimeoutMs: 60_000 },
      { stopping: never, abandoning: never },
    ),
    { ...REQUEST, ...request },
  );

interface Row {
  readonly feature: string;
  readonly kind: string;
  readonly edges: number[];
  readonly atoms: number[];
  readonly categories: string[];
  readonly rare: number;
  readonly n: number;
  readonly counts: number[];
  readonly sums: number[];
  readonly sum: number;
  readonly minimum: number | null;
  readonly maximum: number | null;
}
const stored = async (version = 'v1'): Promise<Record<string, Row>> =>
  Object.fromEntries(
    (
      await store.read<Row>(
        `SELECT feature, kind, edges, atoms, categories, length(rare) AS rare, toUInt32(n) AS n, arrayMap(c -> toUInt32(c), counts) AS counts, sums, sum, minimum, maximum
FROM ml_baselines FINAL JOIN ml_bins USING (tenant, environment, model, feature, bins_version) WHERE version = '${version}'`,
      )
    ).map((row) => [row.feature, row]),
  );

/** 1,000 rows in the day, each with what `features` says of its number. */
const rows = (features: (i: number) => Record<string, unknown>, n = 1000) =>
  store.insert(
    ...Array.from({ length: n }, (_, i) => ({
      time: START + i * 1000,
      model: 'm',
      version: 'v1',
      environment: '',
      ...features(i),
    })),
  );
const total = (counts: readonly number[]): number => counts.reduce((sum, c) => sum + c, 0);

describe('createBaseline', () => {
  test('numbers get 24 bins, split further at the tails; a heavy value gets its own', async () => {
    await rows((i) => ({
      feature_numbers: { x: i + 0.5, half: i % 2 === 0 ? 0 : i },
      feature_texts: { country: i % 3 === 0 ? 'de' : 'at' },
    }));
    expect(await create()).toMatchObject({ status: 'created', rows: 1000, features: 3, every: 1 });
    const { x, half, country } = await stored();
    expect(x!.edges).toHaveLength(23);
    expect(x!.edges).toEqual(x!.edges.toSorted((a, b) => a - b));
    expect(x!.counts).toHaveLength(26);
    expect(total(x!.counts)).toBe(1000);
    // Each bin holds what lies between its edges, and the sums are of those values.
    const bounds = [-Infinity, ...x!.edges, Infinity];
    const values = Array.from({ length: 1000 }, (_, i) => i + 0.5);
    for (const [i, low] of bounds.slice(0, -1).entries()) {
      const inside = values.filter((value) => value >= low && value < bounds[i + 1]!);
      expect(x!.counts[i]).toBe(inside.length);
      expect(x!.sums[i]).toBe(total(inside));
    }
    expect(x).toMatchObject({ n: 1000, sum: 500_000, minimum: 0.5, maximum: 999.5 });
    expect(half!.atoms).toEqual([0]);
    expect(half!.counts.at(-3)).toBe(500);
    expect(country).toMatchObject({ kind: 'category', categories: ['at', 'de'], n: 1000 });
    expect(country!.counts).toEqual([666, 334, 0, 0, 0]);
  });

  test('missing, NaN, infinities and texts where numbers are expected have their places', async () => {
    await rows((i) => ({
      feature_numbers: i % 10 === 0 ? {} : { x: i % 10 === 1 ? 'nan' : i % 10 === 2 ? 'inf' : i },
      feature_texts: i % 10 === 0 && i % 20 === 0 ? { x: 'text' } : {},
    }));
    await create();
    const { x } = await stored();
    expect(total(x!.counts)).toBe(1000);
    expect(x!.counts.slice(-2)).toEqual([50, 250]);
  });

  test('a value at the end of doubles, one value only, and no finite one: all are counted', async () => {
    await rows((i) => ({
      feature_numbers: { huge: i % 2 === 0 ? 1e308 : -1e308, one: 7, none: 'nan', wide: i * 1e305 },
    }));
    await create();
    const { huge, one, none, wide } = await stored();
    expect(huge).toMatchObject({ atoms: [-1e308, 1e308], counts: [0, 500, 500, 0, 0] });
    expect(one).toMatchObject({ edges: [], atoms: [7], counts: [0, 1000, 0, 0] });
    expect(none).toMatchObject({ kind: 'number', counts: [0, 0, 1000], minimum: null });
    expect(total(wide!.counts)).toBe(1000);
  });

  test('100,000 categories: 50 by name, 10,000 known, the rest new', async () => {
    await rows((i) => ({ feature_texts: { id: `id-${i}`, city: `c-${i % 60}` } }), 20_000);
    await create();
    const { id, city } = await stored();
    expect(id).toMatchObject({ rare: 10_000 });
    expect(id!.counts.slice(-3)).toEqual([10_000, 0, 9_950]);
    expect(city).toMatchObject({ rare: 10 });
    expect(total(city!.counts)).toBe(20_000);
  });
});
