import { z } from 'zod';
import {
  type BaselineChange,
  changeBaseline,
  listBaselines,
} from '../../monitor/baselines/changeBaseline';
import { createBaseline } from '../../monitor/baselines/createBaseline';
import { modelKey } from '../modelKey';
import { problem } from '../problem';
import { defineRead, defineWrite, failed, ok, type WriteContext } from '../route';
import { stableId } from '../stableId';
import { storeStatements } from '../storeStatements';

export const segment = z
  .string()
  .max(512)
  .refine((text) => text === '' || text.indexOf('=') > 0, 'must be key=value')
  .default('')
  .meta({ description: '`key=value`; empty: all traffic' });
export const moment = z.iso.datetime({ offset: true });

const iso = (unixMs: number): string => new Date(unixMs).toISOString();

/** The parts of a place that were named. */
const givenOf = ({
  version,
  segment: part,
  baseline,
}: Partial<Record<Part, string | undefined>>) => ({
  ...(version !== undefined && { version }),
  ...(part !== undefined && { segment: part }),
  ...(baseline !== undefined && { baseline }),
});
type Part = 'version' | 'segment' | 'baseline';

const stored = z.object({
  baseline: z.string(),
  version: z.string(),
  segment: z.string(),
  source: z.string().meta({ description: 'auto, range or import' }),
  features: z.int(),
  rows: z.int(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  created_at: z.iso.datetime(),
  pinned: z.boolean(),
  expired: z.boolean(),
});

export const baselinesRoute = defineRead({
  path: '/baselines',
  operationId: 'listBaselines',
  summary: 'List the baselines of a model, the newest first, at most 1,000',
  role: 'viewer',
  params: z.strictObject({}),
  query: z.strictObject({
    environment: modelKey.environment,
    model: modelKey.model,
    version: z.string().max(256).optional(),
    segment: z.string().max(512).optional(),
    baseline: z.string().max(64).optional(),
  }),
  answer: z.object({ baselines: z.array(stored) }),
  async read({ query }, { store, caller, signal }) {
    const { environment, model } = query;
    const filter = { tenant: caller.tenant, environment, model, ...givenOf(query) };
    const rows = await listBaselines(storeStatements(store, signal), filter);
    return ok({
      baselines: rows.map(({ fromMs, toMs, createdMs, pinned, expired, ...row }) => ({
        ...row,
        ...{ from: iso(fromMs), to: iso(toMs), created_at: iso(createdMs) },
        ...{ pinned: pinned > 0, expired: expired > 0 },
      })),
    });
  },
});

export const placeFields = { ...modelKey, segment };
export const freshBins = z.boolean().default(false).meta({
  description: 'makes new bins even for features that have some; windows are counted again on them',
});

export const createdAnswer = z.object({
  baseline: z.string(),
  rows: z.int(),
  features: z.int(),
  every: z
    .int()
    .meta({ description: 'one of this many rows was read: 1 unless there are too many' }),
});

/** The same at every retry of one write, so that a second attempt writes the same baseline again. */
export const baselineIdOf = ({ caller, timeMs }: WriteContext, body: object): string =>
  stableId([caller.tenant, timeMs, body]);

export const tellReport = (report: Awaited<ReturnType<typeof createBaseline>>) => {
  if (report.status === 'refused') return failed(problem('invalid-request', report.reason));
  const { baseline, rows, features, every } = report;
  return ok({ baseline, rows, features, every });
};

const range = z
  .strictObject({ ...placeFields, from: moment, to: moment, fresh_bins: freshBins })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), {
    path: ['to'],
    message: 'must be after from',
  });

export const createBaselineRoute = defineWrite({
  method: 'POST',
  path: '/baselines',
  operationId: 'createBaseline',
  summary: 'Make a baseline of the rows of a range',
  role: 'editor',
  action: 'baselines.create',
  body: range,
  answer: createdAnswer,
  describe: ({ environment, model, version, segment: part, from, to }) => ({
    object: 'baseline',
    ...{ environment, model, version },
    request: { segment: part, from, to },
  }),
  async write(body, context) {
    const { environment, model, version, segment: part, fresh_bins } = body;
    const request = {
      ...{ tenant: context.caller.tenant, environment, model, version, segment: part },
      ...{ fromMs: Date.parse(body.from), toMs: Date.parse(body.to), freshBins: fresh_bins },
      ...({ source: 'range', baseline: baselineIdOf(context, body) } as const),
    };
    return tellReport(await createBaseline(storeStatements(context.store), request));
  },
});

const named = z.strictObject({
  environment: modelKey.environment,
  model: modelKey.model,
  version: z.string().max(256).optional(),
  segment: z.string().max(512).optional(),
  baseline: z.string().min(1).max(64),
});

const changeRoute = (change: BaselineChange, summary: string) =>
  defineWrite({
    method: 'POST',
    path: `/baselines/${change}`,
    operationId: `${change}Baseline`,
    summary,
    description: 'Meant are all baselines with this id, or those of one version or segment.',
    role: 'editor',
    action: `baselines.${change}`,
    body: named,
    answer: z.object({ changed: z.int().min(1) }),
    describe: ({ environment, model, version, segment: part, baseline }) => ({
      object: `baseline:${baseline}`,
      ...{ environment, model },
      ...(version !== undefined && { version }),
      request: part === undefined ? {} : { segment: part },
    }),
    async write({ environment, model, ...place }, { store, caller }) {
      const filter = { tenant: caller.tenant, environment, model, ...givenOf(place) };
      const changed = await changeBaseline(storeStatements(store), filter, change);
      return changed > 0 ? ok({ changed }) : failed(problem('not-found', 'no such baseline'));
    },
  });

export const changeBaselineRoutes = [
  changeRoute('pin', 'Use a baseline whatever is made later; others of its place are unpinned'),
  changeRoute('unpin', 'Use the newest baseline again'),
  changeRoute('expire', 'Use a baseline no more'),
] as const;
