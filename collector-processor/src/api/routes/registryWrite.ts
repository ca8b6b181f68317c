import { z } from 'zod';
import { insertRows } from '../insertRows';
import { modelKey, OF_VERSION } from '../modelKey';
import { problem } from '../problem';
import { readRows } from '../readRows';
import { check, readCheckList } from '../registry/checkList';
import type { RegistryCache } from '../registry/registryCache';
import { readStages, stage, type StageChange, writeStageChange } from '../registry/stages';
import { defineWrite, failed, ok, type WriteContext } from '../route';

const reason = z.string().max(4096).meta({ description: 'why; shown to everybody' });
const changed = z.object({ version: z.string(), from: z.string(), to: z.string() });
const changes = z.object({
  changes: z.array(changed),
  checks: z.array(check).meta({ description: 'of the version that was asked for; kept with it' }),
});

const toldChange = ({ version, from, to }: StageChange) => ({ version, from, to });

async function writeAll(
  wanted: readonly StageChange[],
  context: WriteContext,
  registry: RegistryCache,
): Promise<void> {
  for (const change of wanted) await writeStageChange(change, context);
  registry.forget(context.caller.tenant);
}

/** Gives a version a stage; the versions it takes the place of are archived where that is asked for. */
export const stageRoute = (registry: RegistryCache) =>
  defineWrite({
    method: 'POST',
    path: '/registry/stage',
    operationId: 'changeStage',
    summary: 'Give a version of a model a stage: promote it, or take it back',
    role: 'editor',
    action: 'registry.stage',
    body: z.strictObject({
      ...modelKey,
      stage,
      reason,
      archive_others: z.boolean().default(false).meta({
        description: 'archive the other versions of the model that have this stage',
      }),
    }),
    answer: changes,
    describe: ({ environment, model, version, stage: to, archive_others }) => ({
      ...{ object: 'stage', environment, model, version },
      request: { stage: to, archive_others },
    }),
    async write({ stage: to, reason: why, archive_others, ...key }, context) {
      const [staged, checks] = await Promise.all([
        readStages(key, context),
        readCheckList(key, context),
      ]);
      const from = staged.find(({ version }) => version === key.version)?.stage ?? '';
      const others = archive_others
        ? staged.filter((one) => one.version !== key.version && one.stage === to)
        : [];
      const wanted: StageChange[] = [
        { ...key, from, to, reason: why, checks },
        ...others.map(({ version, stage: left }): StageChange => ({
          ...{ ...key, version, from: left, to: 'archived', checks: [] },
          reason: `${key.version === '' ? 'the model' : key.version} took its place`,
        })),
      ];
      await writeAll(wanted, context, registry);
      return ok({ changes: wanted.map(toldChange), checks });
    },
  });

/** Brings back the version that was in production before. */
export const rollbackRoute = (registry: RegistryCache) =>
  defineWrite({
    method: 'POST',
    path: '/registry/rollback',
    operationId: 'rollBack',
    summary: 'Bring back the version that was in production before the one that is',
    description:
      'The versions in production are archived. 404 where no version was in production before.',
    role: 'editor',
    action: 'registry.rollback',
    body: z.strictObject({ environment: modelKey.environment, model: modelKey.model, reason }),
    answer: changes,
    describe: ({ environment, model }) => ({ object: 'stage', environment, model, request: {} }),
    async write({ reason: why, ...key }, context) {
      const staged = await readStages(key, context);
      const current = staged.filter((one) => one.stage === 'production');
      const before = staged.find((one) => one.stage !== 'production' && one.inProductionMs > 0);
      if (before === undefined) {
        return failed(problem('not-found', 'no other version of this model was in production'));
      }
      const back = { ...key, version: before.version };
      const checks = await readCheckList(back, context);
      const wanted: StageChange[] = [
        { ...back, from: before.stage, to: 'production', reason: why, checks },
        ...current.map(({ version }): StageChange => ({
          ...{ ...key, version, from: 'production', to: 'archived', checks: [] },
          reason: `rolled back to ${before.version}`,
        })),
      ];
      await writeAll(wanted, context, registry);
      return ok({ changes: wanted.map(toldChange), checks });
    },
  });

const short = z.string().max(256);
const texts = z
  .record(z.string().min(1).max(128), z.string().max(2048))
  .refine((all) => Object.keys(all).length <= 50, 'must have at most 50 entries');
const link = z
  .record(z.string().min(1).max(128), z.url({ protocol: /^https?$/ }).max(2048))
  .refine((all) => Object.keys(all).length <= 50, 'must have at most 50 entries');

const fields = {
  owner: short.optional(),
  team: short.optional(),
  description: z.string().max(4096).optional(),
  links: link.optional().meta({ description: 'http and https addresses by name' }),
  tags: texts.optional(),
  card: z.string().max(65_536).optional().meta({ description: 'the model card, Markdown' }),
};
const stored = z.object({
  owner: z.string(),
  team: z.string(),
  description: z.string(),
  links: z.record(z.string(), z.string()),
  tags: z.record(z.string(), z.string()),
  card: z.string(),
});
type Stored = z.output<typeof stored>;
const NOTHING: Stored = { owner: '', team: '', description: '', links: {}, tags: {}, card: '' };

/** What is told replaces what was known, field by field. */
const overlay = (
  before: Stored,
  told: { readonly [K in keyof Stored]?: Stored[K] | undefined },
): Stored => ({
  owner: told.owner ?? before.owner,
  team: told.team ?? before.team,
  description: told.description ?? before.description,
  links: told.links ?? before.links,
  tags: told.tags ?? before.tags,
  card: told.card ?? before.card,
});

/** Registers a model or a version, or says more about it. */
export const metadataRoute = (registry: RegistryCache) =>
  defineWrite({
    method: 'PATCH',
    path: '/registry/metadata',
    operationId: 'writeMetadata',
    summary: 'Register a model or a version: owner, team, description, links, tags, model card',
    description:
      'Fields that are left out stay as they are. Without a version it is about the model as a whole, from which versions inherit owner, team and description. Of two changes at the same moment the later one counts.',
    role: 'editor',
    action: 'registry.metadata',
    body: z.strictObject({ ...modelKey, ...fields }),
    answer: stored,
    describe: ({ environment, model, version, ...told }) => ({
      ...{ object: 'metadata', environment, model, version },
      request: { fields: Object.keys(told) },
    }),
    async write({ environment, model, version, ...told }, context) {
      const key = { environment, model, version };
      const { caller, store, timeMs } = context;
      const [before] = await readRows<Stored & { created_at: string; rowVersion: number }>(
        context,
        `SELECT owner, team, description, links, tags, card, created_at, row_version AS rowVersion
FROM ml_model_metadata FINAL WHERE ${OF_VERSION}`,
        key,
      );
      const next = overlay(before ?? NOTHING, told);
      const now = new Date(timeMs).toISOString();
      await insertRows(store, 'ml_model_metadata', [
        {
          ...{ tenant: caller.tenant, ...key, ...next },
          ...{ created_at: before?.created_at ?? now, updated_at: now },
          ...{ actor: caller.actor, actor_name: caller.actorName },
          row_version: Math.max(timeMs, (before?.rowVersion ?? 0) + 1),
        },
      ]);
      registry.forget(caller.tenant);
      return ok(next);
    },
  });
