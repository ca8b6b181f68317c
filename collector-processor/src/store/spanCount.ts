/** Counts spans where their rows are not wanted: stands in for `TraceColumns` when spans are read back from the store. */
export class SpanCount {
  rows = 0;
  readonly days: ReadonlySet<number> = new Set();
  private marked = 0;

  beginResource(): void {
    // A count has no resources.
  }

  push(): void {
    this.rows++;
  }

  mark(): void {
    this.marked = this.rows;
  }

  rollback(): void {
    this.rows = this.marked;
  }

  reset(): void {
    this.rows = 0;
  }
}
