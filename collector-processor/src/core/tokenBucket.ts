/**
 * A token bucket. What is taken may exceed what is there: the size of a request is known only after it was read, and one
 * larger than the bucket must pass too. The debt is waited for, so the rate holds over time all the same.
 * `now` is in milliseconds, of a clock that never goes back.
 */
export class TokenBucket {
  private readonly perMs: number;
  private readonly capacity: number;
  private level: number;
  private at: number;

  constructor(perSecond: number, burstSeconds: number, now: number) {
    this.perMs = perSecond / 1000;
    this.capacity = Math.max(1, perSecond * burstSeconds);
    this.level = this.capacity;
    this.at = now;
  }

  /** Milliseconds until something is there; 0 when it is. */
  waitMs(now: number, needed: number): number {
    this.level = Math.min(this.capacity, this.level + (now - this.at) * this.perMs);
    this.at = now;
    const missing = needed - this.level;
    // A sum of fractions may miss a whole number by a hair.
    return missing < 1e-9 ? 0 : Math.ceil(missing / this.perMs - 1e-6);
  }

  take(amount: number): void {
    this.level -= amount;
  }
}
