import type { Statements } from './statements';

/** Rows travel in the text of the statement; `createStatements` allows twice as much. */
const MAX_LINES_BYTES = 1024 * 1024;

/** Writes lines, as many at a time as one statement has room for. */
export async function insertLines(
  statements: Statements,
  lines: Iterable<string>,
  insert: (lines: readonly string[]) => string,
): Promise<void> {
  let piece: string[] = [];
  let bytes = 0;
  for (const line of lines) {
    piece.push(line);
    bytes += Buffer.byteLength(line);
    if (bytes < MAX_LINES_BYTES) continue;
    await statements.run(insert(piece));
    piece = [];
    bytes = 0;
  }
  if (piece.length > 0) await statements.run(insert(piece));
}
