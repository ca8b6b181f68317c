import type { ClickHouseClient } from '@clickhouse/client';
import type { Config } from './config/config';
import { systemClock } from './core/clock';
import type { Consumer } from './core/consumer';
import type { Pricer } from './enrich/price/pricer';
import { createRedaction } from './enrich/redact/redaction';
import { createNormalizer } from './normalize/normalizer';
import { createBudget } from './receive/budget';
import { createGrpcReceiver } from './receive/grpc';
import { createHttpReceiver } from './receive/http';
import type { ReceiverParts } from './receive/receiver';
import { RECEIVE_DEFAULTS } from './receive/settings';
import { createTokenAuthenticator } from './receive/tokens';
import { createDeadLetter } from './store/deadLetter';
import type { Block, Decoder } from './store/block';
import { bySignal } from './store/bySignal';
import { TraceDecoder } from './store/traceBlock';
import { Writer } from './store/writer';
import type { Events } from './telemetry/events';
import type { Telemetry } from './telemetry/telemetry';

export interface FlowParts {
  readonly client: ClickHouseClient;
  readonly pricer: Pricer;
  readonly telemetry: Telemetry;
}

/** A server at a distance, which others use too, is asked less often than our own engine: small parts cost merges. */
const EMBEDDED_FLUSH = { minIntervalMs: 40, eagerRows: Infinity } as const;
const REMOTE_FLUSH = { minIntervalMs: 500, eagerRows: 5000 } as const;
const RETRY_AFTER_MS = 1000;

/** The way of a request: the receivers and the writer behind them. */
export function createFlow({ client, pricer, telemetry }: FlowParts, config: Config) {
  const { receive, storage } = config;
  const { events, tracing } = telemetry;
  const normalizer = createNormalizer();
  const budget = createBudget(receive.limits.maxInFlightBytes);
  const deadLetter = createDeadLetter(storage.deadLetter);
  const createWriter = <B extends Block>(decoder: Decoder<B>): Writer<B> =>
    new Writer(
      { client, decoder, deadLetter, events, tracing },
      {
        ...(storage.url === null ? EMBEDDED_FLUSH : REMOTE_FLUSH),
        flushAfterMs: storage.flushAfterMs,
        maxBlockRows: storage.flushRows,
        retryAfterMs: RETRY_AFTER_MS,
      },
    );
  /** One writer for each signal that is received, so that none waits for the rows of another. */
  const writers = {
    traces: createWriter(new TraceDecoder(normalizer, pricer, receive.limits)),
  };
  const parts: ReceiverParts = {
    next: redacted(bySignal(writers), config, events),
    authenticate: createTokenAuthenticator(receive.tokens),
    budget,
    events,
    clock: systemClock,
  };
  telemetry.gauge(
    'plumbline_in_flight_bytes',
    'Bytes of requests that are not answered yet.',
    () => budget.usedBytes,
  );
  telemetry.gauge(
    'plumbline_segments_dropped',
    'Segments left out since the start because an inference had too many.',
    () => normalizer.counts.segmentsDropped,
  );
  telemetry.gauge(
    'plumbline_clock_skewed_inferences',
    'Inferences since the start that were more than ten minutes ahead of this clock.',
    () => normalizer.counts.clockSkewed,
  );
  // A list or map inside an attribute takes three levels of brackets in JSON, the request around it twelve.
  const maxJsonDepth = 12 + 3 * receive.limits.maxNesting;
  const limits = { ...RECEIVE_DEFAULTS.limits, ...receive.limits, maxJsonDepth };
  const { address, corsAllowedOrigins } = receive.http;
  const cors = { allowedOrigins: corsAllowedOrigins };
  return {
    grpc: createGrpcReceiver(parts, {
      ...RECEIVE_DEFAULTS.grpc,
      address: receive.grpc.address,
      limits,
    }),
    http: createHttpReceiver(parts, { ...RECEIVE_DEFAULTS.http, address, limits, cors }),
    writers: Object.values(writers),
  };
}

/** What comes from the receivers meets the redaction rules first; without rules there is nothing in the way. */
function redacted(next: Consumer, { redact, receive }: Config, events: Events): Consumer {
  const { rules, hashKey } = redact;
  if (rules.length === 0) return next;
  return createRedaction(
    { next, events },
    { rules, hashKey, maxNesting: receive.limits.maxNesting },
  );
}
