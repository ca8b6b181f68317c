import { TokenBucket } from '../core/tokenBucket';

export interface RateSettings {
  readonly requestsPerSecond: number;
  readonly burstSeconds: number;
}

/** Users of a Grafana are many; the ones who were quiet longest are forgotten, which at worst gives them a new burst. */
const MAX_CALLERS = 10_000;

/** Counts a request of a caller; milliseconds to wait when that was too soon, else 0. */
export function createRateLimit(
  { requestsPerSecond, burstSeconds }: RateSettings,
  clock: () => number = () => performance.now(),
): (caller: string) => number {
  const buckets = new Map<string, TokenBucket>();
  return (caller) => {
    const now = clock();
    const bucket = buckets.get(caller) ?? new TokenBucket(requestsPerSecond, burstSeconds, now);
    // Taken out and put back, so that the first key of the map is the one not seen for longest.
    buckets.delete(caller);
    buckets.set(caller, bucket);
    if (buckets.size > MAX_CALLERS) buckets.delete(buckets.keys().next().value!);
    const waitMs = bucket.waitMs(now, 1);
    if (waitMs === 0) bucket.take(1);
    return waitMs;
  };
}
