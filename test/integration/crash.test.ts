import { execFileSync } from 'node:child_process';
import { createClient, type ClickHouseClient } from '@clickhouse/client';
import { makeTraceRequest } from '../support/payloads/makeTraceRequest';
import { type Processor, startProcessor } from '../support/processor';

/** The embedded engine is the processor's only child. */
const enginePid = (processor: Processor): number =>
  Number(execFileSync('pgrep', ['-P', String(processor.pid)], { encoding: 'utf8' }).trim());

interface Acknowledged {
  spans: number;
  inferences: number;
}

/** Sends distinct requests until told to stop, each again until it is acknowledged, as a sender with a queue does. */
class Sender {
  readonly acknowledged: Acknowledged = { spans: 0, inferences: 0 };
  retries = 0;
  private stopped = false;
  private readonly running: Promise<void>[];

  constructor(processor: Processor, connections: number) {
    this.running = Array.from({ length: connections }, (_, lane) => this.run(processor, lane));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.running);
  }

  private async run(processor: Processor, lane: number): Promise<void> {
    for (let seed = lane * 10_000 + 1; !this.stopped; seed++) {
      const request = makeTraceRequest({ seed, spans: 64, mix: 'ml', timeMs: Date.now() });
      while (!(await post(processor, request.bytes))) {
        this.retries++;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      this.acknowledged.spans += request.spans;
      this.acknowledged.inferences += request.inferences;
    }
  }
}

const post = (processor: Processor, body: Buffer): Promise<boolean> =>
  fetch(`http://${processor.httpAddress}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-protobuf' },
    body: new Uint8Array(body),
  }).then(
    (response) => response.status === 200,
    () => false,
  );

async function counts(client: ClickHouseClient): Promise<Acknowledged> {
  const answer = await client.query({
    query: `SELECT (SELECT uniqExact(SpanId) FROM otel_traces) AS spans,
                   (SELECT count() FROM v_inferences) AS inferences`,
    format: 'JSONEachRow',
  });
  const [row] = await answer.json<{ spans: string; inferences: string }>();
  return { spans: Number(row!.spans), inferences: Number(row!.inferences) };
}

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
      const sender = new Sender(processor, 4);
      for (let round = 0; round < 2; round++) {
        await new Promise((resolve) => setTimeout(resolve, 1500));
        await crash();
        await new Promise((resolve) => setTimeout(resolve, 1500));
      }
      await sender.stop();
      expect(sender.retries).toBeGreaterThan(0);
      expect(sender.acknowledged.spans).toBeGreaterThan(1000);
      // Every acknowledged row is there, and what was sent twice counts once.
      expect(await counts(client)).toEqual(sender.acknowledged);
    },
    120_000,
  );
});
