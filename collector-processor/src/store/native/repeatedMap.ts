import type { Attributes } from '../../otlp/attributes';
import type { Added, AttributeMapColumn } from './attributeMap';

/** One map that many rows have: written from its attributes once, copied for the rest. */
export class RepeatedMap {
  private readonly column: AttributeMapColumn;
  private from: { keys: number; values: number } | undefined;
  private to = { keys: 0, values: 0 };

  constructor(column: AttributeMapColumn) {
    this.column = column;
  }

  /** The rows that follow have another map, or the block was emptied. */
  forget(): void {
    this.from = undefined;
  }

  /** `times` rows; `added` goes into the map beside what it has. */
  push(attributes: Attributes<unknown>, added: Added | undefined, times: number): void {
    const { column } = this;
    let missing = times;
    if (this.from === undefined) {
      this.from = column.position();
      if (added === undefined) column.push(attributes);
      else column.pushWith(attributes, added);
      this.to = column.position();
      missing--;
    }
    column.repeatRows(this.from, this.to, missing);
  }
}
