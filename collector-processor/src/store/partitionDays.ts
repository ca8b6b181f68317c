const DAY_NS = 86_400e9;
const DAY_MS = 86_400e3;

/** The days that rows of a block are of, since 1970: each becomes a part of its own in the engine. */
export class PartitionDays {
  private readonly days = new Set<number>();
  private last = -1;

  get size(): number {
    return this.days.size;
  }

  /** A row at this time: nanoseconds since 1970 as low and high 32 bits. */
  add(low: number, high: number): void {
    this.addDay(Math.floor(((high >>> 0) * 4294967296 + (low >>> 0)) / DAY_NS));
  }

  /** A row at this time: milliseconds since 1970. */
  addMs(time: number): void {
    this.addDay(Math.floor(time / DAY_MS));
  }

  clear(): void {
    this.days.clear();
    this.last = -1;
  }

  private addDay(day: number): void {
    if (day !== this.last) this.days.add((this.last = day));
  }
}
