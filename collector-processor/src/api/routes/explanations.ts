import { z } from 'zod';
import { readSentImportance, surrogateImportance } from '../explanations/importance';
import type { FittedOn, Surrogates } from '../explanations/surrogates';
import { modelKey } from '../modelKey';
import { featuresOf, readInference, type StoredInference } from '../predictions/inference';
import { readAttributions } from '../predictions/told';
import { problem } from '../problem';
import { defineRead, failed, ok, type ReadContext, type Result } from '../route';

const time = z.iso.datetime();
const number = z.number().nullable();

const surrogate = z
  .object({
    status: z.enum(['fitted', 'refused']),
    reason: z.string().meta({ description: 'why it was refused' }),
    fidelity: number.meta({ description: 'R² on predictions that it was not fitted on' }),
    scale: z.enum(['identity', 'logit']).nullable(),
    fitted_rows: z.int(),
    held_out_rows: z.int(),
    fitted_at: time,
  })
  .nullable()
  .meta({ description: 'null: not needed' });
const source = z.enum(['service', 'surrogate', 'none']);

const toldSurrogate = ({ result, fittedAtMs }: FittedOn): z.output<typeof surrogate> => {
  const fitted_at = new Date(fittedAtMs).toISOString();
  if (result.status === 'refused') {
    const { status, reason, fidelity } = result;
    return { status, reason, fidelity, scale: null, fitted_rows: 0, held_out_rows: 0, fitted_at };
  }
  const { fidelity, scale, fittedRows, heldOutRows } = result.surrogate;
  return {
    ...{ status: 'fitted', reason: '', fidelity, scale, fitted_at },
    ...{ fitted_rows: fittedRows, held_out_rows: heldOutRows },
  };
};

const DAY_MS = 86_400_000;
const MOST_POINTS = 200;

const query = z.strictObject({
  ...modelKey,
  from: z.iso
    .datetime({ offset: true })
    .optional()
    .meta({ description: 'default: a week before `to`' }),
  to: z.iso.datetime({ offset: true }).optional().meta({ description: 'default: now' }),
  points: z.coerce.number().int().min(1).max(MOST_POINTS).default(24),
});
const importance = z.object({
  source,
  surrogate,
  step_s: z.int(),
  importance: z.array(
    z.object({ time, feature: z.string(), importance: z.number(), mean: z.number(), n: z.int() }),
  ),
});

async function readImportance(
  { from, to, points, ...key }: z.output<typeof query>,
  context: ReadContext,
  surrogates: Surrogates,
  now: number,
): Promise<Result<z.output<typeof importance>>> {
  const toMs = to === undefined ? now : Date.parse(to);
  const fromMs = from === undefined ? toMs - 7 * DAY_MS : Date.parse(from);
  if (fromMs >= toMs) {
    const message = 'must be before `to`';
    return failed(
      problem('invalid-request', `query /from: ${message}`, [
        { field: '/from', in: 'query', message, value: from ?? null },
      ]),
    );
  }
  const stepS = Math.max(1, Math.ceil((toMs - fromMs) / 1000 / points));
  const range = { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString(), stepS };
  const sent = await readSentImportance(key, range, context);
  if (sent.length > 0) {
    return ok({ source: 'service', surrogate: null, step_s: stepS, importance: sent });
  }
  const fitted = await surrogates.of(key, context);
  const { result } = fitted;
  const told = { surrogate: toldSurrogate(fitted), step_s: stepS };
  if (result.status === 'refused') return ok({ source: 'none', ...told, importance: [] });
  const found = await surrogateImportance(result.surrogate, key, range, context);
  return ok({ source: 'surrogate', ...told, importance: found });
}

/** What decides in a model, and how that changes. */
export const importanceRoute = (surrogates: Surrogates, clock: () => number) =>
  defineRead({
    path: '/explanations/importance',
    operationId: 'readImportance',
    summary: 'How much each feature decides, over time',
    description:
      'Mean absolute contribution by feature and time: of the attributions that services sent; where there are none, of a surrogate fitted on the newest stored predictions, which is refused where it explains less than 90% of the variance of predictions that it has not seen.',
    role: 'viewer',
    params: z.strictObject({}),
    query,
    answer: importance,
    read: ({ query: asked }, context) => readImportance(asked, context, surrogates, clock()),
  });

const waterfall = z.object({
  ...{ inference_id: z.string(), environment: z.string(), model: z.string(), version: z.string() },
  source,
  method: z.string().meta({ description: 'as the service says; `surrogate` for one of ours' }),
  surrogate,
  base_value: number,
  explained: number.meta({ description: 'base value and contributions together' }),
  contributions: z.array(
    z.object({
      feature: z.string(),
      value: z.union([z.number(), z.string()]).nullable(),
      contribution: z.number(),
    }),
  ),
});

async function explain(
  stored: StoredInference,
  surrogates: Surrogates,
  context: ReadContext,
): Promise<z.output<typeof waterfall>> {
  const { inference_id, environment, model, version } = stored;
  const about = { inference_id, environment, model, version };
  const features = featuresOf(stored);
  const valued = (all: readonly { feature: string; contribution: number }[]) =>
    all.map(({ feature, contribution }) => ({
      ...{ feature, contribution },
      value: features[feature] ?? null,
    }));
  const sum = (base: number, all: readonly { contribution: number }[]): number =>
    all.reduce((total, { contribution }) => total + contribution, base);
  const sent = await readAttributions(stored, context);
  if (sent !== null) {
    const { base_value, method, values } = sent;
    const explained = base_value === null ? null : sum(base_value, values);
    const contributions = valued(values);
    return {
      ...about,
      source: 'service',
      method,
      surrogate: null,
      base_value,
      explained,
      contributions,
    };
  }
  const fitted = await surrogates.of(stored, context);
  const told = toldSurrogate(fitted);
  if (fitted.result.status === 'refused') {
    const nothing = { method: '', base_value: null, explained: null, contributions: [] };
    return { ...about, source: 'none', surrogate: told, ...nothing };
  }
  const { base } = fitted.result.surrogate;
  const contributions = valued(fitted.result.surrogate.explain(features));
  return {
    ...about,
    ...{ source: 'surrogate', method: 'surrogate', surrogate: told, base_value: base },
    ...{ explained: sum(base, contributions), contributions },
  };
}

/** How a prediction came about: what its service said, else what a surrogate says, marked as such. */
export const waterfallRoute = (surrogates: Surrogates) =>
  defineRead({
    path: '/explanations/prediction',
    operationId: 'explainPrediction',
    summary: 'How much each feature added to a prediction',
    role: 'viewer',
    params: z.strictObject({}),
    query: z.strictObject({ id: z.string().min(1).max(512) }),
    answer: waterfall,
    async read({ query }, context) {
      const stored = await readInference(query.id, context);
      if (stored === undefined) return failed(problem('not-found', 'no such prediction is stored'));
      return ok(await explain(stored, surrogates, context));
    },
  });
