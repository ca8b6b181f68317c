import type { PlainAttributes } from './attributes';
import type { Span } from './otlpMessages';
import { priceTokens } from './priceTokens';
import type { SpanContext } from './traceRow';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** The row of `ml_inferences` that a span makes, or nothing when it is neither a model call nor a prediction. */
export function inferenceRow(
  span: Span,
  attributes: PlainAttributes,
  context: SpanContext,
  receivedAtMs: number,
): Record<string, unknown> | undefined {
  const isCall = attributes['gen_ai.request.model'] !== undefined;
  if (!isCall && attributes['ml.model.name'] === undefined) return undefined;
  const startMs = span.startTimeUnixNano.toNumber() / 1e6;
  const traceId = span.traceId.toString('hex');
  const spanId = span.spanId.toString('hex');
  const failed = span.status?.code === 2;
  return {
    tenant: 'default',
    environment: context.resourceAttributes['deployment.environment.name'] ?? '',
    time: (Math.floor(startMs) / 1000).toFixed(3),
    inference_id: text(attributes['ml.prediction.id']) || `${traceId}:${spanId}:0`,
    received_at: (receivedAtMs / 1000).toFixed(3),
    row_version: receivedAtMs,
    trace_id: traceId,
    span_id: spanId,
    parent_span_id: span.parentSpanId.toString('hex'),
    service: context.service,
    status: failed ? 'error' : 'ok',
    error_type: failed ? text(attributes['error.type']) : '',
    latency_ms: span.endTimeUnixNano.subtract(span.startTimeUnixNano).toNumber() / 1e6,
    ...(isCall ? callColumns(attributes, startMs) : predictionColumns(attributes)),
  };
}

function callColumns(attributes: PlainAttributes, startMs: number): Record<string, unknown> {
  const provider = text(attributes['gen_ai.provider.name']);
  const model = text(attributes['gen_ai.request.model']);
  const version = text(attributes['gen_ai.response.model']);
  const input = number(attributes['gen_ai.usage.input_tokens']) ?? 0;
  const cacheRead = number(attributes['gen_ai.usage.cache_read.input_tokens']) ?? 0;
  const cacheWrite = number(attributes['gen_ai.usage.cache_creation.input_tokens']) ?? 0;
  const output = number(attributes['gen_ai.usage.output_tokens']) ?? 0;
  const reasoning = number(attributes['gen_ai.usage.reasoning.output_tokens']) ?? 0;
  const firstChunk = number(attributes['gen_ai.response.time_to_first_chunk']);
  const reasons = attributes['gen_ai.response.finish_reasons'];
  return {
    model,
    version: version || model,
    convention: 'otel',
    operation: text(attributes['gen_ai.operation.name']),
    model_type: 'llm',
    provider,
    ttft_ms: firstChunk === null ? null : firstChunk * 1000,
    finish_reason: Array.isArray(reasons) ? text(reasons[0]) : '',
    response_id: text(attributes['gen_ai.response.id']),
    version_assumed: version ? 0 : 1,
    tokens: {
      cache_read: cacheRead,
      cache_write_5m: cacheWrite,
      input: input - cacheRead - cacheWrite,
      output: output - reasoning,
      reasoning,
    },
    token_rule: 'inclusive:otel',
    ...priceTokens(
      provider,
      version || model,
      { input, cacheRead, cacheWrite, output },
      new Date(startMs),
    ),
  };
}

function predictionColumns(attributes: PlainAttributes): Record<string, unknown> {
  const features: Record<string, number> = {};
  const segments: Record<string, string> = {};
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('ml.feature.') && typeof value === 'number') features[key.slice(11)] = value;
    else if (key.startsWith('ml.segment.')) segments[key.slice(11)] = text(value);
  }
  return {
    model: text(attributes['ml.model.name']),
    version: text(attributes['ml.model.version']),
    convention: 'ml',
    operation: 'predict',
    model_type: text(attributes['ml.model.type']),
    prediction_value: number(attributes['ml.prediction.value']),
    prediction_label: text(attributes['ml.prediction.label']),
    score: number(attributes['ml.prediction.score']),
    feature_numbers: features,
    segments,
  };
}
