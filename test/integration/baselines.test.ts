import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type BaselineRequest,
  type BaselineRows,
  INFERENCES,
} from '../../collector-processor/src/monitor/baselines/baselineRequest';
import {
  changeBaseline,
  listBaselines,
} from '../../collector-processor/src/monitor/baselines/changeBaseline';
import {
  BASELINE_LIMITS,
  createBaseline,
} from '../../collector-processor/src/monitor/baselines/createBaseline';
import { stageFile } from '../../collector-processor/src/monitor/baselines/importFile';
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
const statements = () =>
  createStatements(
    store.client,
    { statementTimeoutMs: 60_000 },
    { stopping: never, abandoning: never },
  );
const create = (request: Partial<BaselineRequest> = {}, source: BaselineRows = INFERENCES) =>
  createBaseline(statements(), { ...REQUEST, ...request }, BASELINE_LIMITS, source);

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

/** 1,000 rows in the day, each with what `features` says of its number; another model's rows lie between them. */
const rows = (features: (i: number) => Record<string, unknown>, n = 1000) =>
  store.insert(
    ...Array.from({ length: n }, (_, i) => ({
      time: START + i * 1000,
      model: 'm',
      version: 'v1',
      environment: '',
      ...features(i),
    })),
    { time: START + 5, model: 'other', version: 'v1', feature_numbers: { x: 1e9 } },
    { time: START + 5, model: 'm', version: 'v0', feature_numbers: { x: 1e9 } },
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

describe('stageFile', () => {
  const csv = `age,city,"a ""b"", c"\n${Array.from({ length: 200 }, (_, i) => `${i},${i % 2 === 0 ? 'wien' : ''},x`).join('\n')}\n`;
  const jsonl = Array.from({ length: 200 }, (_, i) =>
    JSON.stringify({ age: i, city: i % 2 === 0 ? 'wien' : null, 'a "b", c': 'x' }),
  ).join('\n');
  const parquet = async (): Promise<Buffer> => {
    const { stream } = await store.client.exec({
      query:
        "SELECT number AS age, if(number % 2 = 0, 'wien', NULL) AS city, 'x' AS `a \"b\", c` FROM numbers(200) FORMAT Parquet",
    });
    const pieces: Buffer[] = [];
    for await (const piece of stream as AsyncIterable<Buffer>) pieces.push(piece);
    return Buffer.concat(pieces);
  };
  test.each(['csv', 'jsonl', 'parquet'] as const)('%s makes a baseline', async (format) => {
    const bytes =
      format === 'parquet' ? await parquet() : Buffer.from(format === 'csv' ? csv : jsonl);
    const staged = await stageFile(store.client, {
      format,
      open: () => Readable.from([bytes], { objectMode: false }),
    });
    expect(await create({ source: 'import' }, staged.rows)).toMatchObject({
      status: 'created',
      rows: 200,
      features: 3,
    });
    await staged.drop();
    const { age, city, 'a "b", c': odd } = await stored();
    expect(age).toMatchObject({ kind: 'number', sum: 19_900, maximum: 199 });
    expect(city).toMatchObject({ kind: 'category', counts: [100, 0, 100, 0] });
    expect(odd).toMatchObject({ counts: [200, 0, 0, 0] });
    expect(await store.read("SHOW TABLES LIKE 'ml_import_%'")).toEqual([]);
  });
});

describe('changes', () => {
  test('a second version shares bins; a pinned baseline is in use, an expired one is not', async () => {
    await rows((i) => ({ feature_numbers: { x: i } }));
    const first = await create();
    await create({ toMs: START + 500_000 });
    const bins = await store.read('SELECT DISTINCT bins_version FROM ml_bins');
    expect(bins).toHaveLength(1);
    const inUse = async () =>
      (
        await store.read<{ n: number }>(
          "SELECT toUInt32(n) AS n FROM ml_baselines_in_use WHERE feature = 'x'",
        )
      ).map(({ n }) => n);
    expect(await inUse()).toEqual([500]);
    const filter = { tenant: 'default', environment: '', model: 'm' };
    const id = first.status === 'created' ? first.baseline : '';
    expect(await changeBaseline(statements(), { ...filter, baseline: id }, 'pin')).toBe(1);
    expect(await inUse()).toEqual([1000]);
    expect(await changeBaseline(statements(), { ...filter, baseline: id }, 'expire')).toBe(1);
    expect(await inUse()).toEqual([500]);
    expect((await listBaselines(statements(), filter)).map(({ expired }) => expired)).toEqual([
      0, 1,
    ]);
  });

  test('what cannot be a baseline says why', async () => {
    expect(await create()).toEqual({
      status: 'refused',
      reason: '0 rows in the range, 100 are needed',
    });
    expect(await create({ toMs: START })).toEqual({
      status: 'refused',
      reason: 'the range is empty',
    });
    expect(await create({ segment: 'de' })).toEqual({
      status: 'refused',
      reason: 'segment de: must be key=value',
    });
  });
});
