import { WIRE } from '../wire';
import type { ReverseWriter } from './reverseWriter';

/** Writes what `write` writes as a message that is this field of the one around it. */
export function messageField(writer: ReverseWriter, field: number, write: () => void): void {
  const before = writer.written;
  write();
  writer.uint32(writer.written - before);
  writer.tag(field, WIRE.bytes);
}

export function textField(writer: ReverseWriter, field: number, value: string): void {
  writer.text(value);
  writer.tag(field, WIRE.bytes);
}
