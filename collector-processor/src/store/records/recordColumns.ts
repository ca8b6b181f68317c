import type { MlRecord, RecordValues } from '../../core/mlRecord';
import type { TableRows } from '../block';
import { PlainColumn } from '../native/columns';
import { LowCardinalityColumn } from '../native/lowCardinality';
import { type Column, nativeBlock } from '../native/nativeBlock';

/** The columns of one kind of record beside those that all kinds have. */
export interface ValueColumns<V extends RecordValues> {
  readonly columns: readonly (readonly [name: string, column: Column])[];
  push(values: V): void;
}

/** Rows of one table of records. */
export class RecordColumns<V extends RecordValues> implements TableRows {
  rows = 0;
  private markedRows = 0;
  private readonly tenant = new LowCardinalityColumn();
  private readonly environment = new LowCardinalityColumn();
  private readonly model = new LowCardinalityColumn();
  private readonly version = new LowCardinalityColumn();
  private readonly service = new LowCardinalityColumn();
  private readonly time = new PlainColumn('DateTime64(3)');
  private readonly receivedAt = new PlainColumn('DateTime64(3)');
  private readonly rowVersion = new PlainColumn('UInt64');
  private readonly inferenceId = new PlainColumn('String');
  private readonly recordId = new PlainColumn('String');
  private readonly traceId = new PlainColumn('String');
  private readonly spanId = new PlainColumn('String');
  private readonly clockSkew = new PlainColumn('UInt8');
  private readonly values: ValueColumns<V>;
  private readonly fixedVersion: number | undefined;
  private readonly columns: readonly (readonly [string, Column])[];

  constructor(values: ValueColumns<V>, fixedVersion: number | undefined) {
    this.values = values;
    this.fixedVersion = fixedVersion;
    this.columns = [
      ['tenant', this.tenant],
      ['environment', this.environment],
      ['model', this.model],
      ['version', this.version],
      ['service', this.service],
      ['time', this.time],
      ['received_at', this.receivedAt],
      ['row_version', this.rowVersion],
      ['inference_id', this.inferenceId],
      ['record_id', this.recordId],
      ['trace_id', this.traceId],
      ['span_id', this.spanId],
      ['clock_skew', this.clockSkew],
      ...values.columns,
    ];
  }

  push(record: MlRecord, values: V): void {
    this.tenant.pushText(record.tenant);
    this.environment.pushText(record.environment);
    this.model.pushText(record.model);
    this.version.pushText(record.version);
    this.service.pushText(record.service);
    this.time.values.integer(record.time);
    this.receivedAt.values.integer(record.receivedAtMs);
    this.rowVersion.values.integer(this.fixedVersion ?? record.receivedAtMs);
    this.inferenceId.values.string(record.inferenceId);
    this.recordId.values.string(record.recordId);
    this.traceId.values.string(record.traceId);
    this.spanId.values.string(record.spanId);
    this.clockSkew.values.byte(record.clockSkew);
    this.values.push(values);
    this.rows++;
  }

  mark(): void {
    this.markedRows = this.rows;
    for (const [, column] of this.columns) column.mark();
  }

  rollback(): void {
    this.rows = this.markedRows;
    for (const [, column] of this.columns) column.rollback();
  }

  reset(): void {
    this.rows = this.markedRows = 0;
    for (const [, column] of this.columns) column.reset();
  }

  block(): readonly Buffer[] {
    return nativeBlock(this.columns, this.rows);
  }
}
