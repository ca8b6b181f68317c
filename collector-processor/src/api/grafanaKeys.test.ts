import { type FakeGrafana, startFakeGrafana } from '../../../test/support/api/fakeGrafana';
import { createGrafanaKeys } from './grafanaKeys';

let grafana: FakeGrafana;
let now: number;
let failures: string[];
beforeEach(async () => {
  grafana = await startFakeGrafana();
  now = 1_000_000;
  failures = [];
});
afterEach(() => grafana.stop());

const NAME = 'id-2026-11-es256';
const create = (maxAgeMs = 60_000) =>
  createGrafanaKeys(
    { clock: () => now, failed: (reason) => failures.push(reason) },
    { url: `${grafana.url}/`, maxAgeMs },
  );

it('asks once for many callers, and again only when the keys are old', async () => {
  const keyOf = create();
  const found = await Promise.all(Array.from({ length: 10 }, () => keyOf(NAME)));
  expect(found.every((result) => 'key' in result)).toBe(true);
  now += 59_999;
  await keyOf(NAME);
  expect(grafana.asked).toBe(1);
  now += 1;
  await keyOf(NAME);
  expect(grafana.asked).toBe(2);
});

it('finds a new key, but does not ask for every unknown one', async () => {
  const keyOf = create();
  await keyOf(NAME);
  grafana.rotate('next');
  for (let i = 0; i < 5; i++) expect(await keyOf('next')).toEqual({ missing: 'unknown' });
  expect(grafana.asked).toBe(1);
  now += 10_000;
  expect(await keyOf('next')).toHaveProperty('key');
  expect(await keyOf(NAME)).toEqual({ missing: 'unknown' });
  expect(grafana.asked).toBe(2);
});

it('trusts known keys while Grafana is away, but not longer than told', async () => {
  const keyOf = create();
  await keyOf(NAME);
  grafana.status = 500;
  now += 59_000;
  expect(await keyOf(NAME)).toHaveProperty('key');
  now += 1000;
  expect(await keyOf(NAME)).toEqual({ missing: 'unavailable' });
  expect(failures).toEqual(['status 500']);
  grafana.status = 200;
  now += 10_000;
  expect(await keyOf(NAME)).toHaveProperty('key');
});

it('does not follow a redirect', async () => {
  const keyOf = create();
  grafana.status = 302;
  expect(await keyOf(NAME)).toEqual({ missing: 'unavailable' });
  expect(failures).toHaveLength(1);
});
