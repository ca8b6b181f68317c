import { AsyncLocalStorage } from 'node:async_hooks';
import { ROOT_CONTEXT, SpanStatusCode, trace, type Span, type Tracer } from '@opentelemetry/api';
import { messageOf } from '../core/errors';

type Attributes = Readonly<Record<string, string | number | boolean>>;

/** The span that runs, for facts that are known only later. */
export interface SpanNotes {
  set(attributes: Attributes): void;
  /** Expected results are values, so a failure that is not thrown has to be told. */
  fail(reason: string): void;
}

export interface SpanOptions {
  readonly attributes?: Attributes;
  /** How many OTLP requests the work is about, when it is about requests. */
  readonly requests?: number;
}

/** Spans about batches of work (a flush, a job), never about single requests. */
export interface Tracing {
  /** Runs `work` inside a span, a child of the one around it. A throw marks the span and is passed on. */
  inSpan<T>(name: string, options: SpanOptions, work: (notes: SpanNotes) => Promise<T>): Promise<T>;
  /** `trace_id` and `span_id` of the span that runs; empty when none does. */
  logContext(): object;
}

const noNotes: SpanNotes = { set: () => undefined, fail: () => undefined };

/** What rooms are handed while no endpoint is configured: it costs a function call. */
export const noTracing: Tracing = {
  inSpan: (_name, _options, work) => work(noNotes),
  logContext: () => ({}),
};

const notesOn = (span: Span): SpanNotes => ({
  set: (attributes) => void span.setAttributes(attributes),
  fail: (reason) => void span.setStatus({ code: SpanStatusCode.ERROR, message: reason }),
});

/**
 * `ownExports` is how many exports of our own spans are under way. Sent to ourselves, such an export is answered after
 * the flush that holds it; a span about that flush would be the next export, and so on for ever. So a flush of no more
 * requests than there are own exports under way gets no span: an idle service falls silent, a busy one is seen.
 *
 * The running span is kept here, not in OpenTelemetry's process-wide context: a host process may have an SDK of its own.
 */
export const createTracing = (tracer: Tracer, ownExports: () => number): Tracing => {
  const running = new AsyncLocalStorage<Span>();
  return {
    inSpan(name, { attributes = {}, requests }, work) {
      if (requests !== undefined && requests <= ownExports()) return work(noNotes);
      const parent = running.getStore();
      const context = parent ? trace.setSpan(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
      const span = tracer.startSpan(name, { attributes }, context);
      return running.run(span, async () => {
        try {
          return await work(notesOn(span));
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR, message: messageOf(error) });
          throw error;
        } finally {
          span.end();
        }
      });
    },
    logContext() {
      const context = running.getStore()?.spanContext();
      return context ? { trace_id: context.traceId, span_id: context.spanId } : {};
    },
  };
};
