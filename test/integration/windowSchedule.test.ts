import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ClickHouseClient } from '@clickhouse/client';
import { createPricer } from '../../collector-processor/src/enrich/price/pricer';
import { createRepeatedRun } from '../../collector-processor/src/monitor/repeatedRun';
import { createWindowJob } from '../../collector-processor/src/monitor/windowJob';
import { WINDOW_JOB_DEFAULTS } from '../../collector-processor/src/monitor/windowJobSettings';
import { pastMinute, startWindowStore, type WindowStore } from '../support/startWindowStore';

const SECONDS = 1_000;
/** Never, as far as a test is concerned. */
const NEVER_MS = 2 ** 31 - 1;

let store: WindowStore;
beforeAll(async () => {
  store = await startWindowStore();
});
afterAll(() => store.stop());

/** The store's client, and how many statements went through it. */
function counted(): { client: ClickHouseClient; statements: number } {
  const counter = { client: store.client, statements: 0 };
  counter.client = new Proxy(store.client, {
    get(client, name: keyof ClickHouseClient) {
      if (name === 'query' || name === 'command' || name === 'insert') counter.statements++;
      return Reflect.get(client, name) as unknown;
    },
  });
  return counter;
}

test('a run with nothing new looks at the clock and into the store, and asks no more', async () => {
  const settled = Date.now() - 120 * SECONDS;
  await store.insert({ model: 'm', time: pastMinute(), written_at: settled, trace_id: 't' });
  const failures: string[] = [];
  const nothing = (): void => undefined;
  const events = {
    ...{ windowsComputed: nothing, baselineCreated: nothing, baselineRefused: nothing },
    ...{ silentChange: nothing, rollupsChanged: nothing },
    jobFailed: ({ reason }: { reason: string }) => void failures.push(reason),
  };
  const counter = counted();
  // The clock stands still, so that no window is over in the second run that was not in the first.
  const nowMs = Date.now();
  const now = () => Promise.resolve(nowMs);
  const settings = { ...WINDOW_JOB_DEFAULTS, labelsEveryMs: NEVER_MS };
  const job = createWindowJob(
    { client: counter.client, pricer: createPricer([]), events, now },
    settings,
  );
  expect(await job.runNow()).toBe(true);
  expect(await store.read('SELECT sum(rows) AS n FROM ml_traffic_windows FINAL')).toEqual([
    { n: 1 },
  ]);
  counter.statements = 0;
  expect(await job.runNow()).toBe(true);
  expect([counter.statements, failures]).toEqual([1, []]);

  await store.insert({ model: 'm', time: pastMinute() });
  expect(await job.runNow()).toBe(true);
  expect(await store.read('SELECT sum(rows) AS n FROM ml_traffic_windows FINAL')).toEqual([
    { n: 2 },
  ]);
});

test('a job that is woken runs at once, and once more when it is woken during a run', async () => {
  const turns: boolean[] = [];
  let onTurn: (end: () => void) => void = () => undefined;
  const nextTurn = () =>
    new Promise<() => void>((resolve) => {
      onTurn = resolve;
    });
  const job = createRepeatedRun(
    {
      client: store.client,
      failed: (reason) => {
        throw new Error(reason);
      },
      create:
        () =>
        ({ isRoutine }) => {
          turns.push(isRoutine);
          return new Promise((resolve) => {
            onTurn(() => {
              resolve(true);
            });
          });
        },
    },
    { statementTimeoutMs: 60 * SECONDS, everyMs: NEVER_MS, maxShare: 1 },
  );
  const first = nextTurn();
  await job.start();
  job.wake();
  const endFirst = await first;
  const second = nextTurn();
  job.wake();
  job.wake();
  endFirst();
  const endSecond = await second;
  expect(turns).toEqual([false, false]);
  endSecond();
  await job.stop(AbortSignal.timeout(10 * SECONDS));
  job.wake();
  expect(await job.runNow()).toBe(false);
  expect(turns).toHaveLength(2);
});
