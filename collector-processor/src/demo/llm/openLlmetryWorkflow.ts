import type { Attributes } from '@opentelemetry/api';
import { SpanKind } from '@opentelemetry/api';
import type { CallTelling, ConversationParts, Converse } from './conversation';
import { openSpan, tellCall } from './conversation';
import type { LlmCall } from './llmCall';
import { drawCall } from './llmCall';
import { GPT_4O_MINI, OWN_MODEL } from './llmModel';

const WORKFLOW = 'summarize_ticket';

const answer = (call: LlmCall): Attributes => ({
  'gen_ai.response.model': call.model.answered,
  'gen_ai.response.id': `chatcmpl-${call.id}`,
  'gen_ai.usage.prompt_tokens': call.inputTokens,
  'gen_ai.usage.completion_tokens': call.outputTokens,
  'llm.usage.total_tokens': call.inputTokens + call.outputTokens,
  'gen_ai.completion.0.role': 'assistant',
  'gen_ai.completion.0.finish_reason': call.finishReason,
});

const CHAT: CallTelling = {
  kind: SpanKind.CLIENT,
  name: (call) => `${call.model.provider.openllmetry.toLowerCase()}.chat`,
  attributes: (call) => ({
    'llm.request.type': 'chat',
    'gen_ai.system': call.model.provider.openllmetry,
    'gen_ai.request.model': call.model.requested,
    'gen_ai.request.temperature': 0.3,
    'llm.is_streaming': false,
    'traceloop.workflow.name': WORKFLOW,
    ...(call.error === undefined ? answer(call) : { 'error.type': call.error }),
  }),
};

const entity = (kind: 'workflow' | 'task', name: string): Attributes => ({
  'traceloop.span.kind': kind,
  'traceloop.workflow.name': WORKFLOW,
  'traceloop.entity.name': name,
});

/** A workflow of two tasks in OpenLLMetry with the attribute names that were usual until 2025. */
export function createOpenLlmetryWorkflow(parts: ConversationParts): Converse {
  const { tracer, random } = parts;
  return (endMs) => {
    const steps = [
      { name: 'redact', call: drawCall(OWN_MODEL, random) },
      { name: 'summarize', call: drawCall(GPT_4O_MINI, random) },
    ];
    let nowMs = steps.reduce((at, { call }) => at - call.tookMs, endMs);
    const workflow = openSpan(tracer, {
      name: `${WORKFLOW}.workflow`,
      startMs: nowMs,
      attributes: entity('workflow', WORKFLOW),
    });
    for (const { name, call } of steps) {
      const task = openSpan(
        tracer,
        { name: `${name}.task`, startMs: nowMs, attributes: entity('task', name) },
        workflow,
      );
      nowMs = tellCall(parts, CHAT, { call, startMs: nowMs, parent: task });
      task.span.end(nowMs);
    }
    workflow.span.end(endMs);
  };
}
