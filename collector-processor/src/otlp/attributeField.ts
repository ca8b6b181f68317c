import { ReverseWriter } from './json/reverseWriter';
import { WIRE } from './wire';

type AttributeValue = string | number | boolean | readonly string[];

/** Writes a `KeyValue` as this field of the message around it. A number becomes a double, which ends the field. */
export function writeAttribute(
  writer: ReverseWriter,
  field: number,
  key: string,
  value: AttributeValue,
): void {
  const start = writer.written;
  if (typeof value === 'string') {
    writer.text(value);
    writer.tag(1, WIRE.bytes);
  } else if (typeof value === 'number') {
    writer.double(value);
    writer.tag(4, WIRE.fixed64);
  } else if (typeof value === 'object') {
    writeTexts(writer, value);
  } else {
    writer.uint32(value ? 1 : 0);
    writer.tag(2, WIRE.varint);
  }
  writer.uint32(writer.written - start);
  writer.tag(2, WIRE.bytes);
  writer.text(key);
  writer.tag(1, WIRE.bytes);
  writer.uint32(writer.written - start);
  writer.tag(field, WIRE.bytes);
}

/** An `array_value` of texts. */
function writeTexts(writer: ReverseWriter, texts: readonly string[]): void {
  const start = writer.written;
  for (const text of texts.toReversed()) {
    const end = writer.written;
    writer.text(text);
    writer.tag(1, WIRE.bytes);
    writer.uint32(writer.written - end);
    writer.tag(1, WIRE.bytes);
  }
  writer.uint32(writer.written - start);
  writer.tag(5, WIRE.bytes);
}

/** The field by itself. */
export function attributeField(field: number, key: string, value: AttributeValue): Buffer {
  const writer = new ReverseWriter(64);
  writeAttribute(writer, field, key, value);
  return writer.finish();
}
