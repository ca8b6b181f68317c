import { TokenBucket } from '../core/tokenBucket';

/** What one tenant may send; null: no limit. */
export interface TenantRateSettings {
  /** Bytes of requests after decompression. */
  readonly bytesPerSecond: number | null;
  readonly requestsPerSecond: number | null;
  /** How many seconds' worth a tenant that was quiet may send at once. */
  readonly burstSeconds: number;
}

export type RateLimit = 'bytesPerSecond' | 'requestsPerSecond';

/** Milliseconds, of a clock that never goes back. */
type SteadyClock = () => number;

export interface TenantRates {
  /** Undefined: the tenant may send a request now, which is counted. Otherwise which limit says no, and for how long. */
  readonly admit: (
    tenant: string,
  ) => { readonly limit: RateLimit; readonly waitMs: number } | undefined;
  /** Counts the bytes of a request that was admitted. */
  readonly charge: (tenant: string, bytes: number) => void;
}

/** Without limits. */
export const unlimited: TenantRates = { admit: () => undefined, charge: () => undefined };

type Buckets = Partial<Record<RateLimit, TokenBucket>>;

/** One set of buckets for each tenant; tenants are those of the configured tokens, so their number is bounded. */
export function createTenantRates(
  settings: TenantRateSettings,
  clock: SteadyClock = () => performance.now(),
): TenantRates {
  const { bytesPerSecond, requestsPerSecond, burstSeconds } = settings;
  if (bytesPerSecond === null && requestsPerSecond === null) return unlimited;
  const tenants = new Map<string, Buckets>();
  const bucketsOf = (tenant: string): Buckets => {
    let buckets = tenants.get(tenant);
    if (buckets === undefined) {
      const now = clock();
      buckets = {
        ...(bytesPerSecond !== null && {
          bytesPerSecond: new TokenBucket(bytesPerSecond, burstSeconds, now),
        }),
        ...(requestsPerSecond !== null && {
          requestsPerSecond: new TokenBucket(requestsPerSecond, burstSeconds, now),
        }),
      };
      tenants.set(tenant, buckets);
    }
    return buckets;
  };
  return {
    admit(tenant) {
      const buckets = bucketsOf(tenant);
      const now = clock();
      for (const limit of ['requestsPerSecond', 'bytesPerSecond'] as const) {
        const waitMs = buckets[limit]?.waitMs(now, 1) ?? 0;
        if (waitMs > 0) return { limit, waitMs };
      }
      buckets.requestsPerSecond?.take(1);
      return undefined;
    },
    charge(tenant, bytes) {
      bucketsOf(tenant).bytesPerSecond?.take(bytes);
    },
  };
}
