import { createPrng } from '../../support/payloads/prng';
import { GRPC, openGrpcConnection } from '../load/grpcConnection';
import type { GrpcConnection } from '../load/grpcConnection';
import { PAYLOADS } from '../load/payloads';
import { createRequestPool } from '../load/requestPool';
import type { RequestPool } from '../load/requestPool';
import { quantile } from '../statistics';
import { createStoreClient } from '../store/storeClient';
import type { StoreClient } from '../store/storeClient';
import { MARKER, markerBytes } from './markedRequest';

export interface VisibilityPlan {
  readonly address: string;
  readonly storeUrl: string;
  readonly connections: number;
  readonly requestsPerSecond: number;
  readonly spansPerRequest: number;
  readonly seconds: number;
  readonly seed: number;
}

export interface VisibilityResult {
  readonly requests: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly polls: number;
  /** Requests that were refused or whose row did not come in time. */
  readonly lost: number;
}

const QUERY = `SELECT inference_id FROM v_inferences
WHERE tenant = 'default' AND environment = '${MARKER.environment}' AND model = '${MARKER.model}'
  AND time > now64(3) - INTERVAL 2 MINUTE AND inference_id IN ({ids: Array(String)})`;
const POOL = 128;
const LAST_ROW_WITHIN_MS = 15_000;

interface Probe {
  readonly plan: VisibilityPlan;
  readonly pool: RequestPool;
  /** Export call of each request whose row was not seen yet, by its marker's id. */
  readonly pending: Map<string, number>;
  readonly latencies: number[];
  refused: number;
}

/**
 * Sends requests at a steady rate, each with one marked prediction, and asks the store again and again which of the
 * marked ones that are still missing are there now. A latency counts from the export call to the answer that shows
 * the row, so the pauses between questions are in it. One process does both, so that one clock does.
 */
export async function probeVisibility(plan: VisibilityPlan): Promise<VisibilityResult> {
  const pool = createRequestPool(
    { kind: 'ml', seed: plan.seed, payloads: POOL, itemsPerRequest: plan.spansPerRequest - 1 },
    Date.now(),
  );
  const probe: Probe = { plan, pool, pending: new Map(), latencies: [], refused: 0 };
  const store = createStoreClient(plan.storeUrl);
  const connections = await Promise.all(
    Array.from({ length: plan.connections }, () =>
      openGrpcConnection(plan.address, PAYLOADS.ml.method),
    ),
  );
  const sender = sendSteadily(probe, connections);
  const polls = await pollUntilSeen(probe, store, sender);
  await Promise.all(connections.map((connection) => connection.close()));
  await store.close();
  return {
    requests: probe.latencies.length,
    p50Ms: quantile(probe.latencies, 0.5),
    p99Ms: quantile(probe.latencies, 0.99),
    maxMs: Math.max(...probe.latencies),
    polls,
    lost: probe.pending.size + probe.refused,
  };
}

interface Sender {
  done: boolean;
}

/** Sends on each connection in turn, on time whatever becomes of the earlier requests. */
function sendSteadily(probe: Probe, connections: readonly GrpcConnection[]): Sender {
  const { plan } = probe;
  const random = createPrng(plan.seed);
  const total = plan.requestsPerSecond * plan.seconds;
  const sender: Sender = { done: false };
  const start = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const due = ((performance.now() - start) / 1000) * plan.requestsPerSecond;
    for (; sent < Math.min(due, total); sent++) {
      const id = `${process.pid}-${plan.seed}-${sent}`;
      void sendMarked(probe, connections[sent % connections.length]!, id, random.bytes(4));
    }
    if (sent < total) return;
    clearInterval(timer);
    sender.done = true;
  }, 2);
  return sender;
}

async function sendMarked(
  probe: Probe,
  connection: GrpcConnection,
  id: string,
  seed: Uint8Array,
): Promise<void> {
  const now = Date.now();
  const pooled = probe.pool.take(now);
  if (!pooled) throw new Error('more requests wait for their answer than the pool has');
  const marker = markerBytes(id, now, createPrng(Buffer.from(seed).readUInt32LE()));
  const frame = Buffer.concat([pooled.frame, marker]);
  frame.writeUInt32BE(frame.length - 5, 1);
  probe.pending.set(id, performance.now());
  const reply = await connection.export(frame);
  probe.pool.giveBack(pooled);
  if (reply.status === GRPC.ok) return;
  probe.pending.delete(id);
  probe.refused++;
}

async function pollUntilSeen(probe: Probe, store: StoreClient, sender: Sender): Promise<number> {
  let polls = 0;
  let giveUpAt = Infinity;
  while (performance.now() < giveUpAt) {
    if (sender.done) {
      if (probe.pending.size === 0) break;
      if (giveUpAt === Infinity) giveUpAt = performance.now() + LAST_ROW_WITHIN_MS;
    }
    if (probe.pending.size > 0) {
      polls++;
      const seen = await store.column(QUERY, { ids: [...probe.pending.keys()] });
      const now = performance.now();
      for (const id of seen) {
        const sentAt = probe.pending.get(id);
        if (sentAt === undefined) continue;
        probe.pending.delete(id);
        probe.latencies.push(now - sentAt);
      }
    }
    // Of random length, so that the questions do not fall into step with the sending or the flushing.
    await new Promise((resolve) => setTimeout(resolve, 10 + Math.random() * 20));
  }
  return polls;
}
