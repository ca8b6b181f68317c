import { hostname } from 'node:os';
import type { ClickHouseClient } from '@clickhouse/client';
import type { Config } from './config/config';
import { systemClock } from './core/clock';
import type { Component } from './core/component';
import type { Consumer } from './core/consumer';
import type { Pricer } from './enrich/price/pricer';
import { createRedaction } from './enrich/redact/redaction';
import { checkedPricer } from './enrich/quality/checkedPricer';
import type { ModelContract } from './core/contract';
import { createForward } from './forward/createForward';
import { createLogNormalizer } from './normalize/logs/logNormalizer';
import { createNormalizer } from './normalize/normalizer';
import { createUsageRecogniser } from './normalize/usageRecogniser';
import type { Signals } from './signals/createSignals';
import { createSignalReporter } from './signals/signalReporter';
import type { Block, Decoder } from './store/block';
import { bySignal } from './store/bySignal';
import { createDeadLetter } from './store/deadLetter';
import { LogDecoder } from './store/logBlock';
import { MetricDecoder } from './store/metricBlock';
import { createMetricUsage } from './store/metricUsage';
import { createMlLogObserver } from './store/mlLogObserver';
import { TraceDecoder } from './store/traceBlock';
import { Writer } from './store/writer';
import type { Events } from './telemetry/events';
import type { Telemetry } from './telemetry/telemetry';

/** As the receivers look at theirs. */
const CHECK_CERTIFICATES_EVERY_MS = 10_000;

export interface WritersParts {
  readonly client: ClickHouseClient;
  readonly pricer: Pricer;
  readonly contracts: readonly ModelContract[];
  readonly telemetry: Telemetry;
  /** Undefined: nobody is told of signals. */
  readonly signals?: Signals | undefined;
}

/** What requests go into, redacted first where there are rules. */
export interface Writers extends Consumer {
  /** With what comes behind them. */
  readonly components: readonly Component[];
}

/** A server at a distance, which others use too, is asked less often than our own engine: small parts cost merges. */
const EMBEDDED_FLUSH = { minIntervalMs: 40, eagerRows: Infinity } as const;
const REMOTE_FLUSH = { minIntervalMs: 500, eagerRows: 5000 } as const;
const RETRY_AFTER_MS = 1000;

/** One writer for each signal that is received, so that none waits for the rows of another; behind them the forwarder. */
export function createWriters(
  { client, contracts, telemetry, signals, ...parts }: WritersParts,
  config: Config,
): Writers {
  const pricer = checkedPricer(parts.pricer, contracts);
  const { receive, storage } = config;
  const { events, tracing } = telemetry;
  const normalizer = createNormalizer();
  const logNormalizer = createLogNormalizer();
  const usage = createMetricUsage(createUsageRecogniser());
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
  const writers = {
    traces: createWriter(
      new TraceDecoder(normalizer, pricer, receive.limits, forward !== undefined, signals?.spans),
    ),
    logs: createWriter(new LogDecoder(createMlLogObserver(logNormalizer, pricer), receive.limits)),
    metrics: createWriter(new MetricDecoder(usage, receive.limits)),
  };
  showCounts(telemetry, normalizer, logNormalizer);
  const first = redacted(bySignal(writers), config, events);
  return {
    consume: (request, deadline) => first.consume(request, deadline),
    components: [...Object.values(writers), ...reporterOf(config, telemetry, forward, signals)],
  };
}

/** The forwarder, and in front of it who tells it the signals. */
function reporterOf(
  { forward: { metricsEveryMs: everyMs } }: Config,
  { instance }: Telemetry,
  forward: ReturnType<typeof forwardOf>,
  signals: Signals | undefined,
): Component[] {
  if (forward === undefined) return [];
  if (signals === undefined) return [forward];
  const { points } = signals;
  const parts = { points, queue: forward.forwarder, clock: systemClock };
  return [createSignalReporter(parts, { everyMs, instance }), forward];
}

type Normalizers = [ReturnType<typeof createNormalizer>, ReturnType<typeof createLogNormalizer>];

function showCounts({ gauge }: Telemetry, ...[spans, logs]: Normalizers): void {
  gauge(
    'plumbline_segments_dropped',
    'Segments left out since the start because an inference had too many.',
    () => spans.counts.segmentsDropped + logs.counts.segmentsDropped,
  );
  gauge(
    'plumbline_clock_skewed_inferences',
    'Inferences since the start that were more than ten minutes ahead of this clock.',
    () => spans.counts.clockSkewed + logs.counts.clockSkewed,
  );
  gauge(
    'plumbline_body_features_dropped',
    'Features left out since the start because the body of a log record had too many.',
    () => logs.counts.featuresDropped,
  );
}

/** Undefined when nothing is passed on. */
function forwardOf({ forward, telemetry }: Config, { events, gauge }: Telemetry) {
  const { endpoint } = forward;
  if (endpoint === null) return undefined;
  const instance = telemetry.serviceInstanceId ?? hostname();
  const room = createForward(
    { events, clock: systemClock },
    { ...forward, endpoint, instance, checkCertificatesEveryMs: CHECK_CERTIFICATES_EVERY_MS },
  );
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
