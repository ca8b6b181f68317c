import type { OtlpRequest } from '../core/consumer';
import { Inference } from '../core/inference';
import { SpanView, type TracePlans } from '../otlp/spanView';
import type { DecodeLimits } from '../otlp/wire';
import { type TraceVisitor, walkTraces } from '../otlp/traces';
import { type Added, addWhole, type Block, type BlockEvents, type Decoder } from './block';
import { costAttributes, noAddition } from './costAttributes';
import { InferenceColumns } from './inferenceColumns';
import { AddedKeys } from './native/attributeMap';
import { SpanAdditions } from './spanAdditions';
import { TraceColumns } from './traceColumns';
import { UsageRecords } from './usageRecords';

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

const TENANT = new AddedKeys(['plumbline.tenant']);

/** Turns requests into rows of both tables. One decoder serves blocks in turn. */
export class TraceDecoder<R, S, E> implements Decoder<TraceBlock> {
  readonly table = 'otel_traces';
  private readonly view: SpanView<R, S, E>;
  private readonly recognizer: Recognizer<R, S, E>;
  private readonly pricer: Pricer;
  private readonly inference = new Inference();
  private readonly added = noAddition();
  private readonly additions: SpanAdditions | undefined;

  /** `forwarding`: requests are passed on, so that additions and usage are wanted. */
  constructor(
    recognizer: Recognizer<R, S, E>,
    pricer: Pricer,
    limits?: DecodeLimits,
    forwarding = false,
  ) {
    this.recognizer = recognizer;
    this.pricer = pricer;
    this.additions = forwarding ? new SpanAdditions() : undefined;
    this.view = new SpanView(recognizer.plans, limits);
  }

  createBlock(): TraceBlock {
    return new TraceBlock(this.additions === undefined ? undefined : new UsageRecords());
  }

  decode(request: OtlpRequest, block: TraceBlock): Added {
    const { view, additions } = this;
    const visitor = this.visitor(request, block);
    const result = addWhole(
      block,
      (skip) => {
        additions?.begin();
        walkTraces(request.bytes, view, visitor, skip);
      },
      () => view.ordinal,
    );
    const taken = additions?.take();
    return result.ok && taken !== undefined ? { ...result, additions: taken } : result;
  }

  private visitor({ tenant, receivedAtMs }: OtlpRequest, block: TraceBlock): TraceVisitor {
    const { view, inference, added, additions, recognizer, pricer } = this;
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
          block.usage?.push(inference);
        }
        const priced = count === 1 && costAttributes(inference, view.attributes.shape, added);
        block.traces.push(view, priced ? added : undefined);
        if (priced && additions !== undefined && added.keys.orderWith(view.attributes.shape)) {
          additions.add(view.ordinal, added, inference.cost);
        }
      },
    };
  }
}

/** Rows of `otel_traces` and `ml_inferences` that are inserted together. */
export class TraceBlock implements Block {
  readonly traces = new TraceColumns();
  readonly inferences = new InferenceColumns();
  readonly usage: UsageRecords | undefined;
  /** `ml_inferences` goes first, because writing it twice counts once. */
  readonly tables = [
    ['ml_inferences', this.inferences],
    ['otel_traces', this.traces],
  ] as const;

  constructor(usage?: UsageRecords) {
    this.usage = usage;
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
    this.usage?.mark();
  }

  rollback(): void {
    this.traces.rollback();
    this.inferences.rollback();
    this.usage?.rollback();
  }

  reset(): void {
    this.traces.reset();
    this.inferences.reset();
    this.usage?.reset();
  }

  tell(events: BlockEvents): void {
    for (const count of this.inferences.countByConvention()) events.inferencesCounted(count);
    for (const count of this.inferences.countUnpriced()) events.unpriced(count);
    for (const usage of this.usage?.sums() ?? []) events.modelUsed?.(usage);
  }
}
