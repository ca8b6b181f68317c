import { z } from 'zod';
import { readRows, type Reading } from '../readRows';

const nullableTime = z.iso.datetime().nullable();

/** A version of a model, as telemetry shows it and as people registered it. */
export const versionEntry = z.object({
  environment: z.string(),
  version: z.string(),
  first_seen: nullableTime.meta({ description: 'null: registered, not seen in telemetry yet' }),
  last_seen: nullableTime,
  stage: z.string().meta({ description: 'empty: nobody gave it one' }),
  stage_since: nullableTime,
  owner: z.string(),
  team: z.string(),
  description: z.string(),
  model_type: z.string(),
  provider: z.string(),
  services: z.array(z.string()),
  requests_24h: z.number(),
  errors_24h: z.number(),
  latency_p95_ms: z.number().nullable(),
  status: z.string().nullable(),
  drift_status: z.string().nullable(),
  quality_status: z.string().nullable(),
  performance_status: z.string().nullable(),
  cost_24h: z.number().nullable(),
  cost_coverage: z.number().nullable(),
});

export interface VersionRow extends z.output<typeof versionEntry> {
  readonly model: string;
}

/** What the registry held at one moment, for one tenant. */
export interface Snapshot {
  /** Unix milliseconds. */
  readonly takenAtMs: number;
  /** The ones seen last first. */
  readonly versions: readonly VersionRow[];
  /** Whether there are more than are kept. */
  readonly truncated: boolean;
}

/** Versions that are kept; a thousand models with twenty versions each. */
const MOST_VERSIONS = 20_000;

interface Registered {
  readonly environment: string;
  readonly model: string;
  readonly version: string;
  readonly stage: string;
  readonly stage_since: string | null;
  readonly owner: string;
  readonly team: string;
  readonly description: string;
}

const SEEN = `SELECT environment, model, version, first_seen, last_seen, stage, CAST(NULL, 'Nullable(DateTime64(3))') AS stage_since,
  owner, team, '' AS description, model_type, provider, services, requests_24h, errors_24h, latency_p95_ms, status,
  drift_status, quality_status, performance_status, toFloat64(cost_24h) AS cost_24h, cost_coverage
FROM v_models
WHERE tenant = {tenant: String}
ORDER BY last_seen DESC, environment, model, version
LIMIT ${MOST_VERSIONS + 1}
SETTINGS max_threads = 1`;

const REGISTERED = `SELECT environment, model, version, stage, stage_since, owner, team, description
FROM v_registry
WHERE tenant = {tenant: String}
ORDER BY environment, model, version
LIMIT ${MOST_VERSIONS + 1}`;

const UNSEEN = {
  ...{ first_seen: null, last_seen: null, model_type: '', provider: '', services: [] },
  ...{ requests_24h: 0, errors_24h: 0, latency_p95_ms: null, cost_24h: null, cost_coverage: null },
  ...{ status: null, drift_status: null, quality_status: null, performance_status: null },
} as const;

const keyOf = (environment: string, model: string, version: string): string =>
  JSON.stringify([environment, model, version]);

/** What somebody registered comes before what telemetry says, a version's own before its model's. */
function merge(
  row: VersionRow,
  own: Registered | undefined,
  whole: Registered | undefined,
): VersionRow {
  const first = (...texts: (string | undefined)[]): string => texts.find(Boolean) ?? '';
  return {
    ...row,
    stage: first(own?.stage, row.stage),
    stage_since: own?.stage_since ?? null,
    owner: first(own?.owner, whole?.owner, row.owner),
    team: first(own?.team, whole?.team, row.team),
    description: first(own?.description, whole?.description),
  };
}

/** Reads all that is known of a tenant's models; rejects when the store does not answer. */
export async function readSnapshot(context: Reading, takenAtMs: number): Promise<Snapshot> {
  const [seen, registered] = await Promise.all([
    readRows<VersionRow>(context, SEEN),
    readRows<Registered>(context, REGISTERED),
  ]);
  const told = new Map(
    registered.map((row) => [keyOf(row.environment, row.model, row.version), row]),
  );
  const of = (environment: string, model: string, version: string) =>
    told.get(keyOf(environment, model, version));
  const known = new Set(seen.map((row) => keyOf(row.environment, row.model, row.version)));
  const models = new Set(seen.map(({ environment, model }) => keyOf(environment, model, '')));
  for (const { environment, model, version } of registered) {
    if (version !== '') models.add(keyOf(environment, model, ''));
  }
  const unseen = registered
    // The entry of a whole model is no version, unless nothing else is known of the model.
    .filter(({ environment, model, version }) => {
      const key = keyOf(environment, model, version);
      return !known.has(key) && (version !== '' || !models.has(key));
    })
    .map((row): VersionRow => ({ ...UNSEEN, ...row, services: [] }));
  const versions = [...seen, ...unseen].map((row) =>
    merge(row, of(row.environment, row.model, row.version), of(row.environment, row.model, '')),
  );
  const truncated = versions.length > MOST_VERSIONS || registered.length > MOST_VERSIONS;
  return { takenAtMs, versions: versions.slice(0, MOST_VERSIONS), truncated };
}
