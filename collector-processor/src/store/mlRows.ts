import type { BlockEvents, TableRows } from './block';
import { InferenceColumns } from './inferenceColumns';
import { RecordTables } from './records/recordTables';

/** Rows of `ml_inferences` and of the tables of records, for a block of any signal. */
export class MlRows {
  readonly inferences: InferenceColumns;
  readonly records: RecordTables;

  /** `rowVersion` of all rows; without it each has its time of receipt, so that the newest copy stays. */
  constructor(rowVersion?: number) {
    this.inferences = new InferenceColumns(rowVersion);
    this.records = new RecordTables(rowVersion);
  }

  /** They go before the `otel_*` table, because writing them twice counts once. */
  get tables(): (readonly [table: string, rows: TableRows])[] {
    return [['ml_inferences', this.inferences], ...this.records.tables];
  }

  mark(): void {
    this.inferences.mark();
    this.records.mark();
  }

  rollback(): void {
    this.inferences.rollback();
    this.records.rollback();
  }

  reset(): void {
    this.inferences.reset();
    this.records.reset();
  }

  tell(events: BlockEvents): void {
    for (const count of this.inferences.countByConvention()) events.inferencesCounted(count);
    for (const count of this.inferences.countUnpriced()) events.unpriced(count);
    this.records.tell(events);
  }
}
