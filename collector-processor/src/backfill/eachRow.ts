import type { StoredRow } from './storedRow';

/** Bytes that are read before rows are looked for: less would copy the beginning of a cut-off row too often. */
const PIECE_BYTES = 256 * 1024;

/** What a ClickHouse server appends to a result that it cannot finish, after the head has said that all is well. */
const SERVER_ERROR = /Code: \d+\. DB::Exception: [^\r\n]*/;

/** Reads rows from a RowBinary stream; after each piece `pause` may keep the stream waiting, and thereby the engine. */
export async function eachRow(
  stream: AsyncIterable<Buffer>,
  row: StoredRow,
  take: (row: StoredRow) => void,
  pause: () => Promise<void>,
): Promise<void> {
  // One piece of memory for all pieces: what is taken of a row is copied out of it before the next one comes.
  let buffer = Buffer.allocUnsafeSlow(2 * PIECE_BYTES);
  let size = 0;
  const drain = (): void => {
    row.reader.open(buffer.subarray(0, size));
    while (row.reader.position < size && row.read()) take(row);
    buffer.copyWithin(0, row.reader.position, size);
    size -= row.reader.position;
  };
  let wanted = PIECE_BYTES;
  for await (const chunk of stream) {
    if (size + chunk.length > buffer.length) {
      const larger = Buffer.allocUnsafeSlow(2 * (size + chunk.length));
      buffer.copy(larger, 0, 0, size);
      buffer = larger;
    }
    chunk.copy(buffer, size);
    size += chunk.length;
    if (size < wanted) continue;
    drain();
    // A row larger than a piece is not looked at again before there is twice as much of it.
    wanted = Math.max(PIECE_BYTES, 2 * size);
    await pause();
  }
  drain();
  await pause();
  if (size === 0) return;
  const said = SERVER_ERROR.exec(buffer.toString('latin1', 0, size))?.[0];
  throw new Error(said ?? 'the store ended its answer within a row');
}
