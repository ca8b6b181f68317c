import type { Attributes } from '../../otlp/attributes';
import { type Added, AttributeMapColumn } from './attributeMap';

/** A map of what many rows have in common, a resource or a scope: made for the first row, copied for the others. */
export class SharedMapColumn extends AttributeMapColumn {
  private serial = -1;
  private from = { keys: 0, values: 0 };
  private to = { keys: 0, values: 0 };

  /** One row. The attributes and `added` are looked at only when `serial` is not that of the row before. */
  pushFor(serial: number, attributes: Attributes<unknown>, added: Added | undefined): void {
    if (serial === this.serial) this.repeat(this.from, this.to);
    else this.pushFirst(serial, attributes, added);
  }

  /** As `pushFor`, this many rows. */
  pushRowsFor(
    serial: number,
    attributes: Attributes<unknown>,
    added: Added | undefined,
    rows: number,
  ): void {
    let missing = rows;
    if (serial !== this.serial) {
      this.pushFirst(serial, attributes, added);
      missing--;
    }
    this.repeatRows(this.from, this.to, missing);
  }

  private pushFirst(
    serial: number,
    attributes: Attributes<unknown>,
    added: Added | undefined,
  ): void {
    this.serial = -1;
    this.from = this.position();
    if (added === undefined) this.push(attributes);
    else this.pushWith(attributes, added);
    this.to = this.position();
    this.serial = serial;
  }

  override rollback(): void {
    super.rollback();
    this.serial = -1;
  }

  override reset(): void {
    super.reset();
    this.serial = -1;
  }
}
