import { LimitError } from '../core/errors';
import type { WireReader } from './wire';

/**
 * Notes where the message at the reader's position stands, for reading it later, and moves behind it: its start goes to
 * `places[2 * count]`, the position behind it follows. Returns the new count.
 *
 * @throws LimitError when `places` is full; `name` is what the error calls the messages
 */
export function keepPlace(
  reader: WireReader,
  limit: number,
  places: Int32Array,
  count: number,
  name: string,
): number {
  const end = reader.end(limit);
  keepRun(places, count, reader.position, end, name);
  reader.position = end;
  return count + 1;
}

/** As `keepPlace`, for a place that is known. */
export function keepRun(
  places: Int32Array,
  count: number,
  start: number,
  end: number,
  name: string,
): void {
  if (count * 2 === places.length) {
    throw new LimitError('receive.limits.maxEvents', `more than ${count} ${name}`);
  }
  places[count * 2] = start;
  places[count * 2 + 1] = end;
}
