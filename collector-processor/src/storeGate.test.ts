import type { Outcome } from './core/outcome';
import { createStoreGate } from './storeGate';

const SETTINGS = { patienceMs: 40, firstBackOffMs: 5, longestBackOffMs: 20, retryAfterMs: 900 };
const request = {
  signal: 'traces',
  bytes: new Uint8Array(),
  tenant: 'a',
  receivedAtMs: 0,
} as const;
const consumed: Outcome = { status: 'accepted', rejected: 0 };
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const FINAL = new Error('not this database');

function gateOf(open: () => Promise<void>) {
  const told: string[] = [];
  const needsStore = {
    start: () => Promise.resolve(void told.push('started')),
    stop: () => Promise.resolve(void told.push('stopped')),
  };
  const events = {
    storeNotOpened: ({ reason, inMs }: { reason: string; inMs: number }) =>
      void told.push(`${reason} ${inMs}`),
  };
  const isFinal = (error: unknown): boolean => error === FINAL;
  const gate = createStoreGate({ open, isFinal, needsStore, events }, SETTINGS);
  const guarded = gate.guard({ consume: () => Promise.resolve(consumed) });
  const send = () => guarded.consume(request, AbortSignal.timeout(1000));
  return { gate, told, send, stop: () => gate.stop(AbortSignal.timeout(1000)) };
}

test('a store that is there opens the gate before the start is over', async () => {
  const { gate, told, send, stop } = gateOf(() => Promise.resolve());
  expect(await send()).toMatchObject({ status: 'retry', retryAfterMs: 900 });
  await gate.start();
  expect([gate.problem, await send()]).toEqual([undefined, consumed]);
  await stop();
  expect(told).toEqual(['started', 'stopped']);
});

test('a store that is down is tried again with longer and longer pauses; senders keep their data', async () => {
  let failures = 5;
  const { gate, told, send, stop } = gateOf(() =>
    failures-- > 0 ? Promise.reject(new Error('down')) : Promise.resolve(),
  );
  await gate.start();
  expect(gate.problem).toBe('the store is not open yet: down');
  expect(await send()).toEqual({ status: 'retry', retryAfterMs: 900, reason: gate.problem });
  for (let waits = 0; gate.problem !== undefined && waits < 100; waits++) await sleep(10);
  expect(await send()).toEqual(consumed);
  expect(told).toEqual(['down 5', 'down 10', 'down 20', 'down 20', 'down 20', 'started']);
  await stop();
});

test('an error that waiting does not mend ends the start, but not when it comes later', async () => {
  await expect(gateOf(() => Promise.reject(FINAL)).gate.start()).rejects.toBe(FINAL);
  let calls = 0;
  const later = gateOf(() => {
    calls++;
    if (calls === 1) return Promise.reject(new Error('down'));
    return calls === 2 ? Promise.reject(FINAL) : Promise.resolve();
  });
  await later.gate.start();
  for (let waits = 0; later.gate.problem !== undefined && waits < 100; waits++) await sleep(10);
  expect(later.told.slice(-2)).toEqual(['not this database 10', 'started']);
  await later.stop();
});

test('a store that hangs does not hold up the start for longer than its patience, nor the stop', async () => {
  const { gate, told, send, stop } = gateOf(() => new Promise(() => undefined));
  const began = Date.now();
  await gate.start();
  expect(await send()).toMatchObject({ status: 'retry' });
  await stop();
  expect(Date.now() - began).toBeLessThan(1000);
  expect(told).toEqual(['stopped']);
});

test('stopped while the store opens: nothing is started afterwards', async () => {
  let letGo = (): void => undefined;
  const { gate, told, stop } = gateOf(() => new Promise((resolve) => (letGo = resolve)));
  await gate.start();
  await stop();
  letGo();
  await sleep(10);
  expect(told).toEqual(['stopped']);
});
