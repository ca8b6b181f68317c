import { hostname } from 'node:os';
import type { ClickHouseClient } from '@clickhouse/client';
import type { Config } from './config/config';
import { systemClock } from './core/clock';
import type { Consumer } from './core/consumer';
import type { Outcome } from './core/outcome';
import type { Pricer } from './enrich/price/pricer';
import { createRedaction } from './enrich/redact/redaction';
import { createForward } from './forward/createForward';
import { createLogNormalizer } from './normalize/logs/logNormalizer';
import { createNormalizer } from './normalize/normalizer';
import { createUsageRecogniser } from './normalize/usageRecogniser';
import { jsonToProtobuf } from './otlp/json/jsonToProtobuf';
import { metricRequest } from './otlp/json/metricMessages';
import { createBudget } from './receive/budget';
import { createGrpcReceiver } from './receive/grpc';
import { createHttpReceiver } from './receive/http';
import type { ReceiverParts } from './receive/receiver';
import { RECEIVE_DEFAULTS } from './receive/settings';
import { createTenantRates } from './receive/tenantRates';
import { createTokenAuthenticator } from './receive/tokens';
import { createDeadLetter } from './store/deadLetter';
import type { Block, Decoder } from './store/block';
import { bySignal } from './store/bySignal';
import { LogDecoder } from './store/logBlock';
import { MetricDecoder } from './store/metricBlock';
import { createMetricUsage } from './store/metricUsage';
import { createMlLogObserver } from './store/mlLogObserver';
import { TraceDecoder } from './store/traceBlock';
import { Writer } from './store/writer';
import type { StoreGate } from './storeGate';
import type { Events } from './telemetry/events';
import type { Telemetry } from './telemetry/telemetry';

export interface FlowParts {
  readonly client: ClickHouseClient;
  readonly pricer: Pricer;
  readonly gate: Pick<StoreGate, 'guard'>;
  readonly telemetry: Telemetry;
}

/** A server at a distance, which others use too, is asked less often than our own engine: small parts cost merges. */
const EMBEDDED_FLUSH = { minIntervalMs: 40, eagerRows: Infinity } as const;
const REMOTE_FLUSH = { minIntervalMs: 500, eagerRows: 5000 } as const;
const RETRY_AFTER_MS = 1000;
const OWN_TENANT = 'default';

/** The way of a request: the receivers and the writer behind them. */
export function createFlow({ client, pricer, gate, telemetry }: FlowParts, config: Config) {
  const { receive, storage } = config;
  const { events, tracing } = telemetry;
  const normalizer = createNormalizer();
  const logNormalizer = createLogNormalizer();
  const usage = createMetricUsage(createUsageRecogniser());
  const budget = createBudget(receive.limits.maxInFlightBytes);
  const deadLetter = createDeadLetter(storage.deadLetter);
  const forward = forwardOf(config, telemetry);
  const blockEvents = forward === undefined ? events : { ...events, modelUsed: forward.modelUsed };
  const createWriter = <B extends Block>(decoder: Decoder<B>): Writer<B> =>
    new Writer(
      { client, decoder, deadLetter, events: blockEvents, tracing, forward: forward?.forwarder },
      {
        ...(storage.url === null ? EMBEDDED_FLUSH : REMOTE_FLUSH),
        flushAfterMs: storage.flushAfterMs,
        maxBlockRows: storage.flushRows,
        retryAfterMs: RETRY_AFTER_MS,
      },
    );
  /** One writer for each signal that is received, so that none waits for the rows of another. */
  const writers = {
    logs: createWriter(new LogDecoder(createMlLogObserver(logNormalizer, pricer), receive.limits)),
    metrics: createWriter(new MetricDecoder(usage, receive.limits)),
    traces: createWriter(
      new TraceDecoder(normalizer, pricer, receive.limits, forward !== undefined),
    ),
  };
  const next = gate.guard(redacted(bySignal(writers), config, events));
  const parts: ReceiverParts = {
    next,
    authenticate: createTokenAuthenticator(receive.tokens),
    budget,
    rates: createTenantRates(receive.limits.perTenant),
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
    () => normalizer.counts.segmentsDropped + logNormalizer.counts.segmentsDropped,
  );
  telemetry.gauge(
    'plumbline_clock_skewed_inferences',
    'Inferences since the start that were more than ten minutes ahead of this clock.',
    () => normalizer.counts.clockSkewed + logNormalizer.counts.clockSkewed,
  );
  telemetry.gauge(
    'plumbline_body_features_dropped',
    'Features left out since the start because the body of a log record had too many.',
    () => logNormalizer.counts.featuresDropped,
  );
  // A list or map inside an attribute takes three levels of brackets in JSON, the request around it twelve.
  const maxJsonDepth = 12 + 3 * receive.limits.maxNesting;
  const limits = { ...RECEIVE_DEFAULTS.limits, ...receive.limits, maxJsonDepth };
  const { address, corsAllowedOrigins } = receive.http;
  const tlsOf = (tls: typeof receive.http.tls) =>
    tls === null ? undefined : { ...RECEIVE_DEFAULTS.tls, ...tls };
  const cors = { allowedOrigins: corsAllowedOrigins };
  return {
    grpc: createGrpcReceiver(parts, {
      ...RECEIVE_DEFAULTS.grpc,
      address: receive.grpc.address,
      tls: tlsOf(receive.grpc.tls),
      limits,
    }),
    http: createHttpReceiver(parts, {
      ...RECEIVE_DEFAULTS.http,
      address,
      tls: tlsOf(receive.http.tls),
      limits,
      cors,
    }),
    writers: Object.values(writers),
    /** Stores an OTLP/JSON export request of this process's own metrics. */
    storeOwnMetrics: (json: string): Promise<Outcome> =>
      next.consume(
        {
          signal: 'metrics',
          bytes: jsonToProtobuf(metricRequest, Buffer.from(json), maxJsonDepth),
          tenant: OWN_TENANT,
          receivedAtMs: systemClock(),
        },
        AbortSignal.timeout(storage.maxInsertMs),
      ),
    /** What comes behind the writers. */
    forward: forward === undefined ? [] : [forward],
  };
}

/** Undefined when nothing is passed on. */
function forwardOf({ forward, telemetry }: Config, { events, gauge }: Telemetry) {
  const { endpoint } = forward;
  if (endpoint === null) return undefined;
  const instance = telemetry.serviceInstanceId ?? hostname();
  const room = createForward({ events, clock: systemClock }, { ...forward, endpoint, instance });
  const { queued } = room.forwarder;
  gauge(
    'plumbline_forward_queue_bytes',
    'Bytes of requests that wait to be forwarded or are being sent.',
    () => queued.bytes,
  );
  gauge(
    'plumbline_forward_queue_requests',
    'Requests that wait to be forwarded or are being sent.',
    () => queued.requests,
  );
  return room;
}

/** What is stored and forwarded meets the redaction rules first; without rules there is nothing in the way. */
function redacted(next: Consumer, { redact, receive }: Config, events: Events): Consumer {
  const { rules, hashKey } = redact;
  if (rules.length === 0) return next;
  return createRedaction(
    { next, events },
    { rules, hashKey, maxNesting: receive.limits.maxNesting },
  );
}
