import { ClickHouseError } from './clickHouseError';

/** What the child counts about requests. */
export interface UsageCounts {
  queries: number;
  inserts: number;
  cancelled: number;
  readonly errors: Record<string, number>;
}

export const createUsageCounts = (): UsageCounts => ({
  queries: 0,
  inserts: 0,
  cancelled: 0,
  errors: {},
});

export function countError(counts: UsageCounts, error: unknown): void {
  const code = String(ClickHouseError.from(error).code);
  counts.errors[code] = (counts.errors[code] ?? 0) + 1;
}
