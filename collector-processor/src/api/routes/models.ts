import { z } from 'zod';
import { problem } from '../problem';
import { readRows } from '../readRows';
import { defineRead, failed, ok, type ReadContext } from '../route';

const seen = {
  environment: z.string(),
  model: z.string(),
  first_seen: z.iso.datetime(),
  last_seen: z.iso.datetime(),
  team: z.string(),
  model_type: z.string(),
  provider: z.string(),
  services: z.array(z.string()),
  requests_24h: z.number(),
  errors_24h: z.number(),
};
const model = z.object({ ...seen, versions: z.array(z.string()) });
const version = z.object({
  ...seen,
  version: z.string(),
  stage: z.string(),
  owner: z.string(),
  latency_p95_ms: z.number().nullable(),
  status: z.string().nullable(),
  drift_status: z.string().nullable(),
  quality_status: z.string().nullable(),
  performance_status: z.string().nullable(),
  cost_24h: z.number().nullable(),
  cost_coverage: z.number().nullable(),
});

const number = (max: number, fallback: number) =>
  z.coerce.number().int().min(0).max(max).default(fallback);

/** Models found in telemetry, the one seen last first. */
export const modelsRoute = defineRead({
  path: '/models',
  operationId: 'listModels',
  summary: 'List the models found in telemetry',
  role: 'viewer',
  params: z.strictObject({}),
  query: z.strictObject({
    environment: z.string().max(256).optional(),
    search: z.string().max(512).default('').meta({ description: 'part of the name' }),
    limit: number(1000, 100),
    offset: number(1_000_000, 0),
  }),
  answer: z.object({ models: z.array(model), total: z.int() }),
  async read({ query }, context) {
    const { environment = null, search, limit, offset } = query;
    const rows = await readRows<z.output<typeof model> & { total: number }>(
      context,
      `SELECT environment, model, min(v.first_seen) AS first_seen, max(v.last_seen) AS last_seen,
  argMax(v.team, v.last_seen) AS team, argMax(v.model_type, v.last_seen) AS model_type,
  argMax(v.provider, v.last_seen) AS provider,
  arraySort(groupUniqArrayArray(v.services)) AS services,
  sum(v.requests_24h) AS requests_24h, sum(v.errors_24h) AS errors_24h,
  arraySort(groupUniqArray(v.version)) AS versions, count() OVER () AS total
FROM v_models AS v
WHERE tenant = {tenant: String}
  AND positionCaseInsensitiveUTF8(model, {search: String}) > 0
  AND ({environment: Nullable(String)} IS NULL OR environment = {environment: Nullable(String)})
GROUP BY environment, model
ORDER BY last_seen DESC, environment, model
LIMIT {limit: UInt32} OFFSET {offset: UInt32}`,
      { environment, search, limit, offset },
    );
    const models = rows.map((row) => model.parse(row));
    return ok({ models, total: rows[0]?.total ?? 0 });
  },
});

const one = z.object({ model: z.string(), versions: z.array(version) });
const within = z.strictObject({ environment: z.string().max(256).optional() });
const name = z.string().min(1).max(512);

async function readVersions(context: ReadContext, asked: string, environment: string | null) {
  const versions = await readRows<z.output<typeof version>>(
    context,
    `SELECT environment, model, version, first_seen, last_seen, stage, owner, team, model_type, provider, services,
  requests_24h, errors_24h, latency_p95_ms, status, drift_status, quality_status, performance_status,
  toFloat64(cost_24h) AS cost_24h, cost_coverage
FROM v_models
WHERE tenant = {tenant: String} AND model = {name: String}
  AND ({environment: Nullable(String)} IS NULL OR environment = {environment: Nullable(String)})
ORDER BY last_seen DESC, environment, version
LIMIT 1000`,
    { name: asked, environment },
  );
  if (versions.length === 0) return failed(problem('not-found', 'no such model was seen'));
  return ok({ model: asked, versions });
}

const text = {
  summary: 'A model with its versions',
  role: 'viewer',
  answer: one,
} as const;

export const modelRoute = defineRead({
  ...text,
  path: '/models/{name}',
  operationId: 'readModel',
  params: z.strictObject({ name }),
  query: within,
  read: ({ path, query }, context) => readVersions(context, path.name, query.environment ?? null),
});

/** Names with a slash cannot travel in a path: proxies decode it. */
export const modelByQueryRoute = defineRead({
  ...text,
  description:
    'As `/models/{name}`, for names with a character that a path must not hold, such as `/`.',
  path: '/model',
  operationId: 'readModelByQuery',
  params: z.strictObject({}),
  query: within.extend({ name }),
  read: ({ query }, context) => readVersions(context, query.name, query.environment ?? null),
});
