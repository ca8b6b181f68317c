import { z } from 'zod';
import { modelKey } from '../modelKey';
import { recordFields } from '../recordFields';
import { writeModelEvent } from '../registry/modelEvent';
import { defineWrite, ok } from '../route';

const answer = z.object({ event_id: z.string() });
const evidence = z
  .record(z.string().min(1).max(128), z.union([z.string().max(2048), z.number(), z.boolean()]))
  .refine((all) => Object.keys(all).length <= 50, 'must have at most 50 entries')
  .default({});
const { time } = recordFields;

/** A mark on the charts of a model, in words. */
export const annotationsRoute = defineWrite({
  method: 'POST',
  path: '/annotations',
  operationId: 'writeAnnotation',
  summary: 'Mark a moment of a model, for charts to show',
  role: 'editor',
  action: 'annotations.write',
  body: z.strictObject({ ...modelKey, time, text: z.string().min(1).max(4096), evidence }),
  answer,
  describe: ({ environment, model, version }) => ({
    ...{ object: 'annotation', environment, model, version },
    request: {},
  }),
  async write({ time: told, ...rest }, context) {
    const timeMs = told === undefined ? context.timeMs : Date.parse(told);
    const event_id = await writeModelEvent({ ...rest, event: 'annotation', timeMs }, context);
    return ok({ event_id });
  },
});

/** A pipeline says that a version went live. */
export const deploymentsRoute = defineWrite({
  method: 'POST',
  path: '/registry/deployments',
  operationId: 'writeDeployment',
  summary: 'Tell that a version of a model was deployed',
  role: 'editor',
  action: 'registry.deployment',
  body: z.strictObject({
    ...modelKey,
    time,
    service: z.string().max(256).default('').meta({ description: 'where it was deployed to' }),
    text: z.string().max(4096).default(''),
    evidence: evidence.meta({ description: 'commit, artifact, pipeline, …' }),
  }),
  answer,
  describe: ({ environment, model, version, service }) => ({
    ...{ object: 'deployment', environment, model, version },
    request: { service },
  }),
  async write({ time: told, service, text, evidence: proof, ...key }, context) {
    const timeMs = told === undefined ? context.timeMs : Date.parse(told);
    const where = service === '' ? '' : ` to ${service}`;
    const event_id = await writeModelEvent(
      {
        ...{ ...key, event: 'deployed', timeMs },
        text: text === '' ? `${key.model} ${key.version} deployed${where}` : text,
        evidence: service === '' ? proof : { ...proof, service },
      },
      context,
    );
    return ok({ event_id });
  },
});
