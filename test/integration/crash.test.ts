import { execFileSync } from 'node:child_process';
import { createClient, type ClickHouseClient } from '@clickhouse/client';
import { type Processor, startProcessor } from '../support/processor';
import { RetryingSender, storedCounts } from '../support/retryingSender';

/** The embedded engine is the processor's only child. */
const enginePid = (processor: Processor): number =>
  Number(execFileSync('pgrep', ['-P', String(processor.pid)], { encoding: 'utf8' }).trim());

describe('kill -9 under load', () => {
  let processor: Processor;
  let client: ClickHouseClient;
  beforeEach(async () => {
    processor = await startProcessor();
    client = createClient({ url: processor.storeUrl });
  });
  afterEach(async () => {
    await client.close();
    await processor.stop();
  });

  test.each([
    [
      'of the engine: the processor starts it again and tells senders to retry meanwhile',
      async () => {
        process.kill(enginePid(processor), 'SIGKILL');
        await Promise.resolve();
      },
    ],
    [
      'of the processor: a new one goes on where it ended',
      async () => {
        await processor.kill();
        await processor.restart();
      },
    ],
  ])(
    '%s',
    async (_, crash) => {
      const sender = new RetryingSender(processor, 4);
      for (let round = 0; round < 2; round++) {
        await new Promise((resolve) => setTimeout(resolve, 1500));
        await crash();
        await new Promise((resolve) => setTimeout(resolve, 1500));
      }
      await sender.stop();
      expect(sender.retries).toBeGreaterThan(0);
      expect(sender.acknowledged.spans).toBeGreaterThan(1000);
      // Every acknowledged row is there, and what was sent twice counts once.
      expect(await storedCounts(client)).toEqual(sender.acknowledged);
    },
    120_000,
  );
});
