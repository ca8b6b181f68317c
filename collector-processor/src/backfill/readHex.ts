import type { ByteBuffer } from '../store/native/byteBuffer';

const NIBBLES = new Uint8Array(256).fill(255);
for (const [value, digit] of Array.from('0123456789abcdef').entries()) {
  NIBBLES[digit.charCodeAt(0)] = NIBBLES[digit.toUpperCase().charCodeAt(0)] = value;
}

/**
 * Writes a stored id as a field of `count` bytes under `tag`; an empty one is none and writes nothing. False when the
 * text is not an id of that length.
 */
export function readHex(
  source: Buffer,
  start: number,
  end: number,
  tag: number,
  count: number,
  to: ByteBuffer,
): boolean {
  if (start === end) return true;
  if (end - start !== 2 * count) return false;
  to.byte(tag);
  to.byte(count);
  to.reserve(count);
  let invalid = 0;
  for (let at = start; at < end; at += 2) {
    const high = NIBBLES[source[at]!]!;
    const low = NIBBLES[source[at + 1]!]!;
    invalid |= high | low;
    to.bytes[to.length++] = (high << 4) | low;
  }
  return invalid < 16;
}
