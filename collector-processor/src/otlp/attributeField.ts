import { ReverseWriter } from './json/reverseWriter';
import { WIRE } from './wire';

/** Writes a `KeyValue` as this field of the message around it. A number becomes a double, which ends the field. */
export function writeAttribute(
  writer: ReverseWriter,
  field: number,
  key: string,
  value: string | number | boolean,
): void {
  const start = writer.written;
  if (typeof value === 'string') {
    writer.text(value);
    writer.tag(1, WIRE.bytes);
  } else if (typeof value === 'number') {
    writer.double(value);
    writer.tag(4, WIRE.fixed64);
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

/** The field by itself. */
export function attributeField(
  field: number,
  key: string,
  value: string | number | boolean,
): Buffer {
  const writer = new ReverseWriter(64);
  writeAttribute(writer, field, key, value);
  return writer.finish();
}
