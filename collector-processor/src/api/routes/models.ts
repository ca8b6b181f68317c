import { z } from 'zod';
import { problem } from '../problem';
import { answerBytes } from '../registry/answerBytes';
import type { RegistryCache } from '../registry/registryCache';
import { type Snapshot, versionEntry } from '../registry/snapshot';
import { modelEntry, type Written, writtenModels } from '../registry/writtenModels';
import { defineRead, failed, type Result, written, type WrittenAnswer } from '../route';

const age = {
  as_of: z.iso.datetime().meta({ description: 'when this was read from the store' }),
  age_ms: z.int().min(0),
};

const number = (max: number, fallback: number) =>
  z.coerce.number().int().min(0).max(max).default(fallback);

const listOf = (entries: readonly Written[]): string =>
  `[${entries.map(({ json }) => json).join(',')}]`;

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
      const fields = () => {
        const { models } = writtenModels(snapshot);
        const found = models.filter(
          (one) =>
            (environment === undefined || one.environment === environment) &&
            one.name.includes(wanted),
        );
        return {
          models: listOf(found.slice(offset, offset + limit)),
          total: String(found.length),
          truncated: String(snapshot.truncated),
        };
      };
      const question = JSON.stringify(['models', environment, wanted, limit, offset]);
      return written(answerBytes(snapshot, question, fields, clock()));
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
): Result<never> | WrittenAnswer {
  const versions = (writtenModels(snapshot).versions.get(asked) ?? []).filter(
    (one) => environment === undefined || one.environment === environment,
  );
  if (versions.length === 0) {
    return failed(problem('not-found', 'no such model was seen or registered'));
  }
  const fields = () => ({ model: JSON.stringify(asked), versions: listOf(versions) });
  const question = JSON.stringify(['model', asked, environment]);
  return written(answerBytes(snapshot, question, fields, now));
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
