import type { OtlpRequest } from '../core/consumer';
import { walkLogs } from '../otlp/logs';
import { type LogPlans, LogView } from '../otlp/logView';
import type { DecodeLimits } from '../otlp/wire';
import { type Added, addWhole, type Block, type BlockEvents, type Decoder } from './block';
import { LogColumns } from './logColumns';
import { MlRows } from './mlRows';
import { tenantLabel } from './tenantLabel';

/** Looks at each record beside its way into `otel_logs`. */
export interface LogObserver<R = unknown, L = unknown, B = unknown> {
  readonly plans: LogPlans<R, L, B>;
  /** What it makes of the record it keeps in `block`, so that it is rolled back and inserted with the request. */
  record(view: LogView<R, L, B>, request: OtlpRequest, block: LogBlock): void;
}

/** Looks for nothing. */
export const NO_OBSERVER: LogObserver = {
  plans: { resource: () => undefined, record: () => undefined, body: () => undefined },
  record: () => undefined,
};

/** Turns requests into rows of `otel_logs`. One decoder serves blocks in turn. */
export class LogDecoder<R = unknown, L = unknown, B = unknown> implements Decoder<LogBlock> {
  readonly table = 'otel_logs';
  private readonly view: LogView<R, L, B>;
  private readonly observer: LogObserver<R, L, B>;

  constructor(observer: LogObserver<R, L, B>, limits?: DecodeLimits) {
    this.observer = observer;
    this.view = new LogView(observer.plans, limits);
  }

  createBlock(): LogBlock {
    return new LogBlock();
  }

  decode(request: OtlpRequest, block: LogBlock): Added {
    const { view, observer } = this;
    const label = tenantLabel(request.tenant);
    const visit = (): void => {
      observer.record(view, request, block);
      block.logs.push(view, label);
    };
    return addWhole(
      block,
      (skip) => {
        walkLogs(request.bytes, view, visit, skip);
      },
      () => view.ordinal,
    );
  }
}

/** Rows of `otel_logs`, and of the `ml_*` tables where records tell of models, that are inserted together. */
export class LogBlock implements Block {
  readonly logs = new LogColumns();
  private told: MlRows | undefined;

  /** What the records tell of models; made when it is first asked for, for most blocks have none. */
  get ml(): MlRows {
    return (this.told ??= new MlRows());
  }

  get tables(): Block['tables'] {
    return [...(this.told?.tables ?? []), ['otel_logs', this.logs]];
  }

  get rows(): number {
    return this.logs.rows;
  }

  get partitions(): number {
    return Math.max(this.logs.days.size, this.told?.records.days.size ?? 0);
  }

  mark(): void {
    this.logs.mark();
    this.told?.mark();
  }

  rollback(): void {
    this.logs.rollback();
    this.told?.rollback();
  }

  reset(): void {
    this.logs.reset();
    this.told?.reset();
  }

  tell(events: BlockEvents): void {
    this.told?.tell(events);
  }
}
