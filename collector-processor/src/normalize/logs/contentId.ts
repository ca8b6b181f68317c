import { createHash, type Hash } from 'node:crypto';
import type { List } from '../readField';

function update(hash: Hash, { shape, count, kinds, starts, ends, reader }: List): void {
  hash.update(JSON.stringify(shape.keys));
  hash.update(kinds.subarray(0, count));
  for (let index = 0; index < count; index++) {
    const [start, end] = [starts[index]!, ends[index]!];
    hash.update(`${end - start}:`).update(reader.bytes.subarray(start, end));
  }
}

/**
 * 64 bits of a hash of what these lists tell at a time (nanoseconds since 1970, low and high 32 bits): the part of an id
 * that a log record, unlike a span event, has no place in a list for.
 */
export function contentId(lists: readonly List[], timeLow: number, timeHigh: number): string {
  const hash = createHash('sha256').update(`${timeHigh >>> 0}:${timeLow >>> 0}`);
  for (const list of lists) update(hash, list);
  return hash.digest('hex').slice(0, 16);
}
