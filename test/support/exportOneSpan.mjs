/**
 * A process of its own that exports one span with the real JavaScript SDK, as a service would:
 * `node exportOneSpan.mjs grpc|proto|http URL none|gzip`. Its exporters import modules in a way that Jest's sandbox
 * does not allow.
 */
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { OTLPTraceExporter as Grpc } from '@opentelemetry/exporter-trace-otlp-grpc';
import { OTLPTraceExporter as Json } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as Protobuf } from '@opentelemetry/exporter-trace-otlp-proto';
import { resources, tracing } from '@opentelemetry/sdk-node';

const [protocol, url, compression] = process.argv.slice(2);
const Exporter = { grpc: Grpc, proto: Protobuf, http: Json }[protocol];
const provider = new tracing.BasicTracerProvider({
  resource: resources.resourceFromAttributes({ 'service.name': 'shop' }),
  spanProcessors: [new tracing.BatchSpanProcessor(new Exporter({ url, compression }))],
});
const span = provider.getTracer('test', '1.0').startSpan('chat gpt', {
  kind: SpanKind.CLIENT,
  startTime: [1_700_000_000, 1],
  attributes: {
    'gen_ai.request.model': 'grüße',
    'gen_ai.usage.input_tokens': 4_294_967_299,
    temperature: 0.25,
    stream: false,
    stops: ['a', 'b'],
  },
});
span.addEvent('first token', { at: 3 }, [1_700_000_000, 2]);
span.setStatus({ code: SpanStatusCode.ERROR, message: 'late' });
span.end([1_700_000_000, 500]);
await provider.forceFlush().catch(() => undefined);
await provider.shutdown();
