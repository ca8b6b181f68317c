import { OTLPTraceExporter as GrpcExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import type { SpanExporter } from '@opentelemetry/sdk-trace-node';
import { REQUESTS_IN_FLIGHT } from './sendHistory';

/** Where the processor listens, `host:port`. */
export interface OtlpAddresses {
  readonly grpc: string;
  readonly http: string;
}

/** The past is worth more patience than the exporters' default of 10 s, retries included. */
const HISTORY_TIMEOUT_MS = 30_000;

/** Each service uses another of the three standard transports. */
export interface Exporters {
  readonly grpc: SpanExporter;
  readonly protobuf: SpanExporter;
  readonly json: SpanExporter;
  readonly history: SpanExporter;
}

export function createExporters(addresses: OtlpAddresses): Exporters {
  const url = `http://${addresses.http}/v1/traces`;
  return {
    grpc: new GrpcExporter({ url: `http://${addresses.grpc}` }),
    protobuf: new ProtobufExporter({ url }),
    json: new JsonExporter({ url }),
    history: new ProtobufExporter({
      url,
      timeoutMillis: HISTORY_TIMEOUT_MS,
      concurrencyLimit: REQUESTS_IN_FLIGHT * 2,
    }),
  };
}
