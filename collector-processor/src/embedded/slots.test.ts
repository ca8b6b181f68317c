import { createSlots } from './slots';

const never = new AbortController().signal;
const slotsOf = (overrides = {}): ReturnType<typeof createSlots> =>
  createSlots({ name: 'test', concurrent: 2, waiting: 2, waitMs: 50, ...overrides });

test('first come, first served, and a place is given back once', async () => {
  const slots = slotsOf();
  const order: number[] = [];
  const first = await slots.take(never);
  await slots.take(never);
  const third = slots.take(never).then((release) => {
    order.push(3);
    return release;
  });
  const fourth = slots.take(never).then(() => order.push(4));
  expect([slots.running, slots.waiting]).toEqual([2, 2]);
  first();
  first();
  const release = await third;
  expect([slots.running, slots.waiting, order]).toEqual([2, 1, [3]]);
  release();
  await fourth;
  expect(order).toEqual([3, 4]);
});

test('a full queue and a long wait are code 202', async () => {
  const slots = slotsOf();
  await slots.take(never);
  await slots.take(never);
  const waiting = [slots.take(never), slots.take(never)].map((taken) =>
    taken.catch((error: unknown) => error),
  );
  await expect(slots.take(never)).rejects.toMatchObject({ code: 202 });
  for (const error of await Promise.all(waiting)) expect(error).toMatchObject({ code: 202 });
  expect([slots.running, slots.waiting]).toEqual([2, 0]);
});

test('who goes away waits no longer', async () => {
  const slots = slotsOf({ concurrent: 1, waitMs: 60_000 });
  const release = await slots.take(never);
  const gone = new AbortController();
  const waiting = slots.take(gone.signal);
  gone.abort();
  await expect(waiting).rejects.toMatchObject({ code: 236 });
  await expect(slots.take(gone.signal)).rejects.toMatchObject({ code: 236 });
  release();
  expect([slots.running, slots.waiting]).toEqual([0, 0]);
});
