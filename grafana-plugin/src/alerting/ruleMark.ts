import type { RuleScope, RuleValues } from '@plumbline/schemas/rules';

/** The annotation that holds what a rule was made of, so that the form can open it again. */
export const MARK = 'plumbline_rule';

export interface RuleMark {
  readonly template: string;
  readonly values: RuleValues;
  readonly scope: RuleScope;
}

/** Annotations are Go templates: two braces in a row would start an expression. */
export const writeMark = ({ template, values, scope }: RuleMark): string =>
  JSON.stringify({ template, values, scope }).replaceAll('{{', '{\\u007b');

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

/** Undefined for a rule that has no mark, or one that somebody changed to what is none. */
export const readMark = (
  annotations: Readonly<Record<string, string>> | null | undefined,
): RuleMark | undefined => {
  const text = annotations?.[MARK];
  if (text === undefined) return undefined;
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(found)) return undefined;
  const { template, values, scope } = found;
  if (typeof template !== 'string' || !isRecord(values) || !isRecord(scope)) return undefined;
  const numbers = Object.values(values).every((value) => typeof value === 'number');
  if (!numbers || !Object.values(scope).every(isTexts)) return undefined;
  return { template, values: values as RuleValues, scope };
};
