import { Metadata } from '@grpc/grpc-js';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-grpc';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import {
  AlwaysOnSampler,
  BatchSpanProcessor,
  NodeTracerProvider,
} from '@opentelemetry/sdk-trace-node';
import type { Registry } from 'prom-client';
import type { Clock } from '../core/clock';
import type { Component } from '../core/component';
import { observedExporter, type ExportObserver } from './observedExporter';
import { ownResource } from './ownResource';
import { createPromMetricProducer } from './promMetricProducer';
import { createTracing, type Tracing } from './tracing';

export interface OpenTelemetrySettings {
  /** OTLP gRPC, `http://` or `https://`. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Pause between two exports, of spans and of metrics. */
  readonly intervalMs: number;
  readonly instance: string;
  readonly version: string;
}

export interface OpenTelemetryParts {
  readonly registry: Registry;
  readonly clock: Clock;
  readonly exportFailed: (event: { signal: string; reason: string }) => void;
}

export interface OpenTelemetry extends Component {
  readonly tracing: Tracing;
}

/** An export that takes longer is lost, and counted. */
const EXPORT_TIMEOUT_MS = 10_000;
/** Spans that wait for an export; more are dropped by the SDK. A busy store makes 25 in a second. */
const MAX_SPANS = 2048;

const settled = (work: Promise<unknown>, deadline: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      deadline.removeEventListener('abort', done);
      resolve();
    };
    deadline.addEventListener('abort', done);
    if (deadline.aborted) done();
    work.then(done, done);
  });

/**
 * The service's own traces and metrics, sent like anyone's. It registers nothing globally, so that a process with an
 * SDK of its own (or two services in one test) is left alone.
 */
export const createOpenTelemetry = (
  { registry, clock, exportFailed }: OpenTelemetryParts,
  { endpoint, headers, intervalMs, instance, version }: OpenTelemetrySettings,
): OpenTelemetry => {
  let ownExports = 0;
  const observer = (signal: string): ExportObserver => ({
    began: () => void (ownExports += 1),
    ended: () => void (ownExports -= 1),
    failed: (reason) => {
      exportFailed({ signal, reason });
    },
  });
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(headers)) metadata.set(key, value);
  const target = { url: endpoint, metadata, timeoutMillis: EXPORT_TIMEOUT_MS };
  const resource = resourceFromAttributes(ownResource(instance, version));
  const spans = new BatchSpanProcessor(
    observedExporter(new OTLPTraceExporter(target), observer('traces')),
    { scheduledDelayMillis: intervalMs, maxQueueSize: MAX_SPANS },
  );
  const tracerProvider = new NodeTracerProvider({
    resource,
    sampler: new AlwaysOnSampler(),
    spanProcessors: [spans],
  });
  const startMetrics = (): MeterProvider =>
    new MeterProvider({
      resource,
      readers: [
        new PeriodicExportingMetricReader({
          exporter: observedExporter(new OTLPMetricExporter(target), observer('metrics')),
          exportIntervalMillis: intervalMs,
          exportTimeoutMillis: Math.min(intervalMs, EXPORT_TIMEOUT_MS),
          metricProducers: [createPromMetricProducer(registry, clock)],
        }),
      ],
    });
  let meterProvider: MeterProvider | undefined;
  let stopping: Promise<unknown> | undefined;
  return {
    tracing: createTracing(tracerProvider.getTracer('plumbline', version), () => ownExports),
    start() {
      meterProvider = startMetrics();
      return Promise.resolve();
    },
    stop(deadline) {
      stopping ??= Promise.allSettled([tracerProvider.shutdown(), meterProvider?.shutdown()]);
      return settled(stopping, deadline);
    },
  };
};
