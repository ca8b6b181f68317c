/** What happens to the child process, for the log and the counters. */
export type EngineEvent =
  | {
      readonly name: 'started';
      readonly pid: number;
      readonly url: string;
      readonly version: string;
      readonly tookMs: number;
    }
  | {
      readonly name: 'exited';
      readonly pid: number;
      readonly code: number | null;
      readonly signal: NodeJS.Signals | null;
      /** The last lines it wrote. */
      readonly output: string;
    }
  | {
      readonly name: 'restarting';
      readonly inMs: number;
      readonly attempt: number;
      readonly reason: string;
    }
  | { readonly name: 'stopped'; readonly killed: boolean };
