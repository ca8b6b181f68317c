import { ReverseWriter } from '../json/reverseWriter';
import { VALUE_KIND } from '../valueKind';
import { WIRE } from '../wire';

/** A length as a varint. */
export function lengthBytes(length: number): Buffer {
  const writer = new ReverseWriter(8);
  writer.uint32(length);
  return writer.finish();
}

/** A length and that many bytes. */
export function prefixed(bytes: Uint8Array): Buffer {
  const writer = new ReverseWriter(bytes.length + 8);
  writer.bytes(bytes);
  return writer.finish();
}

/** The content of an `AnyValue` that is this text. */
export function textValue(text: Uint8Array): Buffer {
  const writer = new ReverseWriter(text.length + 8);
  writer.bytes(text);
  writer.tag(VALUE_KIND.text, WIRE.bytes);
  return writer.finish();
}

/** A `KeyValue` with a text, behind its length. */
export function textAttribute(key: Uint8Array, text: Uint8Array): Buffer {
  const writer = new ReverseWriter(key.length + text.length + 32);
  writer.bytes(textValue(text));
  writer.tag(2, WIRE.bytes);
  writer.bytes(key);
  writer.tag(1, WIRE.bytes);
  writer.uint32(writer.written);
  return writer.finish();
}

/** An attribute with a text, as field `field` of its message. */
export function attributeField(field: number, key: string, text: string): Buffer {
  const tag = lengthBytes((field << 3) | WIRE.bytes);
  return Buffer.concat([tag, textAttribute(Buffer.from(key), Buffer.from(text))]);
}
