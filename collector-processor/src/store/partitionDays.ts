const DAY_NS = 86_400e9;

/** The days that rows of a block are of, since 1970: each becomes a part of its own in the engine. */
export class PartitionDays {
  private readonly days = new Set<number>();
  private last = -1;

  get size(): number {
    return this.days.size;
  }

  /** A row at this time: nanoseconds since 1970 as low and high 32 bits. */
  add(low: number, high: number): void {
    const day = Math.floor(((high >>> 0) * 4294967296 + (low >>> 0)) / DAY_NS);
    if (day !== this.last) this.days.add((this.last = day));
  }

  clear(): void {
    this.days.clear();
    this.last = -1;
  }
}
