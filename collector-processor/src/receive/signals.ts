import type { Signal } from '../core/consumer';
import { logRequest } from '../otlp/json/logMessages';
import { metricRequest } from '../otlp/json/metricMessages';
import { traceRequest } from '../otlp/json/traceMessages';
import type { Message } from '../otlp/json/schema';

/** What both servers need to know of a signal. */
export interface SignalRoute {
  readonly signal: Signal;
  /** Name in JSON of the count of refused items in a partial success; its field number is 1 for every signal. */
  readonly rejectedName: string;
  readonly request: Message;
}

/** What is received; `OTLP_PATHS` says where. Others get UNIMPLEMENTED over gRPC and 404 over HTTP. */
export const SIGNAL_ROUTES: readonly SignalRoute[] = [
  {
    signal: 'traces',
    rejectedName: 'rejectedSpans',
    request: traceRequest,
  },
  {
    signal: 'logs',
    rejectedName: 'rejectedLogRecords',
    request: logRequest,
  },
  {
    signal: 'metrics',
    rejectedName: 'rejectedDataPoints',
    request: metricRequest,
  },
];
