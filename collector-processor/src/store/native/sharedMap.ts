import type { Attributes } from '../../otlp/attributes';
import { type Added, AttributeMapColumn } from './attributeMap';
import type { BlockSink } from './nativeBlock';

/**
 * A map of what many rows have in common, a resource or a scope: made for the first row, copied for the others. The
 * copies are made together when the last of them is known, because a few large copies are cheaper than many small ones.
 */
export class SharedMapColumn extends AttributeMapColumn {
  private serial = -1;
  private from = { keys: 0, values: 0 };
  private to = { keys: 0, values: 0 };
  /** Rows that are still to be copied. */
  private pending = 0;

  /** One row. The attributes and `added` are looked at only when `serial` is not that of the row before. */
  pushFor(serial: number, attributes: Attributes<unknown>, added: Added | undefined): void {
    if (serial === this.serial) this.pending++;
    else this.pushFirst(serial, attributes, added);
  }

  /** As `pushFor`, this many rows. */
  pushRowsFor(
    serial: number,
    attributes: Attributes<unknown>,
    added: Added | undefined,
    rows: number,
  ): void {
    if (rows === 0) return;
    this.pushFor(serial, attributes, added);
    this.pending += rows - 1;
  }

  private pushFirst(
    serial: number,
    attributes: Attributes<unknown>,
    added: Added | undefined,
  ): void {
    this.settle();
    this.serial = -1;
    this.from = this.position();
    if (added === undefined) this.push(attributes);
    else this.pushWith(attributes, added);
    this.to = this.position();
    this.serial = serial;
  }

  private settle(): void {
    const { pending } = this;
    this.pending = 0;
    this.repeatRows(this.from, this.to, pending);
  }

  override mark(): void {
    this.settle();
    super.mark();
  }

  override rollback(): void {
    super.rollback();
    this.serial = -1;
    this.pending = 0;
  }

  override reset(): void {
    super.reset();
    this.serial = -1;
    this.pending = 0;
  }

  override writeBody(sink: BlockSink): void {
    this.settle();
    super.writeBody(sink);
  }
}
