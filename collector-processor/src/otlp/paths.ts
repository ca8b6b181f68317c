import type { Signal } from '../core/consumer';

/** Where OTLP requests of each signal go: the gRPC method, and the HTTP path behind the endpoint. */
export const OTLP_PATHS: Readonly<
  Record<Signal, { readonly grpc: string; readonly http: string }>
> = {
  traces: {
    grpc: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
    http: '/v1/traces',
  },
  metrics: {
    grpc: '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export',
    http: '/v1/metrics',
  },
  logs: {
    grpc: '/opentelemetry.proto.collector.logs.v1.LogsService/Export',
    http: '/v1/logs',
  },
};
