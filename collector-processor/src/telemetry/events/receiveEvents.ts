import { messageOf } from '../../core/errors';
import type { Outcome } from '../../core/outcome';
import { createBoundedLabel } from '../boundedLabel';
import type { Instruments } from '../instruments';

export interface RequestOrigin {
  /** Undefined where a request did not get as far as naming one. */
  readonly signal: string | undefined;
  readonly protocol: string;
}

export interface RequestAnswered extends RequestOrigin {
  readonly status: Outcome['status'] | 'failed';
  /** Size after decompression. */
  readonly bytes: number;
  /** From the whole request received to its answer. */
  readonly milliseconds: number;
}

export interface RequestRefused extends RequestOrigin {
  readonly reason: string;
  readonly bytes: number;
}

export interface ConsumerFailed extends RequestOrigin {
  readonly error: unknown;
}

const LABELS = ['signal', 'protocol'] as const;
const labelsOf = ({ signal = 'unknown', protocol }: RequestOrigin) => ({ signal, protocol });

/** Answers of whoever consumes the requests. */
const createAnswerEvents = (instruments: Instruments) => {
  const answered = instruments.counter(
    'plumbline_requests_answered_total',
    'OTLP requests answered by the store: accepted, retry (the sender should send again), refused (for good) or failed.',
    [...LABELS, 'status'],
  );
  const bytesTotal = instruments.counter(
    'plumbline_request_bytes_total',
    'Bytes of answered OTLP requests, after decompression.',
    LABELS,
  );
  const seconds = instruments.seconds(
    'plumbline_request_duration_seconds',
    'From an OTLP request received to its answer, which follows the commit.',
    LABELS,
  );
  return {
    requestAnswered: ({ status, bytes, milliseconds, ...request }: RequestAnswered): void => {
      const labels = labelsOf(request);
      answered.inc({ ...labels, status });
      bytesTotal.inc(labels, bytes);
      seconds.observe(labels, milliseconds / 1000);
    },
    consumerFailed: ({ error, ...request }: ConsumerFailed): void => {
      const reason = messageOf(error);
      const fields = { ...request, reason, err: error };
      instruments.logLimited('error', 'consumerFailed', reason, fields, 'a request met a bug');
    },
  };
};

/** What the receivers turn away themselves. */
const createRefusalEvents = (instruments: Instruments) => {
  const refused = instruments.counter(
    'plumbline_requests_refused_total',
    'OTLP requests that the receiver turned away, by reason.',
    [...LABELS, 'reason'],
  );
  const connections = instruments.counter(
    'plumbline_connections_refused_total',
    'Connections closed because there were too many.',
    ['protocol'],
  );
  const bounded = createBoundedLabel(50);
  return {
    requestRefused: ({ reason, bytes, ...request }: RequestRefused): void => {
      refused.inc({ ...labelsOf(request), reason: bounded(reason) });
      const fields = { ...request, reason, bytes, count: 1 };
      instruments.logLimited('warn', 'requestRefused', reason, fields, 'refused a request');
    },
    connectionRefused: ({ protocol }: Pick<RequestOrigin, 'protocol'>): void => {
      connections.inc({ protocol });
      const fields = { protocol, count: 1 };
      instruments.logLimited('warn', 'connectionRefused', protocol, fields, 'too many connections');
    },
  };
};

/** What becomes of the requests of senders. */
export const createReceiveEvents = (instruments: Instruments) => ({
  ...createAnswerEvents(instruments),
  ...createRefusalEvents(instruments),
});
