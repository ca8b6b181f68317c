import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ClickHouseClient, createClient } from '@clickhouse/client';
import type { FeatureBins } from '@plumbline/schemas';
import { createRandom } from '../../collector-processor/src/stats/random';
import { type RunningApi, startApi } from '../support/api/startApi';
import { rowsOf } from '../support/clickHouse';
import { countValues } from '../support/insertFeatureWindows';

const HOUR = 3_600_000;
const start = Math.floor(Date.now() / HOUR) * HOUR - 48 * HOUR;
const later = start + 24 * HOUR;
const iso = (time: number): string => new Date(time).toISOString();
const BINS: FeatureBins = {
  kind: 'number',
  edges: [-2, -1, -0.5, 0, 0.5, 1, 2],
  atoms: [],
  categories: [],
};
const CATEGORIES: FeatureBins = { kind: 'category', edges: [], atoms: [], categories: ['x', 'y'] };
const WHO = { tenant: 'ours', environment: 'prod', model: 'c', version: 'v1' };
const N = 3000;

const random = createRandom(11);
/** Rows whose a and b hang together before and not after; s shifts, c changes its shares, t stays. */
const rows = [start, later].map((time) =>
  Array.from({ length: N }, () => {
    const a = random.normal();
    const b = time === start ? 0.9 * a + Math.sqrt(1 - 0.81) * random.normal() : random.normal();
    return { a, b, s: random.normal() + (time === start ? 0 : 0.3), t: random.normal() };
  }),
) as [Record<'a' | 'b' | 's' | 't', number>[], Record<'a' | 'b' | 's' | 't', number>[]];

let api: RunningApi;
let store: ClickHouseClient;
beforeAll(async () => {
  api = await startApi();
  store = createClient({ url: api.processor.storeUrl });
  const insert = async (table: string, values: readonly object[]) => {
    const columns = Object.keys(values[0]!) as [string];
    await store.insert({ table, columns, values, format: 'JSONEachRow' });
  };
  const features = ['a', 'b', 's', 't'] as const;
  const madeBins = (feature: string, bins: FeatureBins) => ({
    ...{ tenant: 'ours', environment: 'prod', model: 'c', feature, bins_version: 1, rare: [] },
    ...{ ...bins, created_at: (start / 1000).toFixed(3), row_version: 1 },
  });
  await insert('ml_bins', [
    ...features.map((feature) => madeBins(feature, BINS)),
    madeBins('c', CATEGORIES),
  ]);
  const windows = [start, later].flatMap((time, side) => {
    const place = { ...WHO, segment: '', time: (time / 1000).toFixed(3), bins_version: 1 };
    const told = { ...place, window_minutes: 5, window_version: '1' };
    const counts = side === 0 ? [1500, 1400, 100, 0, 0] : [1500, 900, 100, 500, 0];
    return [
      ...features.map((feature) => ({
        ...{ ...told, feature },
        ...countValues(
          BINS,
          rows[side]!.map((row) => row[feature]),
        ),
      })),
      { ...told, feature: 'c', n: 3000, counts, sums: [], sum: 0, sum_squares: 0 },
    ];
  });
  await insert('ml_feature_windows', windows);
  const inferences = (model: string) =>
    [start, later].flatMap((time, side) =>
      rows[side]!.map((row, index) => ({
        ...{ ...WHO, model, time: ((time + index * 100) / 1000).toFixed(3) },
        ...{ inference_id: `${model}-${side}-${index}`, operation: 'predict' },
        ...{ feature_numbers: row, feature_texts: { kind: index % 3 === 0 ? 'x' : 'y' } },
      })),
    );
  await insert('ml_inferences', inferences('c'));
  await insert('ml_inferences', inferences('m'));
}, 180_000);
afterAll(async () => {
  await store.close();
  await api.stop();
});

const RANGE = {
  ...{ environment: 'prod', model: 'm', version: 'v1' },
  ...{ from: iso(start), to: iso(start + HOUR) },
};
interface Stored {
  readonly baseline: string;
  readonly pinned: boolean;
  readonly expired: boolean;
  readonly source: string;
  readonly rows: number;
}
const list = async (as: 'viewer' | 'other' = 'viewer'): Promise<readonly Stored[]> => {
  const { body } = await api.ask('/baselines?environment=prod&model=m', as);
  return body.baselines as readonly Stored[];
};

describe('baselines', () => {
  let made: string;

  test('one of a range is made once for one key, and listed for its own tenant only', async () => {
    const headers = { 'idempotency-key': 'first' };
    const answer = await api.ask('/baselines', 'editor', { body: RANGE, headers });
    expect([answer.status, answer.body]).toEqual([
      200,
      expect.objectContaining({ rows: N, features: 5, every: 1 }),
    ]);
    made = answer.body.baseline as string;
    const again = await api.ask('/baselines', 'editor', { body: RANGE, headers });
    expect(again.body).toEqual(answer.body);
    expect(await list()).toEqual([
      expect.objectContaining({ baseline: made, source: 'range', rows: N, pinned: false }),
    ]);
    expect(await list('other')).toEqual([]);
  });

  test('a training set comes as text', async () => {
    const lines = rows[0].slice(0, 200).map(({ a, b }) => `${a},${b}`);
    const content = ['a,b', ...lines].join('\n');
    const where = { environment: 'prod', model: 'm', version: 'v2', format: 'csv' };
    const answer = await api.ask('/baselines/import', 'editor', { body: { ...where, content } });
    expect([answer.status, answer.body]).toEqual([
      200,
      expect.objectContaining({ rows: 200, features: 2 }),
    ]);
    const bad = await api.ask('/baselines/import', 'editor', {
      body: { ...where, format: 'parquet', encoding: 'base64', content: 'AAAA' },
    });
    expect([bad.status, bad.body.errors]).toEqual([
      400,
      [expect.objectContaining({ field: '/content' })],
    ]);
    expect(
      await rowsOf(store, "SELECT name FROM system.tables WHERE name LIKE 'ml_import%'"),
    ).toEqual([]);
  });

  test('are pinned, unpinned and expired by their id, and the audit says by whom', async () => {
    const change = (how: string, baseline = made) =>
      api.ask(`/baselines/${how}`, 'editor', {
        body: { environment: 'prod', model: 'm', baseline },
      });
    const mine = async () => (await list()).find(({ baseline }) => baseline === made);
    expect((await change('pin')).body).toEqual({ changed: 1 });
    expect(await mine()).toMatchObject({ pinned: true, expired: false });
    expect((await change('unpin')).body).toEqual({ changed: 1 });
    expect((await change('expire')).body).toEqual({ changed: 1 });
    expect(await mine()).toMatchObject({ pinned: false, expired: true });
    expect((await change('pin', 'nothing')).status).toBe(404);
    expect(
      await rowsOf(
        store,
        `SELECT action, actor FROM v_audit WHERE object = 'baseline:${made}' AND outcome = 'accepted' ORDER BY time`,
      ),
    ).toEqual(
      ['pin', 'unpin', 'expire'].map((how) => ({
        action: `baselines.${how}`,
        actor: 'token:editor',
      })),
    );
  });

  test.each<[string, object, string]>([
    ['an empty range', { ...RANGE, to: RANGE.from }, '/to'],
    ['a segment without a key', { ...RANGE, segment: 'NL' }, '/segment'],
    ['no model', { ...RANGE, model: '' }, '/model'],
  ])('%s is refused with its field', async (_, body, field) => {
    const answer = await api.ask('/baselines', 'editor', { body });
    expect([answer.status, answer.body.errors]).toEqual([
      400,
      [expect.objectContaining({ field })],
    ]);
  });

  test('too few rows are told with their number; a viewer may not', async () => {
    const few = { ...RANGE, version: 'v9' };
    const answer = await api.ask('/baselines', 'editor', { body: few });
    expect([answer.status, answer.body.detail]).toEqual([
      400,
      '0 rows in the range, 100 are needed',
    ]);
    expect((await api.ask('/baselines', 'viewer', { body: RANGE })).status).toBe(403);
  });
});

interface Compared {
  readonly feature: string;
  readonly effect: number;
  readonly p_value: number;
  readonly q_value: number;
  readonly detectable_effect: number;
  readonly rule: string;
  readonly direction: string;
  readonly n: number;
  readonly distribution: readonly { label: string; share: number; reference_share: number }[];
}

describe('compare', () => {
  const sides = {
    reference: { from: iso(start), to: iso(start + HOUR) },
    current: { from: iso(later), to: iso(later + HOUR) },
  };
  const compare = async (more: object = {}) => {
    const body = { environment: 'prod', model: 'c', ...sides, ...more };
    const answer = await api.ask('/compare', 'viewer', { body });
    expect(answer.status).toBe(200);
    return answer.body as unknown as { features: Compared[]; pair?: Record<string, unknown> };
  };

  test('tells of each feature how far it is, and what would have been seen', async () => {
    const { features, pair } = await compare();
    const of = (name: string) => features.find(({ feature }) => feature === name)!;
    expect(of('s').effect).toBeGreaterThan(0.2);
    expect(of('s')).toMatchObject({ rule: 'bridge', n: N });
    expect(of('s').direction).toMatch(/^mean up 0\.\d\d sd$/);
    expect(of('s').q_value).toBeLessThan(0.01);
    expect(of('t').q_value).toBeGreaterThan(0.05);
    expect(of('t').detectable_effect).toBeGreaterThan(0.05);
    expect(of('t').detectable_effect).toBeLessThan(0.15);
    expect(of('c')).toMatchObject({ rule: 'missing_share', direction: 'missing 0% → 17%' });
    expect(of('c').distribution.map(({ label }) => label)).toEqual([
      ...['x', 'y', 'other', 'missing', 'new'],
    ]);
    expect(
      features
        .slice(0, 2)
        .map(({ feature }) => feature)
        .toSorted(),
    ).toEqual(['c', 's']);
    expect(pair).toBeUndefined();
  });

  test('names the pair whose correlation broke though each looks as before', async () => {
    const { features, pair } = await compare({ features: ['a', 'b', 't'], pairs: true });
    expect(features.map(({ q_value }) => q_value > 0.01)).toEqual([true, true, true]);
    expect(pair).toMatchObject({ reason: '', features: ['a', 'b'], n: N, reference_n: N });
    expect(pair!.p_value).toBeLessThan(1e-6);
    expect(pair!.reference_correlation).toBeCloseTo(0.9, 1);
    expect(Math.abs(pair!.correlation as number)).toBeLessThan(0.1);
  });

  test('a range against itself shows nothing, one without rows no number', async () => {
    const same = await compare({ current: sides.reference, distributions: false });
    expect(same.features.map(({ effect, p_value }) => [effect, p_value])).toEqual(
      same.features.map(() => [0, 1]),
    );
    expect(same.features[0]).not.toHaveProperty('distribution');
    const other = await compare({ current: { ...sides.current, segment: 'country=NL' } });
    expect(other.features).toEqual([]);
  });

  test('a baseline may be the reference, but has no rows for pairs', async () => {
    const answer = await compare({
      ...{ model: 'm', reference: { baseline: 'unheard' }, pairs: true },
    });
    expect(answer.features).toEqual([]);
    expect(answer.pair!.reason).toContain('name a range');
  });

  test('another tenant sees nothing, and a question is no deed', async () => {
    const body = { environment: 'prod', model: 'c', ...sides };
    const answer = await api.ask('/compare', 'other', { body });
    expect(answer.body).toEqual({ features: [] });
    expect(await rowsOf(store, "SELECT action FROM v_audit WHERE action LIKE 'compare%'")).toEqual(
      [],
    );
  });

  test('what does not fit is refused with its field', async () => {
    const body = {
      model: 'c',
      ...sides,
      current: { from: sides.current.to, to: sides.current.from },
    };
    const answer = await api.ask('/compare', 'viewer', { body });
    expect([answer.status, answer.body.errors]).toEqual([
      400,
      [expect.objectContaining({ field: '/current/to' })],
    ]);
  });
});
