/** A number that was measured on `n` rows, with its interval. What cannot be said is NaN. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

export const unknownEstimate = (n: number): Estimate => ({ value: NaN, low: NaN, high: NaN, n });
