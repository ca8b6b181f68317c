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
  let chunks: Buffer[] = [];
  let size = 0;
  const drain = (): void => {
    const bytes = Buffer.concat(chunks, size);
    row.reader.open(bytes);
    while (row.reader.position < size && row.read()) take(row);
    const rest = bytes.subarray(row.reader.position);
    chunks = [rest];
    size = rest.length;
  };
  let wanted = PIECE_BYTES;
  for await (const chunk of stream) {
    chunks.push(chunk);
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
  const said = SERVER_ERROR.exec(chunks[0]!.toString('latin1'))?.[0];
  throw new Error(said ?? 'the store ended its answer within a row');
}
