import { createBoundedLabel } from '../boundedLabel';
import type { Instruments } from '../instruments';

export interface ForwardedItems {
  readonly signal: string;
  /** Spans, data points or log records. */
  readonly items: number;
}

export interface ForwardSent extends ForwardedItems {
  readonly bytes: number;
  readonly durationMs: number;
}

export interface ForwardRejected extends ForwardedItems {
  readonly reason: string;
}

export interface ForwardDropped extends ForwardedItems {
  readonly reason: string;
  /** What the other side said, if it was its doing. */
  readonly detail: string;
}

export interface ForwardRetried {
  readonly signal: string;
  /** gRPC or HTTP status, or the name of a network error. */
  readonly code: string;
  readonly reason: string;
}

const createSentEvents = (instruments: Instruments) => {
  const requests = instruments.counter(
    'plumbline_forward_sent_requests_total',
    'Requests that the forward endpoint took.',
    ['signal'],
  );
  const itemsTotal = instruments.counter(
    'plumbline_forward_sent_items_total',
    'Spans, data points and log records in requests that the forward endpoint took.',
    ['signal'],
  );
  const bytesTotal = instruments.counter(
    'plumbline_forward_sent_bytes_total',
    'Bytes of requests that the forward endpoint took, before compression.',
    ['signal'],
  );
  const seconds = instruments.seconds(
    'plumbline_forward_duration_seconds',
    'Duration of the attempt that succeeded.',
    ['signal'],
  );
  const rejected = instruments.counter(
    'plumbline_forward_rejected_items_total',
    'Items that the forward endpoint refused of requests that it took.',
    ['signal'],
  );
  return {
    forwardSent: ({ signal, items, bytes, durationMs }: ForwardSent): void => {
      requests.inc({ signal });
      itemsTotal.inc({ signal }, items);
      bytesTotal.inc({ signal }, bytes);
      seconds.observe({ signal }, durationMs / 1000);
    },
    forwardRejected: ({ signal, items, reason }: ForwardRejected): void => {
      rejected.inc({ signal }, items);
      const fields = { signal, count: items, reason };
      const message = 'the forward endpoint refused a part of a request';
      instruments.logLimited('warn', 'forwardRejected', signal, fields, message);
    },
  };
};

/** What is passed on to the forward endpoint, and what is not. */
export const createForwardEvents = (instruments: Instruments) => {
  const dropped = instruments.counter(
    'plumbline_forward_dropped_requests_total',
    'Requests that were stored but not forwarded, by reason.',
    ['signal', 'reason'],
  );
  const droppedItems = instruments.counter(
    'plumbline_forward_dropped_items_total',
    'Spans, data points and log records in requests that were stored but not forwarded.',
    ['signal', 'reason'],
  );
  const retries = instruments.counter(
    'plumbline_forward_retries_total',
    'Attempts to forward a request that failed and are made again.',
    ['signal', 'code'],
  );
  const overflowed = instruments.counter(
    'plumbline_forward_usage_overflowed_total',
    'Combinations of labels added up under otel.metric.overflow, because forward.metricsMaxSeries was reached.',
    [],
  );
  const boundedCode = createBoundedLabel(50);
  return {
    ...createSentEvents(instruments),
    forwardDropped: ({ signal, items, reason, detail }: ForwardDropped): void => {
      dropped.inc({ signal, reason });
      droppedItems.inc({ signal, reason }, items);
      const fields = { signal, count: items, reason, detail };
      const message = 'did not forward a request';
      instruments.logLimited('error', 'forwardDropped', `${signal}\n${reason}`, fields, message);
    },
    forwardRetried: ({ signal, code, reason }: ForwardRetried): void => {
      retries.inc({ signal, code: boundedCode(code) });
      const fields = { signal, code, reason };
      const message = 'could not forward a request, trying again';
      instruments.logLimited('warn', 'forwardRetried', `${signal}\n${code}`, fields, message);
    },
    usageOverflowed: ({ n }: { readonly n: number }): void => {
      overflowed.inc(n);
      const message = 'too many models for the metrics that are forwarded';
      instruments.logLimited('warn', 'usageOverflowed', '', { count: n }, message);
    },
  };
};
