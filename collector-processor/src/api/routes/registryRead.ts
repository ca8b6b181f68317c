import { z } from 'zod';
import { modelKey } from '../modelKey';
import { readRows } from '../readRows';
import { check, readCheckList } from '../registry/checkList';
import { defineRead, ok, type ReadContext } from '../route';

const texts = z.record(z.string(), z.string());
const time = z.iso.datetime();
const metadata = z.object({
  time,
  version: z.string().meta({ description: 'empty: of the model as a whole' }),
  stage: z.string(),
  owner: z.string(),
  team: z.string(),
  description: z.string(),
  links: texts,
  tags: texts,
  card: z.string().meta({ description: 'Markdown' }),
  updated_by: z.string(),
});
const stageChange = z.object({
  time,
  version: z.string(),
  from_stage: z.string(),
  to_stage: z.string(),
  reason: z.string(),
  checks: z.array(check).meta({ description: 'what was known then' }),
  actor: z.string(),
  actor_name: z.string(),
});
const deployment = z.object({
  time,
  version: z.string(),
  text: z.string(),
  actor: z.string(),
  evidence: z.record(z.string(), z.unknown()),
});
const firstSeen = z.object({
  version: z.string(),
  first_seen: time,
  services: z.array(z.string()),
});

const query = z.strictObject(modelKey);
const SHOWN = 100;
const OF_MODEL =
  'tenant = {tenant: String} AND environment = {environment: String} AND model = {model: String}';
const OF_VERSION_IF_ASKED = `${OF_MODEL} AND ({version: String} = '' OR version = {version: String})`;

type Asked = z.output<typeof query>;

const readMetadata = (asked: Asked, context: ReadContext) =>
  readRows<z.output<typeof metadata>>(
    context,
    `SELECT time, version, stage, owner, team, description, links, tags, card, updated_by FROM v_registry
WHERE ${OF_MODEL} AND ({version: String} = '' OR version IN ('', {version: String})) ORDER BY version LIMIT ${SHOWN}`,
    asked,
  );

async function readChanges(asked: Asked, context: ReadContext) {
  const rows = await readRows<Omit<z.output<typeof stageChange>, 'checks'> & { checks: string }>(
    context,
    `SELECT time, version, from_stage, to_stage, reason, checks, actor, actor_name FROM v_stage_changes
WHERE ${OF_VERSION_IF_ASKED} ORDER BY time DESC, version LIMIT ${SHOWN}`,
    asked,
  );
  return rows.map((row) => ({ ...row, checks: z.array(check).parse(JSON.parse(row.checks)) }));
}

async function readDeployments(asked: Asked, context: ReadContext) {
  const rows = await readRows<Omit<z.output<typeof deployment>, 'evidence'> & { evidence: string }>(
    context,
    `SELECT time, version, text, actor, evidence FROM v_model_events
WHERE ${OF_VERSION_IF_ASKED} AND event = 'deployed' ORDER BY time DESC, version LIMIT ${SHOWN}`,
    asked,
  );
  return rows.map((row) => ({
    ...row,
    evidence: row.evidence === '' ? {} : (JSON.parse(row.evidence) as Record<string, unknown>),
  }));
}

/** All that is registered of a model or a version. */
export const registryRoute = defineRead({
  path: '/registry',
  operationId: 'readRegistry',
  summary: 'Metadata, stage changes and deployments of a model or a version',
  description: `The newest ${SHOWN} of each. Without a version: of all versions. Metadata of the model as a whole have the version ''.`,
  role: 'viewer',
  params: z.strictObject({}),
  query,
  answer: z.object({
    metadata: z.array(metadata),
    stage_changes: z.array(stageChange),
    deployments: z.array(deployment).meta({ description: 'told by people and pipelines' }),
    seen: z.array(firstSeen).meta({ description: 'when telemetry first showed a version' }),
  }),
  async read({ query: asked }, context) {
    const [told, stage_changes, deployments, seen] = await Promise.all([
      readMetadata(asked, context),
      readChanges(asked, context),
      readDeployments(asked, context),
      readRows<z.output<typeof firstSeen>>(
        context,
        `SELECT version, first_seen, services FROM v_models WHERE ${OF_VERSION_IF_ASKED} ORDER BY first_seen DESC LIMIT ${SHOWN}`,
        asked,
      ),
    ]);
    return ok({ metadata: told, stage_changes, deployments, seen });
  },
});

/** What is known before a promotion or a roll-back. */
export const checkListRoute = defineRead({
  path: '/registry/checklist',
  operationId: 'readCheckList',
  summary: 'What is known about a version before its stage is changed',
  description:
    'Facts with a verdict each; nothing is forbidden by them. A stage change keeps them.',
  role: 'viewer',
  params: z.strictObject({}),
  query,
  answer: z.object({ checks: z.array(check) }),
  read: async ({ query: asked }, context) => ok({ checks: await readCheckList(asked, context) }),
});
