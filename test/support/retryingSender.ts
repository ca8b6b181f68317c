import type { ClickHouseClient } from '@clickhouse/client';
import { traceRequestType } from './otlpProto';
import { makeTraceRequest } from './payloads/makeTraceRequest';
import type { Processor } from './processor';

export interface Acknowledged {
  spans: number;
  inferences: number;
}

interface DecodedRequest {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly { readonly spanId: Uint8Array }[] }[];
  }[];
}

/** Sends distinct requests until told to stop, each again until it is acknowledged, as a sender with a queue does. */
export class RetryingSender {
  readonly acknowledged: Acknowledged = { spans: 0, inferences: 0 };
  retries = 0;
  /** Answers other than 200, by status; 0 is a connection that failed. */
  readonly refusals = new Map<number, number>();
  /** What the last such answer said. */
  lastRefusal = '';
  private readonly requests: { seed: number; timeMs: number }[] = [];
  private state: 'sending' | 'stopping' | 'abandoned' = 'sending';
  private readonly running: Promise<void>[];

  constructor(processor: Processor, connections: number, firstSeed = 1) {
    this.running = Array.from({ length: connections }, (_, lane) =>
      this.run(processor, firstSeed + lane * 10_000),
    );
  }

  /** Resolves when the last request is acknowledged. */
  async stop(): Promise<void> {
    if (this.state === 'sending') this.state = 'stopping';
    await Promise.all(this.running);
  }

  /** Gives up what is not acknowledged yet. */
  async abandon(): Promise<void> {
    this.state = 'abandoned';
    await Promise.all(this.running);
  }

  /** Ids of all acknowledged spans, as the store has them. */
  spanIds(): string[] {
    const type = traceRequestType();
    return this.requests.flatMap(({ seed, timeMs }) => {
      const { bytes } = makeTraceRequest({ seed, spans: 64, mix: 'ml', timeMs });
      const { resourceSpans } = type.decode(bytes) as unknown as DecodedRequest;
      return resourceSpans.flatMap(({ scopeSpans }) =>
        scopeSpans.flatMap(({ spans }) =>
          spans.map(({ spanId }) => Buffer.from(spanId).toString('hex')),
        ),
      );
    });
  }

  private async run(processor: Processor, firstSeed: number): Promise<void> {
    for (let seed = firstSeed; this.state === 'sending'; seed++) {
      const timeMs = Date.now();
      const request = makeTraceRequest({ seed, spans: 64, mix: 'ml', timeMs });
      if (!(await this.sendUntilTaken(processor, request.bytes))) return;
      this.requests.push({ seed, timeMs });
      this.acknowledged.spans += request.spans;
      this.acknowledged.inferences += request.inferences;
    }
  }

  private async sendUntilTaken(processor: Processor, body: Buffer): Promise<boolean> {
    while (!(await this.post(processor, body))) {
      if (this.state === 'abandoned') return false;
      this.retries++;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return true;
  }

  private async post(processor: Processor, body: Buffer): Promise<boolean> {
    let status = 0;
    let text = 'no connection';
    try {
      const response = await fetch(`http://${processor.httpAddress}/v1/traces`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-protobuf' },
        body: new Uint8Array(body),
      });
      text = await response.text();
      status = response.status;
    } catch {
      // A connection that was refused or cut is an answer too: to send again.
    }
    // A partial success is no acknowledgement of all.
    if (status === 200 && text === '') return true;
    this.refusals.set(status, (this.refusals.get(status) ?? 0) + 1);
    this.lastRefusal = text;
    return false;
  }
}

/** What is stored, each once however often it was written. */
export async function storedCounts(client: ClickHouseClient): Promise<Acknowledged> {
  const answer = await client.query({
    query: `SELECT (SELECT uniqExact(SpanId) FROM otel_traces) AS spans,
                   (SELECT count() FROM v_inferences) AS inferences`,
    format: 'JSONEachRow',
  });
  const [row] = await answer.json<{ spans: string; inferences: string }>();
  return { spans: Number(row!.spans), inferences: Number(row!.inferences) };
}
