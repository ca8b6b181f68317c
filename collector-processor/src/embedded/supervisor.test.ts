import type { EngineEvent } from './engineEvent';
import { createSupervisor } from './supervisor';
import type { Supervisor } from './supervisor';
import type { ChildExit, ServingChild } from './spawnChild';

const SETTINGS = { firstBackOffMs: 2, longestBackOffMs: 8, stableMs: 60_000 };

interface Fixture {
  readonly supervisor: Supervisor;
  readonly events: EngineEvent[];
  /** Ends the child that serves now. */
  readonly die: () => void;
  readonly failNext: (times: number) => void;
  readonly spawned: () => number;
}

/** A supervisor whose children are promises. */
function fixture(settings = SETTINGS): Fixture {
  const events: EngineEvent[] = [];
  let end: (exit: ChildExit) => void = () => undefined;
  let failures = 0;
  let spawned = 0;
  const spawn = (kill: AbortSignal): Promise<ServingChild> => {
    spawned += 1;
    if (failures > 0) {
      failures -= 1;
      return Promise.reject(new Error('no memory'));
    }
    const exited = new Promise<ChildExit>((resolve) => (end = resolve));
    const finish = end;
    kill.addEventListener('abort', () => {
      finish({ code: null, signal: 'SIGKILL', output: '' });
    });
    return Promise.resolve({
      pid: spawned,
      port: 1,
      url: 'http://x:1',
      version: '1',
      usage: undefined,
      exited,
      stop: () => {
        finish({ code: 0, signal: null, output: '' });
      },
    });
  };
  const log = (event: EngineEvent): void => void events.push(event);
  return {
    supervisor: createSupervisor({ spawn, log }, settings),
    events,
    die: () => {
      end({ code: null, signal: 'SIGSEGV', output: 'it broke' });
    },
    failNext: (times) => {
      failures = times;
    },
    spawned: () => spawned,
  };
}

const turns = async (what: () => boolean): Promise<void> => {
  while (!what()) await new Promise((resolve) => setTimeout(resolve, 1));
};

test('a child that dies is started again, later and later', async () => {
  const { supervisor, events, die, failNext, spawned } = fixture();
  await supervisor.start();
  failNext(4);
  die();
  await turns(() => spawned() === 6);
  await supervisor.stop(AbortSignal.timeout(1_000));
  const waits = events.filter((event) => event.name === 'restarting');
  expect(waits.map((event) => event.inMs)).toEqual([2, 4, 8, 8, 8]);
  expect(waits.map((event) => event.reason)).toEqual([
    'the engine process ended',
    ...Array.from({ length: 4 }, () => 'no memory'),
  ]);
  expect(events.find((event) => event.name === 'exited')).toMatchObject({
    pid: 1,
    signal: 'SIGSEGV',
    output: 'it broke',
  });
});

test('one that lived long begins with a short wait again', async () => {
  const { supervisor, events, die, spawned } = fixture({ ...SETTINGS, stableMs: -1 });
  await supervisor.start();
  for (let times = 2; times < 5; times += 1) {
    die();
    await turns(() => spawned() === times && supervisor.child !== undefined);
  }
  await supervisor.stop(AbortSignal.timeout(1_000));
  const waits = events.filter((event) => event.name === 'restarting').map((event) => event.inMs);
  expect(waits).toEqual([2, 2, 2]);
});

test('a first start that fails is passed on, and not tried again', async () => {
  const { supervisor, failNext, spawned } = fixture();
  failNext(1);
  await expect(supervisor.start()).rejects.toThrow('no memory');
  await supervisor.stop(AbortSignal.timeout(1_000));
  expect(spawned()).toBe(1);
});

test('stop during the wait ends it', async () => {
  const { supervisor, events, die, spawned } = fixture({
    ...SETTINGS,
    firstBackOffMs: 60_000,
    longestBackOffMs: 60_000,
  });
  await supervisor.start();
  die();
  await turns(() => events.some((event) => event.name === 'restarting'));
  await Promise.all([
    supervisor.stop(AbortSignal.timeout(1_000)),
    supervisor.stop(AbortSignal.timeout(1_000)),
  ]);
  expect(spawned()).toBe(1);
  expect(events.filter((event) => event.name === 'stopped')).toEqual([
    { name: 'stopped', killed: false },
  ]);
});
