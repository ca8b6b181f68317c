import type { ClickHouseClient } from '@clickhouse/client';
import type { Cluster } from '@plumbline/schemas';
import type { PriceRow } from '../core/priceRow';
import { migrate, type MigrationEvents } from './migrate';
import { loadPrices, readPrices } from './prices';
import { reconcileRetention, type RetentionChange, type RetentionSettings } from './retention';

/** The database must not be written to by this binary; the message says why and what to do. */
export class StoreRefusal extends Error {
  override readonly name = 'StoreRefusal';
}

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
 * which an operator may have added to. Rejects with a `StoreRefusal` when the database must not be
 * written to, with the client's error when it cannot be reached. May be called again.
 */
export async function openStore(
  { client, prices, cluster, events }: OpenStoreParts,
  retention: RetentionSettings,
): Promise<readonly PriceRow[]> {
  const report = await migrate({ client, events, cluster });
  if (report.status === 'refused') throw new StoreRefusal(report.reason);
  for (const change of await reconcileRetention(client, retention, cluster)) {
    events.retentionChanged(change);
  }
  await loadPrices(client, prices);
  return readPrices(client);
}
