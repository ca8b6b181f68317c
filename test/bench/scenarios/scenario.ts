import type { Samples } from '../figures';

export interface ScenarioSettings {
  readonly runs: number;
  readonly quick: boolean;
  /** Length of a paced run, when the user chose one. */
  readonly seconds: number | undefined;
  /** Says what is going on, for people. */
  readonly log: (line: string) => void;
}

/** Starts what it needs, measures `runs` times after a warm-up, stops what it started. Rejects when a run is broken. */
export type Scenario = (settings: ScenarioSettings) => Promise<Samples>;

interface Stoppable {
  stop(): Promise<unknown>;
}

/** Takes care of a part's end and gives it back. */
export type Keep = <P extends Stoppable>(part: P) => P;

/** Runs `body`, then stops in reverse order all that it handed to `keep`, whether it failed or not. */
export async function withParts<T>(body: (keep: Keep) => Promise<T>): Promise<T> {
  const parts: Stoppable[] = [];
  try {
    return await body((part) => {
      parts.push(part);
      return part;
    });
  } finally {
    for (const part of parts.reverse()) await part.stop();
  }
}
