import { createTenantRates, unlimited } from './tenantRates';

let now = 0;
const rates = (bytesPerSecond: number | null, requestsPerSecond: number | null, burstSeconds = 2) =>
  createTenantRates({ bytesPerSecond, requestsPerSecond, burstSeconds }, () => now);
beforeEach(() => {
  now = 1_000_000;
});

test('without limits everyone may send', () => {
  expect(rates(null, null)).toBe(unlimited);
});

test('requests: a burst, then the rate, each tenant for itself', () => {
  const { admit } = rates(null, 5);
  for (let index = 0; index < 10; index++) expect(admit('a')).toBeUndefined();
  expect(admit('a')).toEqual({ limit: 'requestsPerSecond', waitMs: 200 });
  expect(admit('b')).toBeUndefined();
  now += 199;
  expect(admit('a')).toMatchObject({ waitMs: 1 });
  now += 1;
  expect(admit('a')).toBeUndefined();
  expect(admit('a')).toMatchObject({ waitMs: 200 });
});

test('bytes: a request larger than the bucket passes and is waited for', () => {
  const { admit, charge } = rates(1000, null);
  expect(admit('a')).toBeUndefined();
  charge('a', 12_000);
  expect(admit('a')).toEqual({ limit: 'bytesPerSecond', waitMs: 10_001 });
  now += 10_001;
  expect(admit('a')).toBeUndefined();
});

test('a pause fills the bucket to the burst and no further', () => {
  const { admit } = rates(null, 1, 3);
  now += 3_600_000;
  expect([1, 2, 3, 4].map(() => admit('a')?.limit)).toEqual([
    undefined,
    undefined,
    undefined,
    'requestsPerSecond',
  ]);
});

test('over a long time the rate holds, whatever the sizes', () => {
  const { admit, charge } = rates(1000, null, 1);
  let sent = 0;
  for (let step = 0; step < 100_000; step++) {
    now += 10;
    if (admit('a') !== undefined) continue;
    const bytes = (step * 7919) % 5000;
    charge('a', bytes);
    sent += bytes;
  }
  expect(sent / 1_000_000).toBeGreaterThan(0.98);
  expect(sent / 1_000_000).toBeLessThan(1.02);
});

test('a request without bytes in a second below one still counts', () => {
  const { admit } = rates(null, 0.1, 1);
  expect(admit('a')).toBeUndefined();
  expect(admit('a')).toMatchObject({ waitMs: 10_000 });
});
