import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Component } from '../core/component';
import type { FromSenders, SenderSettings, SenderStatus, ToSenders } from './senderMessages';

/** The process that sends, as its parent sees it. Starting it trains the models. */
export interface Senders extends Component {
  /** Begins to send as soon as the models are trained. Once, after `start()`. */
  serve(settings: SenderSettings): void;
  /** The newest state told; final after `stop()`. */
  status(): SenderStatus;
  /** Resolves with the reason when the process ends before it was asked to. */
  readonly died: Promise<string>;
}

const NOTHING_YET: SenderStatus = {
  sent: { spans: {}, inferences: {} },
  planted: [],
  models: [],
  problems: [],
};
/** Kept of what a dying process says. */
const LAST_WORDS_CHARS = 2_000;

/** `entry` is the compiled `services.js`, beside this file unless told otherwise. */
export function createSenders(entry: string = join(__dirname, 'services.js')): Senders {
  let status = NOTHING_YET;
  let child: ChildProcess | undefined;
  let stopping = false;
  let lastWords = '';
  let toldDeath: (reason: string) => void = () => undefined;
  const died = new Promise<string>((resolve) => {
    toldDeath = resolve;
  });
  let toldEnd: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    toldEnd = resolve;
  });

  const listen = (running: ChildProcess): void => {
    running.on('message', (message: FromSenders) => {
      status = message.status;
    });
    running.stderr?.on('data', (text: Buffer) => {
      lastWords = (lastWords + text.toString()).slice(-LAST_WORDS_CHARS);
    });
    running.once('exit', (code, signal) => {
      if (!stopping)
        toldDeath(`the services ended (${signal ?? code ?? '?'}): ${lastWords.trim()}`);
      toldEnd();
    });
  };
  const tell = (message: ToSenders): void => {
    if (child?.connected === true) child.send(message);
  };
  return {
    status: () => status,
    died,
    start() {
      child = fork(entry, [], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
      listen(child);
      return Promise.resolve();
    },
    serve(settings) {
      tell({ kind: 'serve', settings });
    },
    async stop(deadline) {
      stopping = true;
      if (child === undefined) return;
      const kill = (): void => {
        child?.kill('SIGKILL');
      };
      if (deadline.aborted) kill();
      deadline.addEventListener('abort', kill, { once: true });
      tell({ kind: 'stop' });
      await ended;
      deadline.removeEventListener('abort', kill);
    },
  };
}
