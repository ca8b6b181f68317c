import { createReadiness } from './readiness';

describe('createReadiness', () => {
  it('tells what is not well, and why', async () => {
    const notReady = createReadiness([
      { name: 'fine', check: () => undefined },
      { name: 'fine later', check: () => Promise.resolve(undefined) },
      { name: 'store', check: () => 'connection refused' },
      { name: 'engine', check: () => Promise.reject(new Error('restarting')) },
    ]);
    expect(await notReady()).toEqual([
      { name: 'store', reason: 'connection refused' },
      { name: 'engine', reason: 'restarting' },
    ]);
  });

  it('does not wait for ever', async () => {
    jest.useFakeTimers();
    try {
      const notReady = createReadiness([
        { name: 'store', check: () => new Promise<never>(() => undefined) },
      ]);
      const answer = notReady();
      await jest.advanceTimersByTimeAsync(2000);
      expect(await answer).toEqual([{ name: 'store', reason: 'no answer within 2000 ms' }]);
    } finally {
      jest.useRealTimers();
    }
  });

  it('shares one run between callers at the same time, and runs again afterwards', async () => {
    let runs = 0;
    const notReady = createReadiness([
      {
        name: 'store',
        check: () => {
          runs += 1;
          return Promise.resolve(undefined);
        },
      },
    ]);
    await Promise.all([notReady(), notReady(), notReady()]);
    expect(runs).toBe(1);
    await notReady();
    expect(runs).toBe(2);
  });
});
