import { makeLogRequest } from '../../support/payloads/makeLogRequest';
import { makeMetricRequest } from '../../support/payloads/makeMetricRequest';
import { makeTraceRequest } from '../../support/payloads/makeTraceRequest';
import type { Mix } from '../../support/payloads/makeTraceRequest';
import type { Patches } from '../../support/payloads/protoWriter';

/** What a figure is stated for: a signal, and what is in it. */
export type PayloadKind = Mix | 'metrics' | 'logs';

/** One export request and what is in it. */
export interface Payload {
  readonly bytes: Buffer;
  /** Spans, points or records. */
  readonly items: number;
  /** Attributes of the items, those of resources and events not counted. */
  readonly attributes: number;
  /** Rows it makes in `ml_inferences`. */
  readonly inferences: number;
  readonly patches: Patches;
}

interface PayloadSource {
  /** gRPC method that takes it. */
  readonly method: string;
  /** Items of a request in the saturating runs. */
  readonly items: number;
  /** Tables that the items themselves go to, one row each. */
  readonly tables: readonly string[];
  readonly make: (seed: number, items: number, timeMs: number) => Payload;
}

const traces = (mix: Mix): PayloadSource => ({
  method: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
  items: 512,
  tables: ['otel_traces'],
  make: (seed, items, timeMs) => {
    const request = makeTraceRequest({ seed, spans: items, mix, timeMs });
    return { ...request, items: request.spans };
  },
});

/** What a metric reader sends again is the same series at another time: nothing else has to be distinct. */
const METRICS: PayloadSource = {
  method: '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export',
  items: 1024,
  tables: ['otel_metrics_sum', 'otel_metrics_gauge', 'otel_metrics_histogram'],
  make: (seed, items, timeMs) => {
    const request = makeMetricRequest({ seed, points: items, timeMs });
    return { ...request, items: request.points, inferences: 0 };
  },
};

const LOGS: PayloadSource = {
  method: '/opentelemetry.proto.collector.logs.v1.LogsService/Export',
  items: 512,
  tables: ['otel_logs'],
  make: (seed, items, timeMs) => {
    const request = makeLogRequest({ seed, records: items, timeMs });
    return { ...request, items: request.records, inferences: 0 };
  },
};

export const PAYLOADS: Readonly<Record<PayloadKind, PayloadSource>> = {
  plain: traces('plain'),
  ml: traces('ml'),
  secrets: traces('secrets'),
  metrics: METRICS,
  logs: LOGS,
};
