import type { ClickHouseClient } from '@clickhouse/client';
import type { Cluster } from '@plumbline/schemas';
import type { PriceRow } from '../core/priceRow';
import { migrate, type MigrationEvents } from './migrate';
import { loadPrices, readPrices } from './prices';
import { reconcileRetention, type RetentionChange, type RetentionSettings } from './retention';

export interface OpenStoreParts {
  readonly client: ClickHouseClient;
  /** The prices that this build and its configuration bring. */
  readonly prices: readonly PriceRow[];
  /** null: one server. */
  readonly cluster: Cluster | null;
  readonly events: MigrationEvents & { retentionChanged(change: RetentionChange): void };
}

/**
 * Makes the database what this binary needs: schema, retention, prices. Resolves to all prices that are known there,
 * which an operator may have added to. Rejects when the database cannot be reached or must not be written to.
 */
export async function openStore(
  { client, prices, cluster, events }: OpenStoreParts,
  retention: RetentionSettings,
): Promise<readonly PriceRow[]> {
  const report = await migrate({ client, events, cluster });
  if (report.status === 'refused') throw new Error(report.reason);
  for (const change of await reconcileRetention(client, retention, cluster)) {
    events.retentionChanged(change);
  }
  await loadPrices(client, prices);
  return readPrices(client);
}
