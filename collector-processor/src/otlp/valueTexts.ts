import { doubleText, forEachItem, jsonOf } from './anyValue';
import type { ValueSpan } from './anyValue';
import { InternTable } from './internTable';
import { VALUE_KIND } from './valueKind';
import type { WireReader } from './wire';

/** A small array, for example of finish reasons: asked for as JSON by the map column and as a list by the normaliser. */
interface KnownArray {
  readonly json: string;
  readonly items: readonly string[];
}

/** Values of the message under the reader as texts; those that repeat are made only once. */
export class ValueTexts {
  readonly reader: WireReader;
  private readonly texts = new InternTable(65_536, (source, start, end) =>
    source.toString('utf8', start, end),
  );
  private readonly arrays: InternTable<KnownArray>;

  constructor(reader: WireReader) {
    this.reader = reader;
    this.arrays = new InternTable(4096, (_, start, end) => {
      const span = { kind: VALUE_KIND.array, start, end };
      const items: string[] = [];
      forEachItem(reader, span, (item) => items.push(this.format(item)));
      return { json: jsonOf(reader, span), items };
    });
  }

  text(start: number, end: number): string {
    return start === end ? '' : this.texts.get(this.reader.bytes, start, end);
  }

  /** The elements of an array as texts. */
  items(start: number, end: number): readonly string[] {
    return this.arrays.get(this.reader.bytes, start, end).items;
  }

  /** A value as the Collector's `AsString` writes it: text bare, nested ones as JSON, bytes as bare base64. */
  format(value: ValueSpan): string {
    const { reader } = this;
    switch (value.kind) {
      case VALUE_KIND.empty:
        return '';
      case VALUE_KIND.text:
        return reader.bytes.toString('utf8', value.start, value.end);
      case VALUE_KIND.bytes:
        return reader.bytes.toString('base64', value.start, value.end);
      case VALUE_KIND.double:
        return doubleText(reader.view.getFloat64(value.start, true));
      case VALUE_KIND.array:
        return this.arrays.get(reader.bytes, value.start, value.end).json;
      case VALUE_KIND.bool:
      case VALUE_KIND.int:
      case VALUE_KIND.map:
        return jsonOf(reader, value);
    }
  }
}
