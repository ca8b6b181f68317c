/** What was sent, in a form that crosses a process boundary. */
export interface LedgerCounts {
  /** Spans per service. */
  readonly spans: Readonly<Record<string, number>>;
  /** Model calls per `ledgerKey`. */
  readonly inferences: Readonly<Record<string, number>>;
}

/** Counts what the senders produce, whatever becomes of it: a span that got lost on the way must be missed later. */
export interface Ledger {
  span(service: string): void;
  inference(service: string, model: string): void;
  counts(): LedgerCounts;
}

export const ledgerKey = (service: string, model: string): string => `${service} / ${model}`;

export function createLedger(): Ledger {
  const spans: Record<string, number> = {};
  const inferences: Record<string, number> = {};
  return {
    span(service) {
      spans[service] = (spans[service] ?? 0) + 1;
    },
    inference(service, model) {
      const key = ledgerKey(service, model);
      inferences[key] = (inferences[key] ?? 0) + 1;
    },
    counts: () => ({ spans: { ...spans }, inferences: { ...inferences } }),
  };
}

/** Sum of one side of the ledger. */
export const totalOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);
