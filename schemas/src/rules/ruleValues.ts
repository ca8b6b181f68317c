import type { RuleTemplate, RuleValues } from './ruleTemplate';

/** What is wrong with a value, for a form or a message: `field` is the key of the parameter. */
export interface RuleValueProblem {
  readonly field: string;
  readonly value: unknown;
  readonly message: string;
}

export const defaultRuleValues = (template: RuleTemplate): RuleValues =>
  Object.fromEntries(template.parameters.map((parameter) => [parameter.key, parameter.default]));

/** Every problem of the values somebody chose; none: they can be put into SQL. Values that are left out have their default. */
export const checkRuleValues = (
  template: RuleTemplate,
  values: Readonly<Record<string, unknown>>,
): readonly RuleValueProblem[] =>
  Object.entries(values).flatMap(([field, value]) => {
    const parameter = template.parameters.find(({ key }) => key === field);
    if (parameter === undefined)
      return [{ field, value, message: `"${template.title}" has no parameter ${field}` }];
    const { min, max, unit, title } = parameter;
    const fits = typeof value === 'number' && value >= min && value <= max;
    return fits
      ? []
      : [
          {
            field,
            value,
            message: `${title}: must be a number from ${min} to ${max} (${unit}), not ${String(value)}`,
          },
        ];
  });
