import { PlainColumn } from './columns';
import { LowCardinalityColumn } from './lowCardinality';
import type { BlockSink, Column } from './nativeBlock';
import { Offsets } from './nested';

/** `Map(LowCardinality(String), value)`: how a map stands in a block; what fills it is the subclasses' business. */
export abstract class MapColumn implements Column {
  readonly type: string;
  protected readonly keys = new LowCardinalityColumn();
  protected readonly values: PlainColumn;
  private readonly offsets = new Offsets();

  constructor(valueType: string, capacity?: number) {
    this.type = `Map(LowCardinality(String), ${valueType})`;
    this.values = new PlainColumn(valueType, capacity);
  }

  /** Closes the row that the entries since the last one belong to. */
  endRow(): void {
    this.offsets.push(this.keys.indexes.length);
  }

  /** Closes a row at an end that its entries were already written to. */
  protected endRowAt(entries: number): void {
    this.offsets.push(entries);
  }

  mark(): void {
    this.keys.mark();
    this.values.mark();
    this.offsets.mark();
  }

  rollback(): void {
    this.keys.rollback();
    this.values.rollback();
    this.offsets.rollback();
  }

  reset(): void {
    this.keys.reset();
    this.values.reset();
    this.offsets.reset();
  }

  writePrefix(sink: BlockSink): void {
    this.keys.writePrefix(sink);
  }

  writeBody(sink: BlockSink): void {
    this.offsets.write(sink);
    this.keys.writeBody(sink);
    this.values.writeBody(sink);
  }
}
