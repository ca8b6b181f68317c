import { SpanKind } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { resources } from '@opentelemetry/sdk-node';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { serveTask } from '../process/childTask';

/** What one ordinary service is to send. */
export interface SdkPlan {
  /** `host:port` of the gRPC receiver. */
  readonly address: string;
  readonly service: string;
  readonly spansPerSecond: number;
  readonly seconds: number;
}

/** Spans that were ended, all of them sampled; what the SDK drops by itself is missing in the store, too. */
export interface SdkResult {
  readonly ended: number;
  readonly seconds: number;
}

const TICK_MS = 10;

/** Ends spans at a steady rate behind the SDK's own batching, all settings its defaults. */
async function sendThroughSdk(plan: SdkPlan): Promise<SdkResult> {
  const provider = new NodeTracerProvider({
    resource: resources.resourceFromAttributes({
      'service.name': plan.service,
      'deployment.environment.name': 'production',
    }),
    spanProcessors: [
      new BatchSpanProcessor(new OTLPTraceExporter({ url: `http://${plan.address}` })),
    ],
  });
  const tracer = provider.getTracer('bench', '1.0.0');
  const start = performance.now();
  const total = plan.spansPerSecond * plan.seconds;
  let ended = 0;
  while (ended < total) {
    const due = ((performance.now() - start) / 1000) * plan.spansPerSecond;
    for (; ended < Math.min(due, total); ended++) {
      const span = tracer.startSpan('chat gpt-4o', { kind: SpanKind.CLIENT });
      span.setAttributes({
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'openai',
        'gen_ai.request.model': 'gpt-4o',
        'gen_ai.response.model': 'gpt-4o-2024-08-06',
        'gen_ai.response.finish_reasons': ['stop'],
        'gen_ai.usage.input_tokens': 100 + (ended % 900),
        'gen_ai.usage.output_tokens': 10 + (ended % 90),
        'server.address': 'api.openai.com',
        'server.port': 443,
      });
      span.end();
    }
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
  const seconds = (performance.now() - start) / 1000;
  await provider.shutdown();
  return { ended, seconds };
}

serveTask(sendThroughSdk);
