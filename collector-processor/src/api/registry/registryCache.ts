import type { Clock } from '../../core/clock';
import type { Reading } from '../readRows';
import { readSnapshot, type Snapshot } from './snapshot';

export interface RegistryCache {
  /** What was read of the caller's tenant: at most a few seconds ago while it is asked for. Rejects when nothing can be read. */
  read(context: Reading): Promise<Snapshot>;
  /** Something was written: the next to ask is told what is stored then. */
  forget(tenant: string): void;
}

export interface RegistryCacheParts {
  readonly clock: Clock;
  /** A reading that nobody waited for did not work; the one before stays in use. */
  readonly failed: (failure: { readonly error: unknown; readonly action: string }) => void;
  readonly read?: typeof readSnapshot;
}

export interface RegistryCacheSettings {
  /** Read again in the background from this age on. */
  readonly freshMs: number;
  /** Never given out beyond this age. */
  readonly usableMs: number;
}

export const REGISTRY_CACHE: RegistryCacheSettings = { freshMs: 5_000, usableMs: 60_000 };

/** Reading may take this share of the time at most, or one of a large store would be read again all the time. */
const SHARE = 0.1;

interface Entry {
  /** How long the last reading took. */
  tookMs: number;
  snapshot: Snapshot | undefined;
  loading: Promise<Snapshot> | undefined;
}

/** Keeps the registry of each tenant, so that a page of many models costs no query each time it is drawn. */
export function createRegistryCache(
  { clock, failed, read = readSnapshot }: RegistryCacheParts,
  { freshMs, usableMs }: RegistryCacheSettings,
): RegistryCache {
  const entries = new Map<string, Entry>();
  const load = (entry: Entry, { store, caller }: Reading): Promise<Snapshot> => {
    // Not ended with the one who asked first: others wait for it too.
    const began = clock();
    const loading = read({ store, caller }, began).then((snapshot) => {
      entry.tookMs = clock() - began;
      // What was forgotten meanwhile must not come back.
      if (entry.loading === loading) entry.snapshot = snapshot;
      return snapshot;
    });
    entry.loading = loading;
    const done = (): void => {
      if (entry.loading === loading) entry.loading = undefined;
    };
    loading.then(done, done);
    return loading;
  };
  return {
    async read(context) {
      const { tenant } = context.caller;
      const entry = entries.get(tenant) ?? { tookMs: 0, snapshot: undefined, loading: undefined };
      entries.set(tenant, entry);
      const { snapshot } = entry;
      const age = snapshot === undefined ? Infinity : clock() - snapshot.takenAtMs;
      if (snapshot === undefined || age >= usableMs) return entry.loading ?? load(entry, context);
      // At half of its usable age it is read in any case, so that a slow reading is done before that is over.
      const dueMs = Math.max(freshMs, Math.min(usableMs / 2, entry.tookMs / SHARE));
      if (age >= dueMs && entry.loading === undefined) {
        load(entry, context).catch((error: unknown) => {
          failed({ error, action: 'registry.refresh' });
        });
      }
      return snapshot;
    },
    forget(tenant) {
      entries.delete(tenant);
    },
  };
}
