import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { NODE_FLAGS, plainEnvironment } from '../../support/processor';

interface Call {
  readonly id: number;
  readonly input: unknown;
}
interface Answer {
  readonly id: number;
  readonly output?: unknown;
  readonly error?: string;
}

/** A process of its own that answers calls, so that its CPU time is not counted as anyone else's. */
export interface ChildTask<Input, Output> {
  readonly pid: number;
  /** Rejects with the child's error, or when the child ends first. */
  call(input: Input): Promise<Output>;
  stop(): Promise<void>;
}

/** Starts the compiled module at `path`, which must call `serveTask`. */
export function startTask<Input, Output>(path: string): ChildTask<Input, Output> {
  const child = fork(path, {
    // As the processor is started.
    execArgv: [...NODE_FLAGS],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: plainEnvironment(),
  });
  const waiting = new Map<
    number,
    { resolve: (output: Output) => void; reject: (error: Error) => void }
  >();
  let calls = 0;
  child.on('message', (answer: Answer) => {
    const caller = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.error === undefined) caller?.resolve(answer.output as Output);
    else caller?.reject(new Error(answer.error));
  });
  child.on('exit', (code, signal) => {
    for (const { reject } of waiting.values())
      reject(new Error(`${path} ended with ${code ?? signal ?? ''}`));
    waiting.clear();
  });
  return {
    pid: child.pid!,
    call: (input) =>
      new Promise((resolve, reject) => {
        const id = ++calls;
        waiting.set(id, { resolve, reject });
        child.send({ id, input } satisfies Call, (error) => {
          if (error) reject(error);
        });
      }),
    stop: () => stopChild(child, 5_000),
  };
}

/** Answers the parent's calls one after the other; ends with the parent. */
export function serveTask(answer: (input: never) => Promise<unknown>): void {
  process.on('message', (call: Call) => {
    answer(call.input as never).then(
      (output) => process.send!({ id: call.id, output } satisfies Answer),
      (error: unknown) =>
        process.send!({
          id: call.id,
          error: error instanceof Error ? (error.stack ?? error.message) : String(error),
        } satisfies Answer),
    );
  });
  process.on('disconnect', () => {
    process.exit(0);
  });
}

/** Asks a child to end, and ends it after `graceMs`. */
export async function stopChild(child: ChildProcess, graceMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await ended;
  clearTimeout(timer);
}
