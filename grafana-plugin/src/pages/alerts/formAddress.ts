import type { RuleScope } from '@plumbline/schemas/rules';
import { newForm, type RuleForm, templateOf } from '../../alerting/ruleForm';

/**
 * The address of a new rule: what is watched, on which models, with which numbers. Other pages link here with `template` and
 * some of the scope; lists are separated by commas, their parts encoded once more.
 */
export interface FormAddress extends Readonly<Record<string, string>> {
  readonly template: string;
  readonly tenant: string;
  readonly environment: string;
  readonly model: string;
  readonly version: string;
  readonly segment: string;
  readonly feature: string;
  /** `rate:5,minutes:15`; those that are left out have their default. */
  readonly values: string;
}

export const ADDRESS_DEFAULTS: FormAddress = {
  template: 'model-drift',
  tenant: '',
  environment: '',
  model: '',
  version: '',
  segment: '',
  feature: '',
  values: '',
};

/** Columns of the scope that the form offers. */
export const SCOPE_COLUMNS = [
  'tenant',
  'environment',
  'model',
  'version',
  'segment',
  'feature',
] as const;
export type ScopeColumn = (typeof SCOPE_COLUMNS)[number];

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    // Somebody typed a percent sign into the address: taken as it is.
    return text;
  }
};

const splitList = (text: string): readonly string[] =>
  text === '' ? [] : text.split(',').map(decode);

const joinList = (texts: readonly string[]): string => texts.map(encodeURIComponent).join(',');

const scopeIn = (address: FormAddress): RuleScope =>
  Object.fromEntries(
    SCOPE_COLUMNS.flatMap((column) => {
      const choice = splitList(address[column]);
      return choice.length === 0 ? [] : [[column, choice]];
    }),
  );

/** The form that an address stands for; a template that is none is the first. `titleOf` names the rule. */
export const formIn = (address: FormAddress, titleOf: (template: string) => string): RuleForm => {
  const template = templateOf(address.template) ?? templateOf(ADDRESS_DEFAULTS.template)!;
  const form = newForm(template, titleOf(template.id), scopeIn(address));
  const given = splitList(address.values).flatMap((pair) => {
    const [key = '', ...rest] = pair.split(':');
    return key in form.values ? [[key, rest.join(':')] as const] : [];
  });
  return { ...form, values: { ...form.values, ...Object.fromEntries(given) } };
};

/** The address of a form. */
export const addressOf = ({ template, scope, values }: RuleForm): FormAddress => {
  const chosen = (column: ScopeColumn): string => joinList(scope[column] ?? []);
  const changed = template.parameters.flatMap(({ key, default: usual }) => {
    const text = values[key] ?? '';
    return text === String(usual) ? [] : [`${key}:${text}`];
  });
  return {
    template: template.id,
    tenant: chosen('tenant'),
    environment: chosen('environment'),
    model: chosen('model'),
    version: chosen('version'),
    segment: chosen('segment'),
    feature: chosen('feature'),
    values: joinList(changed),
  };
};
