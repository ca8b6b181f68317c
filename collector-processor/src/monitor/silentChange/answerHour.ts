/** Count, sum and sum of squares. */
export type MomentSums = readonly [n: number, sum: number, squares: number];

/** What one caller was answered under an alias in an hour. */
export interface AnswerHour {
  /** Start of the hour, Unix milliseconds. */
  readonly timeMs: number;
  readonly service: string;
  readonly calls: number;
  /** Calls by the model that told its name, and when each first answered in this hour, Unix milliseconds. */
  readonly models: Readonly<Record<string, number>>;
  readonly firstMs: Readonly<Record<string, number>>;
  readonly fingerprints: Readonly<Record<string, number>>;
  readonly reasons: Readonly<Record<string, number>>;
  readonly refusalsTold: number;
  readonly refusals: number;
  readonly length: MomentSums;
  readonly density: MomentSums;
  readonly firstChunk: MomentSums;
}

/** A name that a provider is asked by. */
export interface Alias {
  readonly tenant: string;
  readonly environment: string;
  readonly provider: string;
  readonly model: string;
}
