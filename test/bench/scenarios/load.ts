import { startLoadClient } from '../load/startLoadClient';
import type { LoadClient } from '../load/startLoadClient';
import type { LoadPlan, LoadResult } from '../load/saturate';
import { PAYLOADS } from '../load/payloads';
import type { PayloadKind } from '../load/payloads';
import type { ScenarioSettings } from './scenario';

const CONNECTIONS = 4;
/** Requests in flight on each connection unless a figure says otherwise: enough to keep both cores busy. */
const STREAMS = 16;
const SEED = 7;

/** How many requests a run sends, and how many go ahead of the first run. */
export interface LoadSize {
  readonly requests: number;
  readonly warmUp: number;
}

/** A load generator, and what it sends. */
export interface Load {
  readonly kind: PayloadKind;
  readonly client: LoadClient;
  readonly method: string;
  readonly size: LoadSize;
}

const QUICK: LoadSize = { requests: 80, warmUp: 40 };

/** A load generator with the payloads that a figure is stated for, and how much of it a run uses. */
export async function startLoad(
  kind: PayloadKind,
  size: LoadSize,
  settings: ScenarioSettings,
): Promise<Load> {
  const client = await startLoadClient({
    kind,
    seed: SEED,
    payloads: settings.quick ? 80 : 256,
    itemsPerRequest: PAYLOADS[kind].items,
  });
  settings.log(
    `payloads ${kind}: ${client.bytesPerItem.toFixed(0)} bytes and ` +
      `${client.attributesPerItem.toFixed(1)} attributes an item`,
  );
  return { kind, client, method: PAYLOADS[kind].method, size: settings.quick ? QUICK : size };
}

/** Sends `requests`, `streams` at a time on each connection; rejects when one of them was given up. */
export const push = (
  load: Load,
  address: string,
  requests: number,
  streams = STREAMS,
): Promise<LoadResult> => send(load, { address, requests, streams });

/** The same for as many requests as there is time for. */
export const pushFor = (load: Load, address: string, seconds: number): Promise<LoadResult> =>
  send(load, { address, seconds, streams: STREAMS });

async function send(
  { client, method }: Load,
  plan: Pick<LoadPlan, 'address' | 'requests' | 'seconds' | 'streams'>,
): Promise<LoadResult> {
  const result = await client.run({ ...plan, method, connections: CONNECTIONS });
  if (result.errors > 0) {
    throw new Error(`${result.errors} requests failed, the first with ${result.firstError}`);
  }
  return result;
}

/**
 * Rejects when rows are missing, or when there are more than were sent although nothing was sent twice: then the
 * figure would be that of another amount of work.
 */
export function checkRows(what: string, rows: number, sent: number, retries: number): void {
  if (rows < sent || (rows > sent && retries === 0)) {
    throw new Error(`${what}: ${rows} rows for ${sent} sent (${retries} retries)`);
  }
}
