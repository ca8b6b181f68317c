import { createClient } from '@clickhouse/client';
import type { Caller } from '../caller';
import type { Reading } from '../readRows';
import { createRegistryCache } from './registryCache';

/** Never asked: the reading is injected. */
const nobody = createClient({ url: 'http://127.0.0.1:9' });
afterAll(() => nobody.close());

const asTenant = (tenant: string): Reading => ({
  store: nobody,
  caller: { tenant } as Caller,
});
const ours = asTenant('ours');

const setUp = () => {
  let now = 1_000_000;
  const failures: unknown[] = [];
  const open: { done: () => void; fail: (error: Error) => void }[] = [];
  const cache = createRegistryCache(
    {
      clock: () => now,
      failed: ({ error }) => failures.push(error),
      read: (_context, takenAtMs) =>
        new Promise((resolve, fail) => {
          open.push({
            fail,
            done: () => {
              resolve({ takenAtMs, versions: [], truncated: false });
            },
          });
        }),
    },
    { freshMs: 5000, usableMs: 60_000 },
  );
  const answer = (): void => {
    open.shift()!.done();
  };
  return { cache, open, answer, failures, pass: (ms: number) => (now += ms) };
};
const settle = () => new Promise((resolve) => setImmediate(resolve));

it('reads once for all who wait, and not again while fresh', async () => {
  const { cache, open, answer } = setUp();
  const both = [cache.read(ours), cache.read(ours)];
  expect(open).toHaveLength(1);
  answer();
  const [first, second] = await Promise.all(both);
  expect(second).toBe(first);
  expect(await cache.read(ours)).toBe(first);
  expect(open).toHaveLength(0);
});

it('gives what it has while it reads again; beyond its age it waits', async () => {
  const { cache, open, answer, pass } = setUp();
  const waiting = cache.read(ours);
  answer();
  const first = await waiting;
  pass(6000);
  expect(await cache.read(ours)).toBe(first);
  expect(open).toHaveLength(1);
  answer();
  await settle();
  expect((await cache.read(ours)).takenAtMs).toBe(first.takenAtMs + 6000);
  pass(60_000);
  const late = cache.read(ours);
  answer();
  expect((await late).takenAtMs).toBe(first.takenAtMs + 66_000);
});

it('keeps what it has when reading fails, and says so', async () => {
  const { cache, open, answer, failures, pass } = setUp();
  const waiting = cache.read(ours);
  answer();
  const first = await waiting;
  pass(6000);
  await cache.read(ours);
  open.shift()!.fail(new Error('gone'));
  await settle();
  expect(failures).toEqual([new Error('gone')]);
  expect(await cache.read(ours)).toBe(first);
});

it('never gives out what was read before a write, nor the rows of another tenant', async () => {
  const { cache, open, answer, pass } = setUp();
  const before = cache.read(ours);
  cache.forget('ours');
  pass(10);
  const after = cache.read(ours);
  expect(open).toHaveLength(2);
  answer();
  answer();
  expect((await after).takenAtMs).toBe((await before).takenAtMs + 10);
  expect((await cache.read(ours)).takenAtMs).toBe((await after).takenAtMs);
  void cache.read(asTenant('theirs'));
  expect(open).toHaveLength(1);
});
