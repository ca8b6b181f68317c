import {
  buildRule,
  checkRuleValues,
  defaultRuleValues,
  RULE_TEMPLATES,
  ruleQuery,
  ruleThreshold,
  type RuleScope,
  type RuleTemplate,
  type RuleValues,
} from '@plumbline/schemas/rules';
import { type GrafanaRule, UID_PREFIX } from './grafanaRule';
import { MARK, readMark, writeMark } from './ruleMark';

export interface Label {
  readonly key: string;
  readonly value: string;
}

/** What somebody enters to make or change a rule. */
export interface RuleForm {
  readonly template: RuleTemplate;
  readonly title: string;
  /** As typed: a number that is not finished yet must not be lost. */
  readonly values: Readonly<Record<string, string>>;
  readonly scope: RuleScope;
  readonly pending: string;
  /** Uid of a folder, or the title of one that is to be made. */
  readonly folder: { readonly uid: string } | { readonly title: string } | undefined;
  readonly labels: readonly Label[];
  /** Name of a contact point; empty: the policy tree decides. */
  readonly contactPoint: string;
}

export type FormField = 'title' | 'pending' | 'folder' | 'labels' | 'values';

/** Longest title that Grafana takes. */
export const TITLE_LIMIT = 190;

const DURATION = /^(?:\d+[smhd])+$/;
const LABEL_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

export const templateOf = (id: string): RuleTemplate | undefined =>
  RULE_TEMPLATES.find((template) => template.id === id);

const textsOf = (values: RuleValues): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));

export const newForm = (template: RuleTemplate, title: string, scope: RuleScope): RuleForm => ({
  template,
  title,
  values: textsOf(defaultRuleValues(template)),
  scope,
  pending: template.for,
  folder: undefined,
  labels: [],
  contactPoint: '',
});

/** The numbers of a form; what is no number is NaN, which `valueProblems` finds. */
export const valuesOf = ({ template, values }: RuleForm): RuleValues =>
  Object.fromEntries(
    template.parameters.map(({ key }) => {
      const text = (values[key] ?? '').trim();
      return [key, text === '' ? Number.NaN : Number(text)];
    }),
  );

/** Keys of the numbers that are none or out of their bounds. */
export const valueProblems = (form: RuleForm): ReadonlySet<string> =>
  new Set(checkRuleValues(form.template, valuesOf(form)).map(({ field }) => field));

/** Scope without what the template does not look at. */
export const scopeOf = ({ template, scope }: RuleForm): RuleScope =>
  Object.fromEntries(
    Object.entries(scope).filter(
      ([column, choice]) =>
        choice.length > 0 && (template.scope as readonly string[]).includes(column),
    ),
  );

/** What keeps a form from being saved. */
export const formProblems = (form: RuleForm): ReadonlySet<FormField> => {
  const title = form.title.trim();
  const keys = form.labels.map(({ key }) => key);
  const labelsFit = keys.every((key) => LABEL_NAME.test(key)) && new Set(keys).size === keys.length;
  const folder = form.folder === undefined || ('title' in form.folder && form.folder.title === '');
  const problems: readonly (readonly [FormField, boolean])[] = [
    ['title', title === '' || title.length > TITLE_LIMIT],
    ['pending', !DURATION.test(form.pending)],
    ['folder', folder],
    ['labels', !labelsFit],
    ['values', valueProblems(form).size > 0],
  ];
  return new Set(problems.flatMap(([field, wrong]) => (wrong ? [field] : [])));
};

/** Uid of a new rule, at most 40 characters as Grafana wants it. `bytes` are random. */
export const newUid = (templateId: string, bytes: Uint8Array): string =>
  `${UID_PREFIX}${templateId}-${[...bytes.slice(0, 3)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;

const notificationsOf = ({ contactPoint, template }: RuleForm) =>
  contactPoint === ''
    ? null
    : {
        receiver: contactPoint,
        group_by: [
          'grafana_folder',
          'alertname',
          ...template.identity.filter((name) => name !== 'feature'),
        ],
      };

export interface RulePlace {
  readonly uid: string;
  readonly folderUid: string;
  readonly datasourceUid: string;
}

/** A form as a rule of Grafana, in a group of its own. `before` is the rule that it changes: what the form does not hold stays. */
export const ruleOf = (form: RuleForm, place: RulePlace, before?: GrafanaRule): GrafanaRule => {
  const { uid, folderUid, datasourceUid } = place;
  const input = { values: valuesOf(form), scope: scopeOf(form) };
  const built = buildRule(form.template, {
    uid,
    title: form.title.trim(),
    datasourceUid,
    ...input,
  });
  return {
    ...built,
    keep_firing_for: form.template.keepFiringFor,
    isPaused: false,
    ...before,
    uid,
    title: built.title,
    folderUID: folderUid,
    ruleGroup: before?.ruleGroup ?? uid,
    condition: built.condition,
    data: built.data,
    for: form.pending,
    labels: Object.fromEntries(form.labels.map(({ key, value }) => [key, value])),
    annotations: {
      ...built.annotations,
      ...(before === undefined ? {} : ownAnnotations(before)),
      [MARK]: writeMark({ template: form.template.id, ...input }),
    },
    notification_settings: keptSettings(notificationsOf(form), before),
  };
};

/** Annotations that somebody wrote in Grafana; what the form made is made again. */
const ownAnnotations = (before: GrafanaRule): GrafanaRule['annotations'] => {
  const form = formOf(before);
  if (form === undefined || valueProblems(form).size > 0) return before.annotations;
  const made: Readonly<Record<string, string>> = buildRule(form.template, {
    ...{ datasourceUid: '', values: valuesOf(form), scope: scopeOf(form) },
  }).annotations;
  return Object.fromEntries(
    Object.entries(before.annotations ?? {}).filter(([name, text]) => made[name] !== text),
  );
};

/** Timings and mute times that somebody set in Grafana stay as long as the contact point does. */
const keptSettings = (
  settings: ReturnType<typeof notificationsOf>,
  before: GrafanaRule | undefined,
): GrafanaRule['notification_settings'] => {
  const old = before?.notification_settings;
  return settings !== null && old?.receiver === settings.receiver ? old : settings;
};

/** The form of a rule that the app made; undefined for others: Grafana's own form has to do. */
export const formOf = (rule: GrafanaRule): RuleForm | undefined => {
  const mark = readMark(rule.annotations);
  const template = mark === undefined ? undefined : templateOf(mark.template);
  if (mark === undefined || template === undefined) return undefined;
  return {
    template,
    title: rule.title,
    values: { ...textsOf(defaultRuleValues(template)), ...textsOf(mark.values) },
    scope: mark.scope,
    pending: rule.for,
    folder: { uid: rule.folderUID },
    labels: Object.entries(rule.labels ?? {}).map(([key, value]) => ({ key, value })),
    contactPoint: rule.notification_settings?.receiver ?? '',
  };
};

/**
 * Whether the query of a rule is another one than its form makes: somebody changed it in Grafana, or Plumbline has a newer
 * template. Saving the form would replace it.
 */
export const isChangedOutside = (rule: GrafanaRule, form: RuleForm): boolean => {
  if (valueProblems(form).size > 0) return true;
  const input = { values: valuesOf(form), scope: scopeOf(form) };
  const models = rule.data.map(({ model }) => model);
  const deciding = models.find(({ refId }) => refId === 'A');
  const compared = models.find(({ refId }) => refId === rule.condition);
  const threshold = ruleThreshold(form.template, input);
  const [evaluator] =
    compared !== undefined && 'conditions' in compared
      ? compared.conditions.map((condition) => condition.evaluator)
      : [];
  return (
    deciding === undefined ||
    !('rawSql' in deciding) ||
    deciding.rawSql !== ruleQuery(form.template, input) ||
    evaluator?.type !== threshold.type ||
    evaluator.params[0] !== threshold.value
  );
};
