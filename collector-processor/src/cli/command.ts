/** What a command may use of the world; `main.ts` hands in the process, tests something smaller. */
export interface Host {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Throws when the file cannot be read. */
  readonly readFile: (path: string) => string;
  /** A line on standard output. */
  readonly out: (line: string) => void;
  /** A line on standard error. */
  readonly error: (line: string) => void;
  /** Signals and uncaught exceptions. */
  readonly lifetime: Lifetime;
}

export type LifetimeEvent = 'SIGINT' | 'SIGTERM' | 'uncaughtException';

/** The part of `process` that begins an end. */
export interface Lifetime {
  on(event: LifetimeEvent, listener: (cause: unknown) => void): unknown;
  off(event: LifetimeEvent, listener: (cause: unknown) => void): unknown;
  /** Ends the process at once. */
  exit(code: number): void;
}

export interface Option {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly default?: string;
  /** How the help writes the value, for example `FILE`. */
  readonly value?: string;
  readonly summary: string;
}

export type Values = Readonly<Record<string, string | boolean | undefined>>;

/** `plumbline <name> --option …`. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Words of which exactly one follows the name; `run` finds it as `values.action`. */
  readonly actions?: readonly string[];
  /** How the help writes the one word that must follow, for example `DIR`; `run` finds it as `values.argument`. */
  readonly argument?: string;
  readonly options: Readonly<Record<string, Option>>;
  /** Resolves to the exit code. */
  run(values: Values, host: Host): Promise<number>;
}

/** Exit codes: the work failed; the command line or the configuration is wrong. */
export const FAILED = 1;
export const MISUSED = 2;
