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

/**
 * A token bucket. What is taken may exceed what is there: the size of a request is known only after it was read, and one
 * larger than the bucket must pass too. The debt is waited for, so the rate holds over time all the same.
 */
class Bucket {
  private readonly perMs: number;
  private readonly capacity: number;
  private level: number;
  private at: number;

  constructor(perSecond: number, burstSeconds: number, now: number) {
    this.perMs = perSecond / 1000;
    this.capacity = Math.max(1, perSecond * burstSeconds);
    this.level = this.capacity;
    this.at = now;
  }

  /** Milliseconds until something is there; 0 when it is. */
  waitMs(now: number, needed: number): number {
    this.level = Math.min(this.capacity, this.level + (now - this.at) * this.perMs);
    this.at = now;
    const missing = needed - this.level;
    // A sum of fractions may miss a whole number by a hair.
    return missing < 1e-9 ? 0 : Math.ceil(missing / this.perMs - 1e-6);
  }

  take(amount: number): void {
    this.level -= amount;
  }
}

type Buckets = Partial<Record<RateLimit, Bucket>>;

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
          bytesPerSecond: new Bucket(bytesPerSecond, burstSeconds, now),
        }),
        ...(requestsPerSecond !== null && {
          requestsPerSecond: new Bucket(requestsPerSecond, burstSeconds, now),
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
