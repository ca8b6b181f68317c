import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';

/** A named pipe that the engine writes one result into. */
export interface ResultPipe {
  readonly path: string;
  /** Opens the reading end. Its stream ends after `finish()`, when everything written has been read. */
  open(): Socket;
  /** To be called when the engine is done: makes the reader see the end also when nothing was ever written. */
  finish(): void;
}

export interface ResultPipes {
  /** One for each query slot, so there is always a free one for who holds a slot. */
  take(): ResultPipe;
  giveBack(pipe: ResultPipe): void;
}

/**
 * Results leave the engine through named pipes (`INTO OUTFILE`). The two other ways chDB offers are worse: a result in
 * one piece fills the memory, and its stream begins every query on the main thread, where a scalar subquery
 * (`WHERE t > (SELECT …)`) stops all other requests until it is computed. A pipe also makes the engine wait for a
 * slow reader.
 */
export function createResultPipes(directory: string, count: number): ResultPipes {
  const paths = Array.from({ length: count }, (_, index) => join(directory, `result${index}`));
  // Node cannot make a named pipe by itself.
  execFileSync('mkfifo', ['-m', '600', ...paths]);
  const free = paths.map(pipeAt);
  return {
    take() {
      const pipe = free.pop();
      if (pipe === undefined) throw new Error('more results than query slots');
      return pipe;
    },
    giveBack(pipe) {
      free.push(pipe);
    },
  };
}

const pipeAt = (path: string): ResultPipe => ({
  path,
  open() {
    // Without waiting for the writer; from now on the engine can open its end without waiting either.
    const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    return new Socket({ fd: descriptor, readable: true, writable: false });
  },
  finish() {
    try {
      closeSync(openSync(path, constants.O_WRONLY | constants.O_NONBLOCK));
    } catch (error) {
      // ENXIO: the reader has gone already, so nobody waits for the end.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENXIO')) throw error;
    }
  },
});
