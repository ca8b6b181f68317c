import { createClient } from '@clickhouse/client';
import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import { plainAttributes, textAttributes } from './attributes';
import { createBatchWriter } from './batchWriter';
import { inferenceRow } from './inferenceRow';
import { decodeTraceRequest } from './otlpMessages';
import type { TraceRequestMessage } from './otlpMessages';
import { traceRow } from './traceRow';

type Row = Record<string, unknown>;

const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;
const SERVICE = {
  Export: {
    path: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
    requestStream: false,
    responseStream: false,
    requestSerialize: () => Buffer.alloc(0),
    requestDeserialize: decodeTraceRequest,
    responseSerialize: () => Buffer.alloc(0),
    responseDeserialize: () => ({}),
  },
} as const;

/** The baseline, listening. */
export interface NaiveServer {
  /** `host:port`. */
  readonly address: string;
  stop(): Promise<void>;
}

/**
 * The baseline of `spans_ratio_to_naive`: what one writes with the libraries that exist, filling the same tables.
 * Answers when the rows are committed, as Plumbline does.
 */
export async function startNaiveServer(clickhouseUrl: string): Promise<NaiveServer> {
  const client = createClient({ url: clickhouseUrl });
  const writer = createBatchWriter(client);
  const server = new Server({ 'grpc.max_receive_message_length': MAX_MESSAGE_BYTES });
  server.addService(SERVICE, {
    Export: (
      call: ServerUnaryCall<TraceRequestMessage, unknown>,
      answer: sendUnaryData<unknown>,
    ) => {
      const { traces, inferences } = rowsOf(call.request);
      writer.write(traces, inferences).then(
        () => {
          answer(null, {});
        },
        (error: unknown) => {
          answer({ code: status.UNAVAILABLE, message: String(error) });
        },
      );
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  return {
    address: `127.0.0.1:${port}`,
    stop: async () => {
      server.forceShutdown();
      await client.close();
    },
  };
}

function rowsOf(request: TraceRequestMessage): { traces: Row[]; inferences: Row[] } {
  const receivedAtMs = Date.now();
  const traces: Row[] = [];
  const inferences: Row[] = [];
  for (const { resource, scopeSpans } of request.resourceSpans) {
    const resourceAttributes = textAttributes(plainAttributes(resource?.attributes ?? []));
    for (const { scope, spans } of scopeSpans) {
      const context = {
        service: resourceAttributes['service.name'] ?? '',
        resourceAttributes,
        scopeName: scope?.name ?? '',
        scopeVersion: scope?.version ?? '',
      };
      for (const span of spans) {
        const attributes = plainAttributes(span.attributes);
        traces.push(traceRow(span, attributes, context));
        const inference = inferenceRow(span, attributes, context, receivedAtMs);
        if (inference) inferences.push(inference);
      }
    }
  }
  return { traces, inferences };
}
