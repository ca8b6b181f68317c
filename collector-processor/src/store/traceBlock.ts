import type { OtlpRequest } from '../core/consumer';
import { DecodeError, LimitError } from '../core/errors';
import { Inference } from '../core/inference';
import { SpanView, type TracePlans } from '../otlp/spanView';
import type { DecodeLimits } from '../otlp/wire';
import { type TraceVisitor, walkTraces } from '../otlp/traces';
import { costAttributes, noAddition } from './costAttributes';
import { InferenceColumns } from './inferenceColumns';
import { AddedKeys } from './native/attributeMap';
import { TraceColumns } from './traceColumns';

/** Finds the inferences that a span tells; `normalize/` is the implementation. */
export interface Recognizer<R = unknown, S = unknown, E = unknown> {
  readonly plans: TracePlans<R, S, E>;
  /** How many inferences the span tells. */
  recognise(view: SpanView<R, S, E>): number;
  /** Fills one of them, which was reset; tenant and time of receipt are set. */
  fill(view: SpanView<R, S, E>, index: number, inference: Inference): void;
}

/** Puts a price on an inference; `enrich/` is the implementation. */
export interface Pricer {
  price(inference: Inference): void;
}

/** What became of a request's spans. */
export type Added =
  | {
      readonly ok: true;
      readonly spans: number;
      readonly rejected: number;
      readonly reason: string;
    }
  | { readonly ok: false; readonly reason: string };

/** Spans over a limit that are left out one by one; a request with more of them is refused whole. */
const MAX_REJECTED = 16;
const TENANT = new AddedKeys(['plumbline.tenant']);

/**
 * Turns requests into rows of both tables. A request is in the block whole or not at all: what went wrong half-way is
 * rolled back, so that one bad request never harms its neighbours. One decoder serves blocks in turn.
 */
export class TraceDecoder<R, S, E> {
  private readonly view: SpanView<R, S, E>;
  private readonly recognizer: Recognizer<R, S, E>;
  private readonly pricer: Pricer;
  private readonly inference = new Inference();
  private readonly added = noAddition();

  constructor(recognizer: Recognizer<R, S, E>, pricer: Pricer, limits?: DecodeLimits) {
    this.recognizer = recognizer;
    this.pricer = pricer;
    this.view = new SpanView(recognizer.plans, limits);
  }

  decode(request: OtlpRequest, block: TraceBlock): Added {
    const skip = new Set<number>();
    let reason = '';
    for (;;) {
      block.mark();
      const before = block.traces.rows;
      try {
        walkTraces(request.bytes, this.view, this.visitor(request, block), skip);
        return { ok: true, spans: block.traces.rows - before, rejected: skip.size, reason };
      } catch (error) {
        block.rollback();
        if (error instanceof LimitError && skip.size < MAX_REJECTED) {
          reason = error.message;
          skip.add(this.view.ordinal);
        } else if (error instanceof LimitError || error instanceof DecodeError) {
          return { ok: false, reason: error.message };
        } else if (error instanceof RangeError) {
          // A DataView refuses to read past the end of the request.
          return { ok: false, reason: 'message is cut off' };
        } else {
          throw error;
        }
      }
    }
  }

  private visitor({ tenant, receivedAtMs }: OtlpRequest, block: TraceBlock): TraceVisitor {
    const { view, inference, added, recognizer, pricer } = this;
    const label = tenant === 'default' ? undefined : { keys: TENANT, texts: [tenant] };
    return {
      resource: () => {
        block.traces.beginResource(view, label);
      },
      span: () => {
        const count = recognizer.recognise(view);
        for (let index = 0; index < count; index++) {
          inference.reset();
          inference.tenant = tenant;
          inference.receivedAtMs = receivedAtMs;
          recognizer.fill(view, index, inference);
          pricer.price(inference);
          block.inferences.push(inference);
        }
        const priced = count === 1 && costAttributes(inference, view.attributes.shape, added);
        block.traces.push(view, priced ? added : undefined);
      },
    };
  }
}

/** Rows of `otel_traces` and `ml_inferences` that are inserted together. */
export class TraceBlock {
  readonly traces = new TraceColumns();
  readonly inferences = new InferenceColumns();

  mark(): void {
    this.traces.mark();
    this.inferences.mark();
  }

  rollback(): void {
    this.traces.rollback();
    this.inferences.rollback();
  }

  reset(): void {
    this.traces.reset();
    this.inferences.reset();
  }
}
