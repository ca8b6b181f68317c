import { GRPC, openGrpcConnection } from './grpcConnection';
import type { ExportReply, GrpcConnection } from './grpcConnection';
import type { PooledRequest, RequestPool } from './requestPool';

/** How hard to push, and when to stop: after `requests`, or after `seconds`, whichever comes first. */
export interface LoadPlan {
  /** `host:port` of the gRPC receiver. */
  readonly address: string;
  /** The gRPC method to call. */
  readonly method: string;
  readonly requests?: number;
  readonly seconds?: number;
  readonly connections: number;
  /** Requests in flight on each connection. */
  readonly streams: number;
}

export interface LoadResult {
  /** Requests, their items and inferences that were acknowledged. */
  readonly requests: number;
  readonly items: number;
  readonly inferences: number;
  /** Requests given up. */
  readonly errors: number;
  /** Answers UNAVAILABLE, each followed by another attempt. */
  readonly retries: number;
  readonly firstError: string;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const MAX_ATTEMPTS = 200;
const RETRY_DELAY_MS = 50;

/** Keeps `connections` × `streams` requests in flight until the plan is done. */
export async function saturate(pool: RequestPool, plan: LoadPlan): Promise<LoadResult> {
  const done = { requests: 0, items: 0, inferences: 0, errors: 0, retries: 0, firstError: '' };
  const latencies: number[] = [];
  const start = performance.now();
  const until = plan.seconds === undefined ? Infinity : start + plan.seconds * 1000;
  const limit = plan.requests ?? Infinity;
  let begun = 0;

  const sendOne = async (connection: GrpcConnection, pooled: PooledRequest): Promise<void> => {
    const sentAt = performance.now();
    let reply: ExportReply = { status: -1, message: '' };
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      reply = await connection.export(pooled.frame);
      if (reply.status !== GRPC.unavailable) break;
      done.retries++;
      await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY_MS));
    }
    if (reply.status === GRPC.ok) {
      latencies.push(performance.now() - sentAt);
      done.requests++;
      done.items += pooled.request.items;
      done.inferences += pooled.request.inferences;
    } else {
      done.errors++;
      done.firstError ||= `status ${reply.status}: ${reply.message}`;
    }
  };
  const stream = async (connection: GrpcConnection): Promise<void> => {
    while (begun < limit && performance.now() < until) {
      const pooled = pool.take(Date.now());
      if (!pooled) throw new Error('the pool has fewer requests than are to be in flight');
      begun++;
      await sendOne(connection, pooled);
      pool.giveBack(pooled);
    }
  };
  const connections = await Promise.all(
    Array.from({ length: plan.connections }, () => openGrpcConnection(plan.address, plan.method)),
  );
  await Promise.all(
    connections.flatMap((connection) =>
      Array.from({ length: plan.streams }, () => stream(connection)),
    ),
  );
  const seconds = (performance.now() - start) / 1000;
  await Promise.all(connections.map((connection) => connection.close()));
  latencies.sort((a, b) => a - b);
  const quantile = (q: number): number => latencies[Math.floor(latencies.length * q)] ?? NaN;
  return { ...done, seconds, p50Ms: quantile(0.5), p99Ms: quantile(0.99) };
}
