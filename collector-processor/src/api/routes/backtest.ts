import { z } from 'zod';
import {
  checkRuleValues,
  RULE_TEMPLATES,
  type RuleScope,
  type RuleTemplate,
} from '@plumbline/schemas/rules';
import { type Backtest, durationMs, runBacktest } from '../alerts/backtest';
import { type Problem, problem } from '../problem';
import { defineQuery, failed, ok } from '../route';

const DAY_MS = 86_400_000;
const USUAL_DAYS = 7;
const MOST_DAYS = 92;
const SHOWN_FIRINGS = 500;

const texts = z.array(z.string().max(512)).min(1).max(100).optional();
const duration = z
  .string()
  .max(32)
  .refine((text) => durationMs(text) !== undefined, 'must be a duration such as 5m or 1h');
const time = z.iso.datetime({ offset: true }).optional();

const body = z.strictObject({
  template: z.enum(RULE_TEMPLATES.map(({ id }) => id) as [string, ...string[]]),
  values: z
    .record(z.string().max(64), z.number())
    .default({})
    .meta({ description: "the template's parameters; those left out have their default" }),
  scope: z
    .strictObject({
      tenant: texts.meta({
        description: 'must have that of the caller: no other rows are replayed',
      }),
      environment: texts,
      model: texts,
      version: texts,
      segment: texts,
      feature: texts,
    })
    .default({}),
  for: duration.optional().meta({ description: "the template's own where it is left out" }),
  from: time.meta({ description: `default: ${USUAL_DAYS} days before \`to\`` }),
  to: time.meta({ description: 'default: now' }),
});
type Asked = z.output<typeof body>;

const moment = z.iso.datetime();
const firing = z.object({
  from: moment,
  to: moment,
  minutes: z.number(),
  open: z.boolean().meta({ description: 'whether it still fired at the end' }),
  worst: z.number().nullable().meta({ description: 'the value furthest beyond the threshold' }),
  labels: z.record(z.string(), z.string()),
});
const answer = z.object({
  from: moment,
  to: moment,
  evaluations: z.int(),
  step_s: z.number().meta({ description: 'seconds between two evaluations of this replay' }),
  every_s: z.number().meta({
    description:
      'seconds between two evaluations of the rule; where `step_s` is more, alerts that are shorter may be missed',
  }),
  complete: z.boolean().meta({ description: 'false: time ran out, and `to` is how far it came' }),
  instances: z.int().meta({ description: 'different label sets that were seen' }),
  truncated: z.boolean(),
  empty_evaluations: z.int().meta({ description: 'evaluations at which the query had no rows' }),
  alerts: z.int(),
  firing_minutes: z.number(),
  per_week: z.object({ expected: z.number(), low: z.number(), high: z.number() }).meta({
    description: 'alerts a week with a 95% interval (Garwood); bursts make it too narrow',
  }),
  firings: z.array(firing).meta({ description: `the newest ${SHOWN_FIRINGS}` }),
});

const wrong = (field: string, message: string): Problem =>
  problem('invalid-request', `body ${field}: ${message}`, [{ field, in: 'body', message }]);

/** What is wrong beyond the types of the fields. */
function problemOf(
  template: RuleTemplate,
  { values, scope }: Asked,
  {
    fromMs,
    toMs,
    tenant,
  }: { readonly fromMs: number; readonly toMs: number; readonly tenant: string },
): Problem | undefined {
  const [first] = checkRuleValues(template, values);
  if (first !== undefined) return wrong(`/values/${first.field}`, first.message);
  if (!template.scope.includes('tenant')) {
    return wrong('/template', 'this rule is about the machine, of which no history is stored');
  }
  if (scope.tenant?.includes(tenant) === false) {
    return wrong('/scope/tenant', `only rows of your own tenant (${tenant}) can be replayed`);
  }
  if (toMs - fromMs < template.everySeconds * 1000) {
    return wrong('/from', 'must be at least one evaluation before `to`');
  }
  if (toMs - fromMs > MOST_DAYS * DAY_MS) {
    return wrong('/from', `must be at most ${MOST_DAYS} days before \`to\``);
  }
  return undefined;
}

const iso = (ms: number): string => new Date(ms).toISOString();

function told(
  { ticks, firings, perWeek, ...rest }: Backtest,
  everySeconds: number,
): z.output<typeof answer> {
  const lastMs = ticks.fromMs + (rest.evaluations - 1) * ticks.stepMs;
  const minutes = ({ fromMs, toMs }: Backtest['firings'][number]): number =>
    (toMs - fromMs) / 60_000;
  return {
    from: iso(ticks.fromMs),
    to: iso(lastMs),
    evaluations: rest.evaluations,
    step_s: ticks.stepMs / 1000,
    every_s: everySeconds,
    complete: rest.complete,
    instances: rest.instances,
    truncated: rest.truncated,
    empty_evaluations: rest.emptyEvaluations,
    alerts: firings.length,
    firing_minutes: firings.reduce((sum, one) => sum + minutes(one), 0),
    per_week: perWeek,
    firings: firings.slice(-SHOWN_FIRINGS).map((one) => ({
      ...{ from: iso(one.fromMs), to: iso(one.toMs), minutes: minutes(one) },
      ...{ open: one.open, worst: one.worst, labels: one.labels },
    })),
  };
}

/** Replays a rule of the templates over what is stored. */
export const backtestRoute = (clock: () => number) =>
  defineQuery({
    path: '/alerts/backtest',
    operationId: 'backtestRule',
    summary: 'When would a rule have fired, for how long, and how often in a week',
    description:
      'Replays a rule as Grafana would evaluate it, over what is stored now: late rows and prices that changed since then count as if they had been there.',
    role: 'viewer',
    body,
    answer,
    async read(asked, context) {
      const template = RULE_TEMPLATES.find(({ id }) => id === asked.template)!;
      const toMs = asked.to === undefined ? clock() : Math.min(clock(), Date.parse(asked.to));
      const fromMs = asked.from === undefined ? toMs - USUAL_DAYS * DAY_MS : Date.parse(asked.from);
      const { tenant } = context.caller;
      const reason = problemOf(template, asked, { fromMs, toMs, tenant });
      if (reason !== undefined) return failed(reason);
      const scope = Object.fromEntries(
        Object.entries(asked.scope).filter(([, choice]) => choice !== undefined),
      ) as RuleScope;
      const result = await runBacktest(
        {
          template,
          input: { values: asked.values, scope: { ...scope, tenant: [tenant] } },
          forMs: durationMs(asked.for ?? template.for) ?? 0,
          keepMs: durationMs(template.keepFiringFor) ?? 0,
          ...{ fromMs, toMs },
        },
        context,
        clock,
      );
      return ok(told(result, template.everySeconds));
    },
  });
