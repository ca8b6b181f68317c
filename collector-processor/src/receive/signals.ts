import type { Signal } from '../core/consumer';
import { logRequest } from '../otlp/json/logMessages';
import { metricRequest } from '../otlp/json/metricMessages';
import { traceRequest } from '../otlp/json/traceMessages';
import type { Message } from '../otlp/json/schema';

/** What both servers need to know of a signal. */
export interface SignalRoute {
  readonly signal: Signal;
  readonly grpcPath: string;
  readonly httpPath: string;
  /** Name in JSON of the count of refused items in a partial success; its field number is 1 for every signal. */
  readonly rejectedName: string;
  readonly request: Message;
}

/** The signals that are received. Others get UNIMPLEMENTED over gRPC and 404 over HTTP. */
export const SIGNAL_ROUTES: readonly SignalRoute[] = [
  {
    signal: 'traces',
    grpcPath: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
    httpPath: '/v1/traces',
    rejectedName: 'rejectedSpans',
    request: traceRequest,
  },
  {
    signal: 'logs',
    grpcPath: '/opentelemetry.proto.collector.logs.v1.LogsService/Export',
    httpPath: '/v1/logs',
    rejectedName: 'rejectedLogRecords',
    request: logRequest,
  },
  {
    signal: 'metrics',
    grpcPath: '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export',
    httpPath: '/v1/metrics',
    rejectedName: 'rejectedDataPoints',
    request: metricRequest,
  },
];
