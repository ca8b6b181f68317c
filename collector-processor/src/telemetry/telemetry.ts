import { hostname } from 'node:os';
import type { DestinationStream, Logger } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { systemClock, type Clock } from '../core/clock';
import type { Component } from '../core/component';
import { createEvents, type Events } from './events';
import { createInstruments, type Instruments } from './instruments';
import { createLogger } from './logger';
import { createOpenTelemetry, type OpenTelemetry } from './openTelemetry';
import { noTracing, type Tracing } from './tracing';

export interface TelemetrySettings {
  readonly logLevel: string;
  /** OTLP gRPC endpoint for the service's own traces and metrics; null: none are sent. */
  readonly endpoint: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly intervalMs: number;
  /** null: the name of the host. */
  readonly serviceInstanceId: string | null;
  readonly version: string;
}

export interface TelemetryParts {
  /** Where log lines go; standard output when absent. */
  readonly stream?: DestinationStream;
  readonly clock?: Clock;
}

/**
 * What the service says about itself. As a component it is the most upstream one: it is a sender, possibly to ourselves,
 * so it stops first, while whoever takes its last export still lives.
 */
export interface Telemetry extends Component {
  /** `service.instance.id` of this process. */
  readonly instance: string;
  readonly logger: Logger;
  readonly registry: Registry;
  readonly events: Events;
  readonly tracing: Tracing;
  /** A gauge whose value is read whenever somebody looks. */
  readonly gauge: Instruments['readGauge'];
}

export const createTelemetry = (
  { logLevel, endpoint, headers, intervalMs, serviceInstanceId, version }: TelemetrySettings,
  { stream, clock = systemClock }: TelemetryParts = {},
): Telemetry => {
  const instance = serviceInstanceId ?? hostname();
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  // The logger shows the running span, and a failed export of spans is logged: one of the two has to come first.
  let openTelemetry: OpenTelemetry | undefined;
  const context = (): object => openTelemetry?.tracing.logContext() ?? {};
  const logger = createLogger(stream ? { stream, context } : { context }, { logLevel, instance });
  const instruments = createInstruments({ logger, registry, clock });
  const events = createEvents(instruments, version);
  if (endpoint !== null) {
    openTelemetry = createOpenTelemetry(
      { registry, clock, exportFailed: events.telemetryExportFailed },
      { endpoint, headers, intervalMs, instance, version },
    );
  }
  return {
    instance,
    logger,
    registry,
    events,
    tracing: openTelemetry?.tracing ?? noTracing,
    gauge: instruments.readGauge,
    start: () => openTelemetry?.start() ?? Promise.resolve(),
    stop: (deadline) => openTelemetry?.stop(deadline) ?? Promise.resolve(),
  };
};
