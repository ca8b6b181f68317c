import type { OtlpRequest } from '../core/consumer';
import { Inference } from '../core/inference';
import type { RecordSink } from '../core/mlRecord';
import type { Shape } from '../otlp/shapeTrie';
import { SpanView, type TracePlans } from '../otlp/spanView';
import type { DecodeLimits } from '../otlp/wire';
import { type TraceVisitor, walkTraces } from '../otlp/traces';
import { type Added, addWhole, type Block, type BlockEvents, type Decoder } from './block';
import { costAttributes, noAddition } from './costAttributes';
import { MlRows } from './mlRows';
import { SpanAdditions } from './spanAdditions';
import { SpanCount } from './spanCount';
import { tenantLabel } from './tenantLabel';
import { TraceColumns } from './traceColumns';
import { UsageRecords } from './usageRecords';
import { violationAttribute } from './violationAttribute';

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
    const { view, inference, added, additions, recognizer, pricer } = this;
    const label = tenantLabel(tenant);
    const violations: string[] = [];
    return {
      resource: () => {
        block.traces.beginResource(view, label);
      },
      span: () => {
        const count = recognizer.recognise(view);
        // What an earlier span left when its request failed.
        if (violations.length > 0) violations.length = 0;
        for (let index = 0; index < count; index++) {
          inference.reset();
          inference.tenant = tenant;
          inference.receivedAtMs = receivedAtMs;
          recognizer.fill(view, index, inference);
          pricer.price(inference);
          block.ml.inferences.push(inference);
          block.usage?.push(inference);
          if (inference.violations.length > 0) violations.push(...inference.violations);
        }
        if (recognizer.hasRecords(view)) recognizer.tellRecords(view, request, block.ml.records);
        const { shape } = view.attributes;
        const priced = count === 1 && costAttributes(inference, shape, added);
        const adds = violations.length > 0 ? marked(violations, shape, added, priced) : priced;
        block.traces.push(view, adds ? added : undefined);
        if (adds && additions !== undefined && added.keys.orderWith(shape)) {
          additions.add(view.ordinal, added, inference.cost);
        }
      },
    };
  }
}

/** Adds what is wrong with any of the span's inferences, once each, and forgets it. */
function marked(
  violations: string[],
  shape: Shape<unknown>,
  added: Parameters<typeof violationAttribute>[2],
  priced: boolean,
): boolean {
  return violationAttribute([...new Set(violations.splice(0))], shape, added, priced);
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
