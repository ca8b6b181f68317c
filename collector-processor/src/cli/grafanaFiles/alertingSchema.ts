import { z } from 'zod';

/**
 * What Grafana 12.4 takes in `provisioning/alerting`. Strict: Grafana passes over a key that it does not know, so that a
 * setting with a wrong name would silently not hold.
 */
const text = z.string().min(1);
const duration = z
  .string()
  .regex(/^(\d+(ms|[smhdwy]))+$/, 'must be a duration such as 30s, 5m or 12h');
const orgId = z.number().int().positive().optional();

/** Go's own units only: rules are held to be firing by another parser than the one of notifications. */
const goDuration = z
  .string()
  .regex(/^(0|(\d+(\.\d+)?(ms|s|m|h))+)$/, 'must be a duration such as 30s, 5m or 1h30m');

const relativeTimeRange = z.strictObject({
  from: z.number('must be whole seconds, not a text such as 10m').int().nonnegative(),
  to: z.number('must be whole seconds, not a text such as 10m').int().nonnegative(),
});

const queryModel = z.strictObject({
  refId: text,
  datasource: z.looseObject({}).optional(),
  pluginVersion: text.optional(),
  editorType: z.enum(['sql', 'builder']),
  queryType: z.enum(['table', 'timeseries']).optional(),
  format: z.union([z.literal(0), z.literal(1)]),
  rawSql: text,
  meta: z.looseObject({}).optional(),
  intervalMs: z.number().optional(),
  maxDataPoints: z.number().optional(),
});

const evaluator = z.strictObject({
  type: z.enum(['gt', 'lt', 'gte', 'lte', 'eq', 'ne', 'within_range', 'outside_range']),
  params: z.array(z.number()).min(1).max(2),
});

const expressionModel = z.strictObject({
  refId: text,
  type: z.enum(['reduce', 'threshold', 'math', 'resample', 'classic_conditions']),
  datasource: z.looseObject({}).optional(),
  expression: text,
  reducer: text.optional(),
  settings: z.looseObject({}).optional(),
  conditions: z
    .array(z.looseObject({ evaluator, unloadEvaluator: evaluator.optional() }))
    .optional(),
  intervalMs: z.number().optional(),
  maxDataPoints: z.number().optional(),
});

const node = z.strictObject({
  refId: text,
  queryType: z.string().optional(),
  datasourceUid: text,
  relativeTimeRange: relativeTimeRange.optional(),
  model: z.union([queryModel, expressionModel]),
});

const rule = z.strictObject({
  uid: z
    .string('no UID set')
    .regex(/^[A-Za-z0-9_-]{1,40}$/, 'must be 1 to 40 letters, digits, - or _'),
  title: text.max(190),
  condition: text,
  for: goDuration,
  keepFiringFor: goDuration.optional(),
  noDataState: z.enum(['Alerting', 'NoData', 'OK', 'KeepLast']),
  execErrState: z.enum(['Alerting', 'Error', 'OK', 'KeepLast']),
  missing_series_evals_to_resolve: z.number().int().positive().optional(),
  isPaused: z.boolean().optional(),
  labels: z.record(z.string(), z.string()).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
  dashboardUid: text.optional(),
  panelId: z.number().int().optional(),
  data: z.array(node).min(1),
  notification_settings: z
    .strictObject({
      receiver: text,
      group_by: z.array(text).optional(),
      group_wait: duration.optional(),
      group_interval: duration.optional(),
      repeat_interval: duration.optional(),
      mute_time_intervals: z.array(text).optional(),
      active_time_intervals: z.array(text).optional(),
    })
    .optional(),
});

const group = z.strictObject({
  orgId,
  name: text,
  folder: text,
  interval: goDuration,
  rules: z.array(rule).min(1),
});

/** The setting that each integration cannot do without; Grafana does not start without it. */
export const NEEDED_SETTING: Readonly<Record<string, string>> = {
  webhook: 'url',
  email: 'addresses',
  slack: 'url',
  pagerduty: 'integrationKey',
  teams: 'url',
  opsgenie: 'apiKey',
  discord: 'url',
};

const receiver = z
  .strictObject({
    uid: z.string('no uid is set').regex(/^[A-Za-z0-9_-]{1,40}$/),
    type: z.string(),
    settings: z.record(z.string(), z.unknown()),
    disableResolveMessage: z.boolean().optional(),
  })
  .superRefine(({ type, settings }, context) => {
    const needed = NEEDED_SETTING[type];
    if (needed === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['type'],
        message: `unknown integration type: ${type}`,
      });
    } else if (settings[needed] === undefined || settings[needed] === '') {
      context.addIssue({ code: 'custom', path: ['settings', needed], message: 'is not specified' });
    }
  });

const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be HH:MM, 24:00 at most');

const timeInterval = z.strictObject({
  times: z.array(z.strictObject({ start_time: timeOfDay, end_time: timeOfDay })).optional(),
  weekdays: z.array(text).optional(),
  days_of_month: z.array(text).optional(),
  months: z.array(text).optional(),
  years: z.array(text).optional(),
  location: text.optional(),
});

export const alertingFile = z.strictObject({
  apiVersion: z.literal(1),
  groups: z.array(group).optional(),
  contactPoints: z
    .array(z.strictObject({ orgId, name: text, receivers: z.array(receiver).min(1) }))
    .optional(),
  templates: z.array(z.strictObject({ orgId, name: text, template: text })).optional(),
  muteTimes: z
    .array(z.strictObject({ orgId, name: text, time_intervals: z.array(timeInterval).min(1) }))
    .optional(),
  deleteRules: z.array(z.strictObject({ orgId, uid: text })).optional(),
  deleteContactPoints: z.array(z.strictObject({ orgId, uid: text })).optional(),
  deleteTemplates: z.array(z.strictObject({ orgId, name: text })).optional(),
  deleteMuteTimes: z.array(z.strictObject({ orgId, name: text })).optional(),
});

export type AlertingFile = z.output<typeof alertingFile>;
export type AlertingGroup = z.output<typeof group>;
export type AlertingRule = z.output<typeof rule>;
