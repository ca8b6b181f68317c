import { z } from 'zod';
import { comparePairs, MAX_PAIRED } from '../../monitor/compare/comparePairs';
import { compareSides, MAX_COMPARED } from '../../monitor/compare/compareSides';
import type {
  BaselineSide,
  ComparedFeature,
  ComparisonRequest,
  RangeSide,
} from '../../monitor/compare/comparison';
import { modelKey } from '../modelKey';
import { problem } from '../problem';
import { defineQuery, failed, ok } from '../route';
import { storeStatements } from '../storeStatements';
import { moment, segment } from './baselines';

const STATEMENT_TIMEOUT_MS = 20_000;

const version = z
  .string()
  .max(256)
  .default('*')
  .meta({ description: '`*`: all versions together' });
const range = z
  .strictObject({ from: moment, to: moment, version, segment })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), {
    path: ['to'],
    message: 'must be after from',
  });
const baseline = z.strictObject({ baseline: z.string().min(1).max(64), version, segment });

const body = z.strictObject({
  environment: modelKey.environment,
  model: modelKey.model,
  reference: z.union([range, baseline]),
  current: range,
  features: z
    .array(z.string().min(1).max(512))
    .max(MAX_COMPARED)
    .default([])
    .meta({ description: `all where it is left out; at most ${MAX_COMPARED}` }),
  distributions: z.boolean().default(true),
  pairs: z
    .boolean()
    .default(false)
    .meta({
      description: `also looks at the products of up to ${MAX_PAIRED} features, from sampled rows: names the pair whose correlation broke`,
    }),
});

const number = z.number().nullable();
const bin = z.object({
  low: number,
  high: number,
  label: z.string(),
  reference_share: number,
  share: number,
});
const feature = z.object({
  feature: z.string(),
  kind: z.enum(['number', 'category']),
  effect: number.meta({
    description: 'reference standard deviations; of shares 2 arcsin √q − 2 arcsin √p',
  }),
  direction: z.string(),
  rule: z.string(),
  p_value: number,
  q_value: number.meta({ description: 'Benjamini-Hochberg over the features compared' }),
  detectable_effect: number.meta({ description: 'null: no effect would have been seen' }),
  n: z.int(),
  reference_n: z.int(),
  psi: number,
  js: number,
  ks: number,
  wasserstein: number,
  distribution: z.array(bin).optional(),
});
const pair = z.object({
  reason: z.string().meta({ description: 'why there is none; empty otherwise' }),
  features: z.array(z.string()).meta({ description: 'one: its mean; two: their product' }),
  z: number,
  p_value: number.meta({ description: 'over all means and pairs (Bonferroni)' }),
  n: z.int(),
  reference_n: z.int(),
  correlation: number,
  reference_correlation: number,
});
const answer = z.object({ features: z.array(feature), pair: pair.optional() });

const known = (value: number): number | null => (Number.isFinite(value) ? value : null);

const tellFeature = (one: ComparedFeature, withBins: boolean): z.output<typeof feature> => ({
  ...{ feature: one.feature, kind: one.kind, direction: one.direction, rule: one.rule },
  ...{ effect: known(one.effect), p_value: known(one.p), q_value: known(one.q) },
  detectable_effect: known(one.detectableEffect),
  ...{ n: one.n, reference_n: one.referenceN },
  ...{ psi: known(one.psi), js: known(one.js), ks: known(one.ks) },
  wasserstein: known(one.wasserstein),
  ...(withBins && {
    distribution: one.bins.map(({ referenceShare, share, ...text }) => ({
      ...text,
      reference_share: known(referenceShare),
      share: known(share),
    })),
  }),
});

function tellPair(found: Awaited<ReturnType<typeof comparePairs>>): z.output<typeof pair> {
  if (found.status === 'refused') {
    const nothing = { z: null, p_value: null, correlation: null, reference_correlation: null };
    return { reason: found.reason, features: [], ...nothing, n: 0, reference_n: 0 };
  }
  return {
    reason: '',
    features: [...found.features],
    ...{ z: known(found.shift.z), p_value: known(found.shift.p) },
    ...{ n: found.n, reference_n: found.referenceN },
    correlation: known(found.correlation),
    reference_correlation: known(found.referenceCorrelation),
  };
}

const sideOf = (side: z.output<typeof range>): RangeSide => ({
  ...{ version: side.version, segment: side.segment },
  ...{ fromMs: Date.parse(side.from), toMs: Date.parse(side.to) },
});
const referenceOf = (side: z.output<typeof body>['reference']): RangeSide | BaselineSide =>
  'baseline' in side ? side : sideOf(side);

export const compareRoute = defineQuery({
  path: '/compare',
  operationId: 'compare',
  summary: 'How far any two ranges, versions or segments of a model are apart',
  description:
    'From stored feature windows, or a baseline as reference. P-values take rows as independent of each other and know no season: compare ranges that have the same hours and weekdays. Alarms come from v_drift.',
  role: 'viewer',
  body,
  answer,
  async read(asked, { store, caller, signal }) {
    const { environment, model, features, pairs, distributions } = asked;
    const statements = storeStatements(store, signal, STATEMENT_TIMEOUT_MS);
    const request: ComparisonRequest = {
      ...{ tenant: caller.tenant, environment, model, features },
      ...{ reference: referenceOf(asked.reference), current: sideOf(asked.current) },
    };
    const compared = await compareSides(statements, request);
    if (compared.status === 'refused') return failed(problem('invalid-request', compared.reason));
    const numeric = compared.features
      .filter(({ kind, feature: name }) => kind === 'number' && !name.startsWith('@'))
      .map(({ feature: name }) => name);
    return ok({
      features: compared.features.map((one) => tellFeature(one, distributions)),
      ...(pairs && { pair: tellPair(await comparePairs(statements, request, numeric)) }),
    });
  },
});
