import type { ChdbResult } from 'chdb';
import { ClickHouseError } from './clickHouseError';
import { quoteText } from './quote';
import type { Reply } from './reply';
import type { ResultPipe } from './resultPipes';
import { createResultSender } from './resultSender';
import type { SenderSettings } from './resultSender';
import { cancelWhenGone } from './runningStatement';
import type { RunningStatement } from './runningStatement';
import type { Statement } from './statement';

export interface ReadParts {
  readonly reply: Reply;
  readonly gone: AbortSignal;
  readonly pipe: ResultPipe;
  /** Starts the statement, whose output goes to the pipe. */
  readonly start: (sql: string) => RunningStatement;
}

/** Runs a statement with a result and sends it while it is computed. Resolves when the engine is done with it. */
export async function runRead(
  { reply, gone, pipe, start }: ReadParts,
  statement: Statement,
  settings: SenderSettings,
): Promise<ChdbResult | ClickHouseError> {
  const sender = createResultSender(reply, settings);
  const reader = pipe.open();
  const read = new Promise((resolve) => reader.once('close', resolve));
  const running = start(intoPipe(statement, pipe.path, settings.format));
  // The pipe is read to its end in any case: without a reader the engine would wait for one when it opens the pipe,
  // and while it waits for a slow one it does not notice that it is to stop.
  running.cancelled.addEventListener('abort', () => reader.resume());
  const unwatch = cancelWhenGone(running, gone);
  let ended = false;
  reader.on('data', (chunk: Buffer) => {
    if (running.cancelled.aborted) return;
    if (!sender.write(chunk) && !ended) {
      reader.pause();
      sender.onDrain(() => reader.resume());
    }
    if (sender.tooLong) running.cancel();
  });

  const result = await running.done;
  // What is in the pipe now fits into memory, and the slot is not to be held for a slow client.
  ended = true;
  reader.resume();
  pipe.finish();
  await read;
  unwatch();
  const outcome = sender.tooLong ? tooLong(settings.holdBytes) : withoutPipe(result, pipe.path);
  sender.finish(outcome);
  return outcome;
}

const outfileClause = (path: string): string => `\nINTO OUTFILE ${quoteText(path)} APPEND FORMAT `;

/** The statement with its result redirected into the pipe. */
export function intoPipe(statement: Statement, path: string, format: string): string {
  const { text, formatAt, formatEnd } = statement;
  return `${text.slice(0, formatAt)}${outfileClause(path)}${format}${text.slice(formatEnd)}`;
}

/** Error texts quote the statement, but the client did not write this part of it. */
const withoutPipe = <T extends ChdbResult | ClickHouseError>(
  result: T,
  path: string,
): T | ClickHouseError =>
  result instanceof ClickHouseError
    ? result.rewrite((text) => text.replaceAll(outfileClause(path), ' FORMAT '))
    : result;

const tooLong = (bytes: number): ClickHouseError =>
  ClickHouseError.of(
    'TOO_MANY_ROWS_OR_BYTES',
    `The result is longer than ${bytes} bytes, the most that is held back for wait_end_of_query=1`,
  );
