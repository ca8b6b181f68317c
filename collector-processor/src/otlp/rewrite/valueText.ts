import { LimitError } from '../../core/errors';
import { jsonOf, readAnyValue, type ValueSpan } from '../anyValue';
import { VALUE_KIND } from '../valueKind';
import type { WireReader } from '../wire';

/**
 * The value of the `KeyValue` in [from, end) as it would be stored: a text as it is, anything else as JSON. Empty when it
 * is nested deeper than the decoder allows. The reader stays where it is.
 */
export function valueText(reader: WireReader, from: number, end: number): Buffer {
  const { position } = reader;
  const value: ValueSpan = { kind: VALUE_KIND.empty, start: from, end: from };
  try {
    reader.position = from;
    while (reader.position < end) {
      const tag = reader.uint32();
      if (tag === 18) readAnyValue(reader, reader.end(end), value);
      else reader.skip(tag, end);
    }
    return value.kind === VALUE_KIND.text
      ? reader.bytes.subarray(value.start, value.end)
      : Buffer.from(jsonOf(reader, value));
  } catch (error) {
    if (error instanceof LimitError) return Buffer.alloc(0);
    throw error;
  } finally {
    reader.position = position;
  }
}
