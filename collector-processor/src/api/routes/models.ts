import { z } from 'zod';
import { problem } from '../problem';
import type { RegistryCache } from '../registry/registryCache';
import { type Snapshot, versionEntry, type VersionRow } from '../registry/snapshot';
import { defineRead, failed, ok, type Result } from '../route';

const modelEntry = versionEntry
  .pick({
    ...{ environment: true, first_seen: true, last_seen: true, owner: true, team: true },
    ...{ model_type: true, provider: true, services: true, requests_24h: true, errors_24h: true },
  })
  .extend({
    model: z.string(),
    versions: z.array(z.string()),
    stages: z.record(z.string(), z.string()).meta({ description: 'stage by version' }),
  });
type ModelEntry = z.output<typeof modelEntry>;

const age = {
  as_of: z.iso.datetime().meta({ description: 'when this was read from the store' }),
  age_ms: z.int().min(0),
};

const number = (max: number, fallback: number) =>
  z.coerce.number().int().min(0).max(max).default(fallback);

const ageOf = ({ takenAtMs }: Snapshot, now: number) => ({
  as_of: new Date(takenAtMs).toISOString(),
  age_ms: Math.max(0, now - takenAtMs),
});

/** The versions of a model as one; the first of them is the one seen last. */
function modelOf(rows: readonly VersionRow[]): ModelEntry {
  const [newest] = rows as readonly [VersionRow];
  const seen = rows.flatMap(({ first_seen }) => (first_seen === null ? [] : [first_seen]));
  const { environment, model, last_seen, owner, team, model_type, provider } = newest;
  return {
    ...{ environment, model, last_seen, owner, team, model_type, provider },
    first_seen: seen.toSorted()[0] ?? null,
    services: [...new Set(rows.flatMap(({ services }) => services))].toSorted(),
    requests_24h: rows.reduce((sum, { requests_24h }) => sum + requests_24h, 0),
    errors_24h: rows.reduce((sum, { errors_24h }) => sum + errors_24h, 0),
    versions: rows.map(({ version }) => version).toSorted(),
    stages: Object.fromEntries(
      rows.flatMap(({ version, stage }) => (stage === '' ? [] : [[version, stage]])),
    ),
  };
}

/** Made once per snapshot, however often it is asked for. */
const grouped = new WeakMap<Snapshot, ModelEntry[]>();
function modelsOf(snapshot: Snapshot): ModelEntry[] {
  const known = grouped.get(snapshot);
  if (known !== undefined) return known;
  const groups = new Map<string, VersionRow[]>();
  for (const row of snapshot.versions) {
    const key = JSON.stringify([row.environment, row.model]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  const models = [...groups.values()].map(modelOf);
  grouped.set(snapshot, models);
  return models;
}

interface Cached {
  readonly registry: RegistryCache;
  readonly clock: () => number;
}

/** Models found in telemetry or registered, the one seen last first. */
export const modelsRoute = ({ registry, clock }: Cached) =>
  defineRead({
    path: '/models',
    operationId: 'listModels',
    summary: 'List the models found in telemetry or registered',
    description: 'From a cache; `as_of` and `age_ms` say how old it is.',
    role: 'viewer',
    params: z.strictObject({}),
    query: z.strictObject({
      environment: z.string().max(256).optional(),
      search: z.string().max(512).default('').meta({ description: 'part of the name' }),
      limit: number(1000, 100),
      offset: number(1_000_000, 0),
    }),
    answer: z.object({
      models: z.array(modelEntry),
      total: z.int(),
      truncated: z.boolean().meta({ description: 'whether there are more than the cache holds' }),
      ...age,
    }),
    async read({ query }, context) {
      const { environment, search, limit, offset } = query;
      const snapshot = await registry.read(context);
      const wanted = search.toLowerCase();
      const found = modelsOf(snapshot).filter(
        (one) =>
          (environment === undefined || one.environment === environment) &&
          one.model.toLowerCase().includes(wanted),
      );
      const models = found.slice(offset, offset + limit);
      const { truncated } = snapshot;
      return ok({ models, total: found.length, truncated, ...ageOf(snapshot, clock()) });
    },
  });

const one = z.object({ model: z.string(), versions: z.array(versionEntry), ...age });
const within = z.strictObject({ environment: z.string().max(256).optional() });
const name = z.string().min(1).max(512);

function versionsOf(
  snapshot: Snapshot,
  asked: string,
  environment: string | undefined,
  now: number,
): Result<z.output<typeof one>> {
  const versions = snapshot.versions.filter(
    (row) => row.model === asked && (environment === undefined || row.environment === environment),
  );
  if (versions.length === 0) {
    return failed(problem('not-found', 'no such model was seen or registered'));
  }
  const rows = versions.map((row) => versionEntry.parse(row));
  return ok({ model: asked, versions: rows, ...ageOf(snapshot, now) });
}

const text = {
  summary: 'A model with its versions',
  role: 'viewer',
  answer: one,
} as const;

export const modelRoute = ({ registry, clock }: Cached) =>
  defineRead({
    ...text,
    path: '/models/{name}',
    operationId: 'readModel',
    params: z.strictObject({ name }),
    query: within,
    read: async ({ path, query }, context) =>
      versionsOf(await registry.read(context), path.name, query.environment, clock()),
  });

/** Names with a slash cannot travel in a path: proxies decode it. */
export const modelByQueryRoute = ({ registry, clock }: Cached) =>
  defineRead({
    ...text,
    description:
      'As `/models/{name}`, for names with a character that a path must not hold, such as `/`.',
    path: '/model',
    operationId: 'readModelByQuery',
    params: z.strictObject({}),
    query: within.extend({ name }),
    read: async ({ query }, context) =>
      versionsOf(await registry.read(context), query.name, query.environment, clock()),
  });
