import type { Attributes } from '@opentelemetry/api';
import { SpanKind } from '@opentelemetry/api';
import type { CallTelling, ConversationParts, Converse } from './conversation';
import { openSpan, tellCall } from './conversation';
import type { LlmCall } from './llmCall';
import { drawCall } from './llmCall';
import { EMBEDDING, GEMINI_FLASH, type LlmModel } from './llmModel';

const identity = (call: LlmCall, operation: string): Attributes => ({
  'gen_ai.operation.name': operation,
  'gen_ai.provider.name': call.model.provider.otel,
  'gen_ai.request.model': call.model.requested,
  'server.address': call.model.server,
  'server.port': 443,
  ...(call.error === undefined ? {} : { 'error.type': call.error }),
});

function chatAnswer(call: LlmCall): Attributes {
  const cached = call.cacheReadTokens > 0;
  const reasoned = call.reasoningTokens > 0;
  return {
    'gen_ai.response.model': call.model.answered,
    'gen_ai.response.id': `resp_${call.id}`,
    'gen_ai.response.finish_reasons': [call.finishReason],
    'gen_ai.response.time_to_first_chunk': call.firstTokenMs / 1_000,
    'gen_ai.usage.input_tokens': call.inputTokens,
    'gen_ai.usage.output_tokens': call.outputTokens,
    ...(cached ? { 'gen_ai.usage.cache_read.input_tokens': call.cacheReadTokens } : {}),
    ...(reasoned ? { 'gen_ai.usage.reasoning.output_tokens': call.reasoningTokens } : {}),
  };
}

export const CHAT: CallTelling = {
  kind: SpanKind.CLIENT,
  name: (call) => `chat ${call.model.requested}`,
  attributes: (call) => ({
    ...identity(call, 'chat'),
    'gen_ai.request.stream': true,
    'gen_ai.request.temperature': 0.2,
    'gen_ai.request.max_tokens': 4_096,
    ...(call.error === undefined ? chatAnswer(call) : {}),
  }),
};

const EMBED: CallTelling = {
  kind: SpanKind.CLIENT,
  name: (call) => `embeddings ${call.model.requested}`,
  attributes: (call) => ({
    ...identity(call, 'embeddings'),
    ...(call.error === undefined
      ? {
          'gen_ai.response.model': call.model.answered,
          'gen_ai.usage.input_tokens': call.inputTokens,
        }
      : {}),
  }),
};

/**
 * A triage agent in OTel GenAI conventions (1.41): look up, ask, use a tool, ask again. The agent's span repeats the
 * usage of the calls inside it, as agent frameworks do: it must not be counted again.
 */
export function createOtelAgent(
  parts: ConversationParts,
  mini: (atMs: number) => LlmModel,
): Converse {
  const { tracer, random } = parts;
  return (endMs) => {
    const model = random.chance(0.7) ? mini(endMs) : GEMINI_FLASH;
    const lookUp = drawCall(EMBEDDING, random);
    const first = drawCall(model, random);
    const second = drawCall(model, random);
    const toolMs = random.around(60, 0.5);
    const startMs = endMs - lookUp.tookMs - first.tookMs - toolMs - second.tookMs;
    const agent = openSpan(tracer, {
      name: 'invoke_agent triage',
      startMs,
      attributes: {
        'gen_ai.operation.name': 'invoke_agent',
        'gen_ai.provider.name': model.provider.otel,
        'gen_ai.request.model': model.requested,
        'gen_ai.agent.name': 'triage',
      },
    });
    const lookedUpMs = tellCall(parts, EMBED, { call: lookUp, startMs, parent: agent });
    const askedMs = tellCall(parts, CHAT, { call: first, startMs: lookedUpMs, parent: agent });
    const tool = openSpan(
      tracer,
      {
        name: 'execute_tool look_up_order',
        startMs: askedMs,
        attributes: {
          'gen_ai.operation.name': 'execute_tool',
          'gen_ai.tool.name': 'look_up_order',
        },
      },
      agent,
    );
    tool.span.end(askedMs + toolMs);
    tellCall(parts, CHAT, { call: second, startMs: askedMs + toolMs, parent: agent });
    agent.span.setAttributes({
      'gen_ai.usage.input_tokens': first.inputTokens + second.inputTokens,
      'gen_ai.usage.output_tokens': first.outputTokens + second.outputTokens,
    });
    agent.span.end(endMs);
  };
}
