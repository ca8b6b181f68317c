import { EventEmitter } from 'node:events';
import { createLogger } from '../telemetry/logger';
import { runService } from './runService';
import type { Service } from './service';

const addresses = { grpc: 'g:1', http: 'h:2', admin: 'a:3', clickhouse: 'http://c:4' };

const setUp = (service: Partial<Service> = {}, deadlineMs = 1000) => {
  const lines: Record<string, unknown>[] = [];
  const exits: number[] = [];
  const time = { now: 0 };
  const lifetime = Object.assign(new EventEmitter(), {
    exit: (code: number) => void exits.push(code),
  });
  const logger = createLogger(
    { stream: { write: (line) => void lines.push(JSON.parse(line) as never) } },
    { logLevel: 'info', instance: 'test' },
  );
  const calls: string[] = [];
  const whole: Service = {
    addresses,
    start: () => {
      calls.push('start');
      return Promise.resolve();
    },
    stop: () => {
      calls.push('stop');
      return Promise.resolve();
    },
    ...service,
  };
  const clock = (): number => time.now;
  const code = runService(whole, { lifetime, logger, clock }, { deadlineMs });
  const told = async (event: string): Promise<Record<string, unknown>> => {
    for (;;) {
      const line = lines.find((candidate) => candidate.event === event);
      if (line) return line;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  return { code, lifetime, lines, exits, calls, time, told };
};

const forever = new Promise<never>(() => undefined);

describe('runService', () => {
  it.each(['SIGINT', 'SIGTERM'])('stops in order at %s and exits with 0', async (signal) => {
    const { code, lifetime, calls, told } = setUp();
    expect(await told('started')).toMatchObject({ ...addresses, level: 'info' });
    lifetime.emit(signal);
    expect(await code).toBe(0);
    expect(calls).toEqual(['start', 'stop']);
    expect(await told('stopping')).toMatchObject({ by: signal });
    expect(lifetime.eventNames()).toEqual([]);
  });

  it('exits with 1 when it cannot start', async () => {
    const { code, told, calls } = setUp({ start: () => Promise.reject(new Error('port taken')) });
    expect(await code).toBe(1);
    expect(await told('startFailed')).toMatchObject({
      level: 'fatal',
      err: { message: 'port taken' },
    });
    expect(calls).toEqual([]);
  });

  it('takes the echo of a signal as the same one, and ends at once on a second one', async () => {
    const { code, lifetime, exits, time, told } = setUp({ stop: () => forever }, 50);
    await told('started');
    lifetime.emit('SIGINT');
    time.now = 499;
    lifetime.emit('SIGINT');
    expect(exits).toEqual([]);
    time.now = 500;
    lifetime.emit('SIGINT');
    expect(exits).toEqual([130]);
    lifetime.emit('SIGTERM');
    expect(exits).toEqual([130, 143]);
    expect(await code).toBe(1);
  });

  it('gives up draining at the deadline and says so with exit code 1', async () => {
    const stop = (deadline: AbortSignal): Promise<void> =>
      new Promise((resolve) => {
        deadline.addEventListener('abort', () => {
          resolve();
        });
      });
    const { code, lifetime, told } = setUp({ stop }, 30);
    await told('started');
    lifetime.emit('SIGTERM');
    expect(await code).toBe(1);
    expect(await told('stopped')).toMatchObject({ late: true });
  });

  it('exits with 1 when stopping fails', async () => {
    const { code, lifetime, told } = setUp({ stop: () => Promise.reject(new Error('stuck')) });
    await told('started');
    lifetime.emit('SIGTERM');
    expect(await code).toBe(1);
    expect(await told('stopFailed')).toMatchObject({ err: { message: 'stuck' } });
  });

  it('logs an exception that nobody caught, stops, and exits with 1', async () => {
    const { code, lifetime, calls, told } = setUp();
    await told('started');
    lifetime.emit('uncaughtException', new Error('bug'));
    expect(await code).toBe(1);
    expect(calls).toEqual(['start', 'stop']);
    expect(await told('uncaughtException')).toMatchObject({
      level: 'fatal',
      err: { message: 'bug' },
    });
  });

  it('stops what it was still starting when the signal came', async () => {
    let finishStart = (): void => undefined;
    const start = (): Promise<void> =>
      new Promise((resolve) => {
        finishStart = resolve;
      });
    const { code, lifetime, calls, told } = setUp({ start });
    lifetime.emit('SIGINT');
    await told('stopping');
    expect(calls).toEqual([]);
    finishStart();
    expect(await code).toBe(0);
    expect(calls).toEqual(['stop']);
  });
});
