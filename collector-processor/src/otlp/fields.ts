import { DecodeError } from '../core/errors';
import type { WireReader } from './wire';

/** Where a piece of text stands in the request; `start === end` when it is empty or absent. */
export interface TextSpan {
  start: number;
  end: number;
}

/** Notes where the text at the reader's position stands, and moves behind it. */
export function readText(reader: WireReader, limit: number, place: TextSpan): void {
  const end = reader.end(limit);
  place.start = reader.position;
  place.end = reader.position = end;
}

/** The offset of an id of `length` bytes; -1 for an empty one or one of zeros, which both mean "none" in OTLP. */
export function readId(reader: WireReader, limit: number, length: number): number {
  const end = reader.end(limit);
  const start = reader.position;
  reader.position = end;
  if (start === end) return -1;
  if (end - start !== length) {
    throw new DecodeError(`id of ${end - start} bytes, ${length} expected`, start);
  }
  for (let at = start; at < end; at++) {
    if (reader.bytes[at] !== 0) return start;
  }
  return -1;
}
