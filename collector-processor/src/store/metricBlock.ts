import type { OtlpRequest } from '../core/consumer';
import { type MetricPlans, MetricView } from '../otlp/metricView';
import { type MetricVisitor, walkMetrics } from '../otlp/metrics';
import type { DecodeLimits } from '../otlp/wire';
import {
  type Added,
  addWhole,
  type Block,
  type BlockEvents,
  type Decoder,
  type TableRows,
} from './block';
import { MetricTables } from './metricTables';
import { tenantLabel } from './tenantLabel';

/** Rows that somebody makes of points, in a table of their own. */
export interface UsageRows extends TableRows {
  readonly table: string;
  mark(): void;
  rollback(): void;
  reset(): void;
  /** As `Block.tell`, once they are written. */
  tell(events: BlockEvents): void;
}

/** Makes rows of its own of the points of some metrics. A metric that is not wanted costs one question. */
export interface MetricUsage<
  R = unknown,
  P = unknown,
  U extends UsageRows | undefined = UsageRows,
> {
  readonly plans: MetricPlans<R, P>;
  /** Rows of one block; they are inserted before the points, so writing them twice must count once. */
  createRows(): U;
  /** Whether the points of the metric that `view` shows are wanted. */
  wants(view: MetricView<R, P>): boolean;
  /** The point that `view` shows. */
  push(view: MetricView<R, P>, request: OtlpRequest, rows: U): void;
}

/** Points are stored and nothing else is made of them. */
export const NO_USAGE: MetricUsage<undefined, undefined, undefined> = {
  plans: { resource: () => undefined, point: () => undefined },
  createRows: () => undefined,
  wants: () => false,
  push: () => undefined,
};

const UNKNOWN_METRIC = 'metric without data of a known kind';

/** Turns requests into rows of the five tables. One decoder serves blocks in turn. */
export class MetricDecoder<R, P, U extends UsageRows | undefined> implements Decoder<
  MetricBlock<U>
> {
  readonly table = 'otel_metrics_sum';
  private readonly usage: MetricUsage<R, P, U>;
  private readonly view: MetricView<R, P>;
  /** Metrics of the request under the reader that cannot be stored. */
  private unknown = 0;

  constructor(usage: MetricUsage<R, P, U>, limits?: DecodeLimits) {
    this.usage = usage;
    this.view = new MetricView(usage.plans, limits);
  }

  createBlock(): MetricBlock<U> {
    return new MetricBlock(this.usage.createRows());
  }

  /** A metric without data of a known kind counts as one rejected point: how many it has cannot be told. */
  decode(request: OtlpRequest, block: MetricBlock<U>): Added {
    const { view } = this;
    const visitor = this.visitor(request, block);
    const added = addWhole(
      block,
      (skip) => {
        this.unknown = 0;
        walkMetrics(request.bytes, view, visitor, skip);
      },
      () => view.ordinal,
    );
    if (!added.ok || this.unknown === 0) return added;
    const reason = added.reason === '' ? UNKNOWN_METRIC : added.reason;
    return { ...added, rejected: added.rejected + this.unknown, reason };
  }

  private visitor(request: OtlpRequest, block: MetricBlock<U>): MetricVisitor {
    const { view, usage } = this;
    const label = tenantLabel(request.tenant);
    const { points } = block;
    let columns = points.of(view.kind);
    let wanted = false;
    return {
      metric: () => {
        columns = points.of(view.kind);
        wanted = usage.wants(view);
      },
      point: () => {
        if (wanted) usage.push(view, request, block.usage);
        columns.push(view);
      },
      metricEnd: () => {
        columns.endMetric(view, label);
      },
      unknownMetric: () => {
        this.unknown++;
      },
    };
  }
}

/** Rows of the five `otel_metrics_…` tables, and what is made of them, that are inserted together. */
export class MetricBlock<U extends UsageRows | undefined = UsageRows | undefined> implements Block {
  readonly points = new MetricTables();
  readonly usage: U;
  /** Idempotent rows go first, because writing them twice counts once. */
  readonly tables: readonly (readonly [string, TableRows])[];

  constructor(usage: U) {
    this.usage = usage;
    const own = this.points.tables;
    this.tables = usage === undefined ? own : [[usage.table, usage], ...own];
  }

  get rows(): number {
    return this.points.rows;
  }

  get partitions(): number {
    return this.points.partitions;
  }

  mark(): void {
    this.points.mark();
    this.usage?.mark();
  }

  rollback(): void {
    this.points.rollback();
    this.usage?.rollback();
  }

  reset(): void {
    this.points.reset();
    this.usage?.reset();
  }

  tell(events: BlockEvents): void {
    this.usage?.tell(events);
  }
}
