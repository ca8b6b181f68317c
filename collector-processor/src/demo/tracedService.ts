import type { Tracer } from '@opentelemetry/api';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import type { Resource } from '@opentelemetry/resources';
import type { SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace-node';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { DEMO_ENVIRONMENT } from './environment';
import type { Ledger } from './ledger';

export interface ServiceIdentity {
  readonly service: string;
  readonly version: string;
  readonly team: string;
  /** Written as `service.instance.id`: finds the rows of this run again. */
  readonly run: string;
}

/** One service's own OpenTelemetry set-up, as the service would write it. */
export interface TracedService {
  readonly name: string;
  /** The tracer of an instrumentation library. */
  tracer(scope: string, version: string): Tracer;
  /** Sends what is still queued, then closes the exporter. */
  shutdown(): Promise<void>;
}

/** Milliseconds between two exports. The SDK's default is 5,000; a demo should show its first rows sooner. */
const EXPORT_EVERY_MS = 1_000;

export function resourceOf(identity: ServiceIdentity): Resource {
  const own = resourceFromAttributes({
    'service.name': identity.service,
    'service.version': identity.version,
    'service.instance.id': identity.run,
    'service.team': identity.team,
    'deployment.environment.name': DEMO_ENVIRONMENT,
  });
  return defaultResource().merge(own);
}

const counting = (ledger: Ledger, service: string): SpanProcessor => ({
  onStart: () => undefined,
  onEnd() {
    ledger.span(service);
  },
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
});

export function createTracedService(
  parts: { readonly exporter: SpanExporter; readonly ledger: Ledger },
  identity: ServiceIdentity,
): TracedService {
  const provider = new NodeTracerProvider({
    resource: resourceOf(identity),
    spanProcessors: [
      counting(parts.ledger, identity.service),
      new BatchSpanProcessor(parts.exporter, { scheduledDelayMillis: EXPORT_EVERY_MS }),
    ],
  });
  return {
    name: identity.service,
    tracer: (scope, version) => provider.getTracer(scope, version),
    shutdown: () => provider.shutdown(),
  };
}
