/** Inferences of one convention with one cost status; empty where no cost is expected. */
export interface BackfillCount {
  readonly convention: string;
  readonly costStatus: string;
  readonly n: number;
}

export interface BackfillReport {
  /** Stored spans of the pages that are done. */
  readonly spans: number;
  /** Of these, spans that could be inferences and were looked at. */
  readonly candidates: number;
  readonly inferences: number;
  /** Spans left out because they are over a limit of `receive.limits`, or have ids that are not hexadecimal. */
  readonly rejected: number;
  readonly malformed: number;
  /** Why a span was rejected, of the last one. */
  readonly reason: string;
  readonly counts: readonly BackfillCount[];
  /** Everything before is done: where to go on from. Unix milliseconds. */
  readonly doneUntilMs: number;
}

/** Adds up a report. */
export class BackfillTally {
  spans = 0;
  candidates = 0;
  rejected = 0;
  malformed = 0;
  reason = '';
  doneUntilMs: number;
  private inferences = 0;
  private readonly counts = new Map<string, BackfillCount>();

  constructor(fromMs: number) {
    this.doneUntilMs = fromMs;
  }

  add(counts: readonly BackfillCount[]): void {
    for (const { convention, costStatus, n } of counts) {
      const key = `${convention}\n${costStatus}`;
      const before = this.counts.get(key)?.n ?? 0;
      this.counts.set(key, { convention, costStatus, n: before + n });
      this.inferences += n;
    }
  }

  report(): BackfillReport {
    const { spans, candidates, inferences, rejected, malformed, reason, doneUntilMs } = this;
    const counts = [...this.counts.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      spans,
      candidates,
      inferences,
      rejected,
      malformed,
      reason,
      counts: counts.map(([, count]) => count),
      doneUntilMs,
    };
  }
}
