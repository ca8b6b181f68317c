import type { Attributes } from '@opentelemetry/api';
import { SpanKind } from '@opentelemetry/api';
import type { CallTelling, ConversationParts, Converse } from './conversation';
import { openSpan, tellCall } from './conversation';
import type { LlmCall } from './llmCall';
import { drawCall } from './llmCall';
import { CLAUDE_SONNET } from './llmModel';

const answer = (call: LlmCall): Attributes => ({
  'llm.response.model_name': call.model.answered,
  'llm.finish_reason': call.finishReason === 'stop' ? 'end_turn' : 'max_tokens',
  'llm.token_count.prompt': call.inputTokens,
  'llm.token_count.completion': call.outputTokens,
  'llm.token_count.total': call.inputTokens + call.outputTokens,
  'llm.token_count.prompt_details.cache_read': call.cacheReadTokens,
  'llm.token_count.prompt_details.cache_write': call.cacheWriteTokens,
});

const LLM: CallTelling = {
  kind: SpanKind.INTERNAL,
  name: () => 'Messages',
  attributes: (call) => ({
    'openinference.span.kind': 'LLM',
    'llm.provider': call.model.provider.openinference,
    'llm.system': call.model.provider.openinference,
    'llm.model_name': call.model.requested,
    'llm.invocation_parameters': JSON.stringify({ max_tokens: 2_048, temperature: 0 }),
    ...(call.error === undefined ? answer(call) : { 'error.type': call.error }),
  }),
};

/** Retrieval-augmented answering in OpenInference: an agent around a chain around a retriever and a model call. */
export function createOpenInferenceChain(parts: ConversationParts): Converse {
  const { tracer, random } = parts;
  return (endMs) => {
    const call = drawCall(CLAUDE_SONNET, random);
    const retrievalMs = random.around(35, 0.4);
    const startMs = endMs - retrievalMs - call.tookMs;
    const agent = openSpan(tracer, {
      name: 'SupportAgent.run',
      startMs,
      attributes: { 'openinference.span.kind': 'AGENT', 'agent.name': 'support' },
    });
    const chain = openSpan(
      tracer,
      { name: 'AnswerChain', startMs, attributes: { 'openinference.span.kind': 'CHAIN' } },
      agent,
    );
    const retriever = openSpan(
      tracer,
      {
        name: 'VectorStoreRetriever',
        startMs,
        attributes: {
          'openinference.span.kind': 'RETRIEVER',
          'retrieval.documents.0.document.id': `article-${random.below(400)}`,
          'retrieval.documents.0.document.score': Math.round(random.next() * 1_000) / 1_000,
        },
      },
      chain,
    );
    retriever.span.end(startMs + retrievalMs);
    tellCall(parts, LLM, { call, startMs: startMs + retrievalMs, parent: chain });
    chain.span.end(endMs);
    agent.span.end(endMs);
  };
}
