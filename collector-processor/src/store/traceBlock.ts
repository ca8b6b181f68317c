import type { OtlpRequest } from '../core/consumer';
import { Inference } from '../core/inference';
import { SpanView, type TracePlans } from '../otlp/spanView';
import type { DecodeLimits } from '../otlp/wire';
import { type TraceVisitor, walkTraces } from '../otlp/traces';
import {
  type Added,
  addWhole,
  type Block,
  type BlockEvents,
  type Decoder,
  type TableRows,
} from './block';
import { costAttributes, noAddition } from './costAttributes';
import { InferenceColumns } from './inferenceColumns';
import { AddedKeys } from './native/attributeMap';
import { SpanCount } from './spanCount';
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

/** What the resources of a named tenant get. */
export const TENANT_KEY = 'plumbline.tenant';
const TENANT = new AddedKeys([TENANT_KEY]);

/** Turns requests into rows of both tables. One decoder serves blocks in turn. */
export class TraceDecoder<R, S, E> implements Decoder<TraceBlock> {
  readonly table = 'otel_traces';
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

  createBlock(): TraceBlock {
    return new TraceBlock();
  }

  decode(request: OtlpRequest, block: TraceBlock): Added {
    const { view } = this;
    const visitor = this.visitor(request, block);
    return addWhole(
      block,
      (skip) => {
        walkTraces(request.bytes, view, visitor, skip);
      },
      () => view.ordinal,
    );
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
export class TraceBlock implements Block {
  readonly traces: TraceColumns | SpanCount;
  readonly inferences: InferenceColumns;
  readonly tables: readonly (readonly [table: string, rows: TableRows])[];

  /** `backfill`: the spans are in the store already, so only what they tell is written, and loses to live rows. */
  constructor(mode: 'live' | 'backfill' = 'live') {
    const inferences = new InferenceColumns(mode === 'backfill' ? 0 : undefined);
    this.inferences = inferences;
    // `ml_inferences` goes first, because writing it twice counts once.
    const ours = [['ml_inferences', inferences]] as const;
    if (mode === 'backfill') {
      this.traces = new SpanCount();
      this.tables = ours;
    } else {
      const traces = new TraceColumns();
      this.traces = traces;
      this.tables = [...ours, ['otel_traces', traces]];
    }
  }

  get rows(): number {
    return this.traces.rows;
  }

  get partitions(): number {
    return this.traces.days.size;
  }

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

  tell(events: BlockEvents): void {
    for (const count of this.inferences.countByConvention()) events.inferencesCounted(count);
    for (const count of this.inferences.countUnpriced()) events.unpriced(count);
  }
}
