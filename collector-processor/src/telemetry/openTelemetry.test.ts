import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import { traceRequestType } from '../../../test/support/otlpProto';
import { createTelemetry, type Telemetry } from './telemetry';

interface PlainSpan {
  name: string;
  spanId: string;
  traceId: string;
  parentSpanId?: string;
  status?: { code?: number; message?: string };
  attributes?: { key: string; value: Record<string, unknown> }[];
}

const spansOf = (bytes: Buffer): { resource: unknown; spans: PlainSpan[] } => {
  const type = traceRequestType();
  const plain = type.toObject(type.decode(bytes), { longs: String, bytes: String }) as {
    resourceSpans: { resource: unknown; scopeSpans: { spans: PlainSpan[] }[] }[];
  };
  const [first] = plain.resourceSpans;
  return {
    resource: first?.resource,
    spans: first?.scopeSpans.flatMap(({ spans }) => spans) ?? [],
  };
};

/** What the tests opened, so that a failing one does not keep the process alive. */
const opened: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

/** A gRPC server that takes both exports; `onTraces` runs before the export of spans is answered. */
const createSink = async (onTraces: () => Promise<void> | void = () => undefined) => {
  const received = {
    traces: [] as Buffer[],
    metrics: [] as Buffer[],
    authorization: [] as unknown[],
  };
  const server = new Server();
  const identity = (bytes: Buffer): Buffer => bytes;
  for (const [service, kind] of [
    ['opentelemetry.proto.collector.trace.v1.TraceService', 'traces'],
    ['opentelemetry.proto.collector.metrics.v1.MetricsService', 'metrics'],
  ] as const) {
    const definition = {
      export: {
        path: `/${service}/Export`,
        requestStream: false,
        responseStream: false,
        requestSerialize: identity,
        requestDeserialize: identity,
        responseSerialize: identity,
        responseDeserialize: identity,
      },
    };
    server.addService(definition, {
      export: (
        call: { request: Buffer; metadata: { get(key: string): unknown[] } },
        done: (error: object | null, answer?: Buffer) => void,
      ) => {
        received[kind].push(call.request);
        received.authorization.push(...call.metadata.get('authorization'));
        Promise.resolve(kind === 'traces' ? onTraces() : undefined).then(
          () => {
            done(null, Buffer.alloc(0));
          },
          () => {
            done({ code: status.INVALID_ARGUMENT, details: 'not today' });
          },
        );
      },
    });
  }
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  opened.push(() => {
    server.forceShutdown();
  });
  return { received, endpoint: `http://127.0.0.1:${port}` };
};

const create = (endpoint: string, lines: Record<string, unknown>[] = []): Telemetry => {
  const telemetry = createTelemetry(
    {
      logLevel: 'info',
      endpoint,
      headers: { Authorization: 'Bearer abc' },
      intervalMs: 50,
      serviceInstanceId: 'one',
      version: '1.2.3',
    },
    { stream: { write: (line) => void lines.push(JSON.parse(line) as never) } },
  );
  opened.unshift(() => telemetry.stop(AbortSignal.timeout(300)));
  return telemetry;
};

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
};
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("the service's own telemetry", () => {
  it('sends spans and the numbers of /metrics, with resource and credentials', async () => {
    const sink = await createSink();
    const lines: Record<string, unknown>[] = [];
    const telemetry = create(sink.endpoint, lines);
    await telemetry.start();
    telemetry.events.blockInserted({ table: 'otel_traces', rows: 7, bytes: 1, durationMs: 1 });
    await expect(
      telemetry.tracing.inSpan('flush', { attributes: { rows: 7 }, requests: 2 }, async (notes) => {
        telemetry.logger.info('inside');
        await telemetry.tracing.inSpan('insert', {}, () => {
          notes.fail('told');
          return Promise.resolve();
        });
        throw new Error('thrown');
      }),
    ).rejects.toThrow('thrown');
    telemetry.logger.info('outside');
    await until(() => sink.received.traces.length > 0 && sink.received.metrics.length > 0);
    await telemetry.stop(AbortSignal.timeout(5000));

    const { resource, spans } = spansOf(sink.received.traces[0]!);
    expect(JSON.stringify(resource)).toMatch(
      /service\.name.*plumbline.*service\.instance\.id.*one/,
    );
    const flush = spans.find(({ name }) => name === 'flush');
    const insert = spans.find(({ name }) => name === 'insert');
    expect(insert).toMatchObject({ parentSpanId: flush?.spanId, traceId: flush?.traceId });
    expect(flush).toMatchObject({
      status: { code: 2, message: 'thrown' },
      attributes: [{ key: 'rows', value: { intValue: '7' } }],
    });
    const inside = lines.find(({ msg }) => msg === 'inside');
    expect(Buffer.from(String(inside?.span_id), 'hex').toString('base64')).toBe(flush?.spanId);
    expect(Buffer.from(String(inside?.trace_id), 'hex').toString('base64')).toBe(flush?.traceId);
    expect(lines.find(({ msg }) => msg === 'outside')).not.toHaveProperty('trace_id');
    expect(Buffer.concat(sink.received.metrics).includes('plumbline_rows_inserted_total')).toBe(
      true,
    );
    expect(new Set(sink.received.authorization)).toEqual(new Set(['Bearer abc']));
  });

  it('falls silent when it is sent to ourselves and nothing else happens', async () => {
    const flush = (telemetry: Telemetry, requests: number) =>
      telemetry.tracing.inSpan('flush', { requests }, () => Promise.resolve());
    const own: { telemetry?: Telemetry } = {};
    // As the store does: the flush that holds our export ends before the export is answered.
    const sink = await createSink(() => (own.telemetry ? flush(own.telemetry, 1) : undefined));
    const telemetry = (own.telemetry = create(sink.endpoint));
    await telemetry.start();
    await flush(telemetry, 1);
    await until(() => sink.received.traces.length === 1);
    await pause(400);
    expect(sink.received.traces).toHaveLength(1);
    await flush(telemetry, 3);
    await until(() => sink.received.traces.length === 2);
  });

  it('counts and logs exports that are lost, and does not hang on a dead endpoint', async () => {
    const sink = await createSink(() => Promise.reject(new Error('no')));
    const lines: Record<string, unknown>[] = [];
    const telemetry = create(sink.endpoint, lines);
    await telemetry.start();
    await telemetry.tracing.inSpan('flush', {}, () => Promise.resolve());
    await until(() => lines.some(({ event }) => event === 'telemetryExportFailed'));
    expect(lines.find(({ event }) => event === 'telemetryExportFailed')).toMatchObject({
      signal: 'traces',
      level: 'warn',
    });
    expect(await telemetry.registry.metrics()).toContain(
      'plumbline_telemetry_exports_failed_total{signal="traces"} 1',
    );
    await opened.pop()?.();
    const begun = performance.now();
    await telemetry.stop(AbortSignal.timeout(300));
    expect(performance.now() - begun).toBeLessThan(1500);
    await telemetry.stop(AbortSignal.timeout(300));
  });
});
