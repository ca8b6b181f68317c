import type { Attributes, Context, Span } from '@opentelemetry/api';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Tracer } from '@opentelemetry/api';
import type { Ledger } from '../ledger';
import type { Random } from '../random';
import type { LlmCall } from './llmCall';

/** What an emitter of conversations works with. */
export interface ConversationParts {
  readonly tracer: Tracer;
  readonly ledger: Ledger;
  readonly random: Random;
  readonly service: string;
}

/** Emits the spans of one conversation that ends at `endMs`, Unix milliseconds. */
export type Converse = (endMs: number) => void;

/** A span that holds others: an agent, a chain, a workflow, a tool. */
export interface OpenSpan {
  readonly span: Span;
  readonly context: Context;
}

export interface SpanStart {
  readonly name: string;
  readonly startMs: number;
  readonly attributes: Attributes;
  readonly kind?: SpanKind;
}

/** Starts a span under `parent`, or a trace of its own without one. */
export function openSpan(tracer: Tracer, start: SpanStart, parent?: OpenSpan): OpenSpan {
  const under = parent?.context ?? ROOT_CONTEXT;
  const span = tracer.startSpan(
    start.name,
    {
      kind: start.kind ?? SpanKind.INTERNAL,
      startTime: start.startMs,
      attributes: start.attributes,
    },
    under,
  );
  return { span, context: trace.setSpan(under, span) };
}

/** How a convention tells a model call. */
export interface CallTelling {
  readonly name: (call: LlmCall) => string;
  readonly attributes: (call: LlmCall) => Attributes;
  readonly kind: SpanKind;
}

/** Tells a call as a span under `parent`, enters it in the ledger and returns when it ended. */
export function tellCall(
  parts: ConversationParts,
  telling: CallTelling,
  made: { readonly call: LlmCall; readonly startMs: number; readonly parent: OpenSpan },
): number {
  const { call, startMs, parent } = made;
  const endMs = startMs + call.tookMs;
  const { span } = openSpan(
    parts.tracer,
    {
      name: telling.name(call),
      startMs,
      attributes: telling.attributes(call),
      kind: telling.kind,
    },
    parent,
  );
  if (call.error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: call.error });
  span.end(endMs);
  parts.ledger.inference(parts.service, call.model.requested);
  return endMs;
}
