/** The part of `process` that the demo listens to. */
export interface Signals {
  on(event: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  off(event: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  exit(code: number): void;
}

export type End =
  | { readonly by: 'signal' }
  | { readonly by: 'time' }
  | { readonly by: 'death'; readonly reason: string };

export interface EndWatch {
  /** Resolves at the first reason to end. */
  readonly ended: Promise<End>;
  /** Something that the demo needs has died. */
  readonly death: (reason: string) => void;
  /** Begins to count down. */
  endAfter(ms: number): void;
  close(): void;
}

/** The terminal, npm and launchers above each pass on the same Ctrl-C; only a later one is a second. */
const ECHO_MS = 500;
/** 128 and the number of SIGINT, as shells have it. */
const INTERRUPTED = 130;

/** Waits for a signal, the end of the time or a death. A second signal ends the process at once. */
export function watchForEnd(signals: Signals, clock: () => number): EndWatch {
  let firstMs: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let end: (end: End) => void = () => undefined;
  const ended = new Promise<End>((resolve) => {
    end = resolve;
  });
  const onSignal = (): void => {
    if (firstMs !== undefined && clock() - firstMs >= ECHO_MS) signals.exit(INTERRUPTED);
    firstMs ??= clock();
    end({ by: 'signal' });
  };
  signals.on('SIGINT', onSignal);
  signals.on('SIGTERM', onSignal);
  return {
    ended,
    death: (reason) => {
      end({ by: 'death', reason });
    },
    endAfter(ms) {
      timer = setTimeout(() => {
        end({ by: 'time' });
      }, ms);
    },
    close() {
      clearTimeout(timer);
      signals.off('SIGINT', onSignal);
      signals.off('SIGTERM', onSignal);
    },
  };
}
