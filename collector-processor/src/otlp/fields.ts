import { DecodeError } from '../core/errors';
import type { WireReader } from './wire';

/** Where a piece of text stands in the request; `start === end` when it is empty or absent. */
export interface TextSpan {
  start: number;
  end: number;
}

/** Says that the text is absent. */
export function clearText(place: TextSpan): void {
  place.start = place.end = 0;
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

/**
 * Nanoseconds since 1970, given as low and high 32 bits, in whole milliseconds, rounded down.
 *
 * Exact for all of uint64: nanoseconds of today are above 2^53, so 2^32 high nanoseconds are split into 4,294 whole
 * milliseconds and 967,296 ns before anything is rounded. One double for both would tell one whole millisecond in eight
 * as the one before.
 */
export const toMs = (low: number, high: number): number =>
  (high >>> 0) * 4294 + Math.floor(((high >>> 0) * 967296 + (low >>> 0)) / 1e6);
