import { Server, ServerCredentials } from '@grpc/grpc-js';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { totalOf } from '../../collector-processor/src/demo/ledger';
import { createSenders } from '../../collector-processor/src/demo/senders';
import { traceRequestType } from '../support/otlpProto';

/** The exporters load their transport with a dynamic import, which Jest's sandbox cannot do: the built program runs. */
const SERVICES = join(__dirname, '../../collector-processor/dist/demo/services.js');

interface Told {
  readonly service: string;
  readonly scope: string;
  readonly name: string;
  readonly span: string;
  readonly parent: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Milliseconds. */
  readonly endMs: number;
}

interface KeyValue {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}
interface Request {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly KeyValue[] };
    readonly scopeSpans: readonly {
      readonly scope: { readonly name: string };
      readonly spans: readonly {
        readonly name: string;
        readonly spanId: string;
        readonly parentSpanId?: string;
        readonly attributes: readonly KeyValue[];
        readonly endTimeUnixNano: string;
      }[];
    }[];
  }[];
}

const flat = (attributes: readonly KeyValue[]): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

const toldBy = (request: Request): Told[] =>
  request.resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ scope, spans }) =>
      spans.map((span) => ({
        service: String(flat(resource.attributes)['service.name']),
        scope: scope.name,
        name: span.name,
        span: span.spanId,
        parent: span.parentSpanId ?? '',
        attributes: { ...flat(resource.attributes), ...flat(span.attributes) },
        endMs: Number(span.endTimeUnixNano) / 1e6,
      })),
    ),
  );

const fromProtobuf = (bytes: Uint8Array): Told[] => {
  const type = traceRequestType();
  const plain = type.toObject(type.decode(bytes), { longs: String, bytes: String });
  return toldBy(plain as Request);
};

/** Two OTLP servers that keep what they are told. */
async function startRecorder() {
  const told: { readonly by: 'grpc' | 'protobuf' | 'json'; readonly spans: Told[] }[] = [];
  const http = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts);
      const json = request.headers['content-type'] === 'application/json';
      told.push(
        json
          ? { by: 'json', spans: toldBy(JSON.parse(body.toString()) as Request) }
          : { by: 'protobuf', spans: fromProtobuf(body) },
      );
      response.writeHead(200, {
        'content-type': json ? 'application/json' : 'application/x-protobuf',
      });
      response.end(json ? '{}' : '');
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const grpc = new Server();
  const bytes = (value: Buffer): Buffer => value;
  grpc.addService(
    {
      export: {
        path: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
        requestStream: false,
        responseStream: false,
        requestSerialize: bytes,
        requestDeserialize: bytes,
        responseSerialize: bytes,
        responseDeserialize: bytes,
      },
    },
    {
      export(call: { request: Buffer }, answer: (error: null, reply: Buffer) => void) {
        told.push({ by: 'grpc', spans: fromProtobuf(call.request) });
        answer(null, Buffer.alloc(0));
      },
    },
  );
  const grpcPort = await new Promise<number>((resolve, reject) => {
    grpc.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve(port);
    });
  });
  return {
    told,
    addresses: {
      grpc: `127.0.0.1:${grpcPort}`,
      http: `127.0.0.1:${(http.address() as AddressInfo).port}`,
    },
    stop() {
      grpc.forceShutdown();
      http.closeAllConnections();
      http.close();
    },
  };
}

const countBy = (spans: readonly Told[], key: (span: Told) => string): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const span of spans) counts[key(span)] = (counts[key(span)] ?? 0) + 1;
  return counts;
};

test('three services tell the SDK, over three transports, exactly what the ledger says', async () => {
  const recorder = await startRecorder();
  const senders = createSenders(SERVICES);
  await senders.start();
  senders.serve({ addresses: recorder.addresses, run: 'run-7', historyDays: 0, quiet: true });
  while (senders.status().models.length < 2) await delay(100);
  await delay(4_000);
  await senders.stop(AbortSignal.timeout(20_000));
  recorder.stop();
  const { sent, problems } = senders.status();
  expect(problems).toEqual([]);

  const spans = recorder.told.flatMap((request) => request.spans);
  expect(countBy(spans, (span) => span.service)).toEqual(sent.spans);
  expect(Math.max(...spans.map(({ endMs }) => endMs))).toBeLessThanOrEqual(Date.now());
  const transports = new Set(
    recorder.told.flatMap(({ by, spans: [first] }) => [`${first!.service} by ${by}`]),
  );
  expect([...transports].sort()).toEqual([
    'flight-delays by grpc',
    'seattle-weather by protobuf',
    'support-assistant by json',
  ]);
  for (const span of spans) {
    expect(span.attributes).toMatchObject({
      'service.instance.id': 'run-7',
      'deployment.environment.name': 'demo',
    });
  }

  // Predictions stand inside the HTTP server span that asked for them.
  const predictions = spans.filter((span) => 'ml.model.name' in span.attributes);
  const ids = new Map(spans.map((span) => [span.span, span]));
  expect(predictions.length).toBeGreaterThan(20);
  for (const prediction of predictions) {
    expect(ids.get(prediction.parent)?.name).toMatch(/^POST /);
  }

  // Model calls are the leaves; agents, chains, workflows and tools are not.
  const calls = spans.filter(
    ({ attributes }) =>
      ['chat', 'embeddings'].includes(String(attributes['gen_ai.operation.name'])) ||
      attributes['openinference.span.kind'] === 'LLM' ||
      'llm.request.type' in attributes,
  );
  const modelOf = ({ attributes }: Told): string =>
    String(
      attributes['ml.model.name'] ??
        attributes['gen_ai.request.model'] ??
        attributes['llm.model_name'],
    );
  expect(
    countBy([...predictions, ...calls], (span) => `${span.service} / ${modelOf(span)}`),
  ).toEqual(sent.inferences);
  expect(totalOf(sent.inferences)).toBeLessThan(totalOf(sent.spans));
  expect(new Set(calls.map(({ scope }) => scope))).toEqual(
    new Set([
      'support-triage',
      'openinference.instrumentation.anthropic',
      'opentelemetry.instrumentation.openai',
    ]),
  );
});

test('tells that the services died, with their last words', async () => {
  const senders = createSenders(join(__dirname, 'no-such-program.js'));
  await senders.start();
  senders.serve({
    addresses: { grpc: '127.0.0.1:1', http: '127.0.0.1:1' },
    run: 'run-8',
    historyDays: 0,
    quiet: true,
  });
  await expect(senders.died).resolves.toMatch(/^the services ended \(1\): [^]*no-such-program/);
  await senders.stop(AbortSignal.timeout(5_000));
});

test('services that cannot reach anything still stop, and say so', async () => {
  const senders = createSenders(SERVICES);
  await senders.start();
  senders.serve({
    addresses: { grpc: '127.0.0.1:1', http: '127.0.0.1:1' },
    run: 'run-9',
    historyDays: 1,
    quiet: false,
  });
  while (senders.status().history === undefined) await delay(100);
  await senders.stop(AbortSignal.timeout(2_000));
  await senders.stop(AbortSignal.timeout(2_000));
  expect(totalOf(senders.status().sent.spans)).toBeGreaterThan(0);
});
