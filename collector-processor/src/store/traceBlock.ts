import type { OtlpRequest } from '../core/consumer';
import { Inference } from '../core/inference';
import type { RecordSink } from '../core/mlRecord';
import type { SpanSignal, SpanSignals } from '../core/spanSignal';
import { SpanView, type TracePlans } from '../otlp/spanView';
import type { DecodeLimits } from '../otlp/wire';
import { type TraceVisitor, walkTraces } from '../otlp/traces';
import { type Added, addWhole, type Block, type BlockEvents, type Decoder } from './block';
import { costAttributes, noAddition } from './costAttributes';
import { MlRows } from './mlRows';
import type { Added as AddedAttributes } from './native/attributeMap';
import { addSignal, mayTellSignal } from './signalAttributes';
import { SpanAdditions } from './spanAdditions';
import { SpanCount } from './spanCount';
import { tenantLabel } from './tenantLabel';
import { TraceColumns } from './traceColumns';
import { UsageRecords } from './usageRecords';

/** Finds the inferences and records that a span tells; `normalize/` is the implementation. */
export interface Recognizer<R = unknown, S = unknown, E = unknown> {
  readonly plans: TracePlans<R, S, E>;
  /** How many inferences the span tells. */
  recognise(view: SpanView<R, S, E>): number;
  /** Fills one of them, which was reset; tenant and time of receipt are set. */
  fill(view: SpanView<R, S, E>, index: number, inference: Inference): void;
  /** Whether the span whose inferences were filled last tells records about predictions, too. */
  hasRecords(view: SpanView<R, S, E>): boolean;
  tellRecords(
    view: SpanView<R, S, E>,
    receipt: Pick<OtlpRequest, 'tenant' | 'receivedAtMs'>,
    sink: RecordSink,
  ): void;
}

/** Puts a price on an inference; `enrich/` is the implementation. */
export interface Pricer {
  price(inference: Inference): void;
}

/** Turns requests into rows of both tables. One decoder serves blocks in turn. */
export class TraceDecoder<R, S, E> implements Decoder<TraceBlock> {
  readonly table = 'otel_traces';
  private readonly view: SpanView<R, S, E>;
  private readonly recognizer: Recognizer<R, S, E>;
  private readonly pricer: Pricer;
  private readonly inference = new Inference();
  private readonly added = noAddition();
  private readonly additions: SpanAdditions | undefined;
  private readonly signals: SpanSignals | undefined;

  /** `forwarding`: requests are passed on, so that additions and usage are wanted. `signals` go on the spans of a model. */
  constructor(
    recognizer: Recognizer<R, S, E>,
    pricer: Pricer,
    limits?: DecodeLimits,
    forwarding = false,
    signals?: SpanSignals,
  ) {
    this.signals = signals;
    this.recognizer = recognizer;
    this.pricer = pricer;
    this.additions = forwarding ? new SpanAdditions() : undefined;
    this.view = new SpanView(recognizer.plans, limits);
  }

  createBlock(): TraceBlock {
    return new TraceBlock({ usage: this.additions && new UsageRecords() });
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

  private visitor(request: OtlpRequest, block: TraceBlock): TraceVisitor {
    const { tenant, receivedAtMs } = request;
    const { view, inference, recognizer, pricer, signals } = this;
    const label = tenantLabel(tenant);
    return {
      resource: () => {
        block.traces.beginResource(view, label);
      },
      span: () => {
        const count = recognizer.recognise(view);
        let signal: SpanSignal | undefined;
        for (let index = 0; index < count; index++) {
          inference.reset();
          inference.tenant = tenant;
          inference.receivedAtMs = receivedAtMs;
          recognizer.fill(view, index, inference);
          pricer.price(inference);
          block.ml.inferences.push(inference);
          block.usage?.push(inference);
          // Several models in one span: it is the signal of none.
          const own = signals?.of(inference);
          signal = index === 0 || own === signal ? own : undefined;
        }
        if (recognizer.hasRecords(view)) recognizer.tellRecords(view, request, block.ml.records);
        block.traces.push(view, this.addedTo(count === 1, signal));
      },
    };
  }

  /** What the span gets beside its own attributes, which whoever passes the request on is told, too. */
  private addedTo(isOneCall: boolean, signal: SpanSignal | undefined): AddedAttributes | undefined {
    const { view, inference, added, additions } = this;
    const { shape } = view.attributes;
    const priced = isOneCall && costAttributes(inference, shape, added);
    const told = signal !== undefined && mayTellSignal(shape) ? signal : undefined;
    if (additions !== undefined) {
      const cost = priced && added.keys.orderWith(shape) !== null ? added : undefined;
      if (cost !== undefined || told !== undefined) {
        additions.add(view.ordinal, cost, inference.cost, told?.bytes);
      }
    }
    if (told === undefined) return priced ? added : undefined;
    addSignal(added, told, priced && added.keys.orderWith(shape) !== null);
    return added;
  }
}

export interface TraceBlockOptions {
  /** `backfill`: the spans are in the store already, so only what they tell is written, and loses to live rows. */
  readonly mode?: 'live' | 'backfill';
  /** Sums up what models used, for whoever wants to know at once. */
  readonly usage?: UsageRecords | undefined;
}

/** Rows of `otel_traces` and of the `ml_*` tables that are inserted together. */
export class TraceBlock implements Block {
  readonly traces: TraceColumns | SpanCount;
  readonly ml: MlRows;
  readonly usage: UsageRecords | undefined;

  constructor({ mode = 'live', usage }: TraceBlockOptions = {}) {
    this.usage = usage;
    this.ml = new MlRows(mode === 'backfill' ? 0 : undefined);
    this.traces = mode === 'backfill' ? new SpanCount() : new TraceColumns();
  }

  get tables(): Block['tables'] {
    const { traces, ml } = this;
    return traces instanceof SpanCount ? ml.tables : [...ml.tables, ['otel_traces', traces]];
  }

  get rows(): number {
    return this.traces.rows;
  }

  get partitions(): number {
    return Math.max(this.traces.days.size, this.ml.records.days.size);
  }

  mark(): void {
    this.traces.mark();
    this.ml.mark();
    this.usage?.mark();
  }

  rollback(): void {
    this.traces.rollback();
    this.ml.rollback();
    this.usage?.rollback();
  }

  reset(): void {
    this.traces.reset();
    this.ml.reset();
    this.usage?.reset();
  }

  tell(events: BlockEvents): void {
    this.ml.tell(events);
    for (const usage of this.usage?.sums() ?? []) events.modelUsed?.(usage);
  }
}
