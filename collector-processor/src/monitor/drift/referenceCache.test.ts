import type { Statements } from '../statements';
import { DRIFT_DEFAULTS } from './driftSettings';
import { bytesOf, featureReference } from './featureReference';
import type { StoredBaseline } from './readBaselines';
import { ReferenceCache } from './referenceCache';

const HOUR = DRIFT_DEFAULTS.windowMs;
const baseline = (feature: string): StoredBaseline => ({
  ...{ tenant: 't', environment: 'e', model: 'm', version: 'v', segment: '', feature },
  ...{ binsVersion: 1, baseline: 'b', rowVersion: '1', createdAtMs: 0, fromMs: 0, toMs: HOUR },
  ...{ counts: [5, 5, 0, 0], sums: [-5, 5, 0, 0], sum: 0, sumSquares: 10 },
  ...{ minimum: -1, maximum: 1, bins: { kind: 'number', edges: [0], atoms: [], categories: [] } },
});
/** Baselines of an hour have no windows to read. */
const NO_STATEMENTS: Statements = {
  read: () => Promise.reject(new Error('nothing to read')),
  run: () => Promise.reject(new Error('nothing to run')),
  insert: () => Promise.reject(new Error('nothing to insert')),
};
const [a, b, c] = ['a', 'b', 'c'].map(baseline) as [StoredBaseline, StoredBaseline, StoredBaseline];
const SIZE = bytesOf(featureReference(a.bins, a, [], DRIFT_DEFAULTS));
const cacheFor = (references: number) =>
  new ReferenceCache(NO_STATEMENTS, DRIFT_DEFAULTS, references * SIZE);
const ask = async (cache: ReferenceCache, nowMs: number, one: StoredBaseline) => {
  cache.begin(nowMs);
  return (await cache.referencesOf([one]))(one);
};

test('a reference is made once, and again for another state of its baseline', async () => {
  const cache = cacheFor(2);
  const first = await ask(cache, 0, a);
  expect(first.baseline.baseline).toBe('b');
  expect(await ask(cache, HOUR, { ...a })).toBe(first);
  expect(await ask(cache, HOUR, { ...a, rowVersion: '2' })).not.toBe(first);
});

test('with more references than there is room for, those that are there stay', async () => {
  const cache = cacheFor(2);
  const kept = [await ask(cache, 0, a), await ask(cache, 0, b)];
  const third = await ask(cache, 0, c);
  expect(await ask(cache, HOUR, c)).not.toBe(third);
  expect([await ask(cache, HOUR, a), await ask(cache, HOUR, b)]).toEqual(kept);
  expect(await ask(cache, HOUR, a)).toBe(kept[0]);
});

test('those that nothing asks for any more make room', async () => {
  const cache = cacheFor(2);
  const gone = await ask(cache, 0, a);
  const kept = await ask(cache, 10 * HOUR, b);
  const third = await ask(cache, 10 * HOUR, c);
  expect(await ask(cache, 11 * HOUR, b)).toBe(kept);
  expect(await ask(cache, 11 * HOUR, c)).toBe(third);
  expect(await ask(cache, 11 * HOUR, a)).not.toBe(gone);
});
