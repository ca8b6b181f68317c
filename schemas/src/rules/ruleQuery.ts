import type { RuleEvidence, RuleInput, RuleTemplate } from './ruleTemplate';
import { checkRuleValues, defaultRuleValues } from './ruleValues';

const complete = (template: RuleTemplate, { values, scope }: RuleInput): RuleInput => {
  const [problem] = checkRuleValues(template, values);
  if (problem !== undefined) throw new RangeError(problem.message);
  return { values: { ...defaultRuleValues(template), ...values }, scope };
};

/** Text columns and exactly one number: what Grafana makes labelled numbers of. */
const numberQuery = (
  template: RuleTemplate,
  input: RuleInput,
  column: string,
  texts: readonly string[],
): string => {
  const labels = [...template.identity, ...texts].map((name) => `toString(${name}) AS ${name}`);
  return `SELECT ${labels.join(', ')}, toFloat64(${column}) AS value FROM (\n${template.rows(complete(template, input))}\n)`;
};

/**
 * The number that decides a rule, one row an instance. Throws a `RangeError` for values that `checkRuleValues` finds wrong:
 * they would be put into the SQL.
 */
export const ruleQuery = (template: RuleTemplate, input: RuleInput): string =>
  numberQuery(template, input, 'measured', []);

/** One number of the evidence: the same rows, so that there is one whenever the rule has an instance. */
export const evidenceQuery = (
  template: RuleTemplate,
  input: RuleInput,
  { column, texts = [] }: RuleEvidence,
): string => numberQuery(template, input, column, texts);

/** All of it as a table, for a preview: the identity, `measured` and every column of the evidence. */
export const rulePreviewQuery = (template: RuleTemplate, input: RuleInput): string => {
  const columns = template.evidence.flatMap(({ column, texts = [] }) => [column, ...texts]);
  return `SELECT ${[...template.identity, 'measured', ...columns].join(', ')} FROM (\n${template.rows(complete(template, input))}\n)\nORDER BY measured DESC NULLS LAST`;
};

/** How far back the rule looks, in seconds, for these values. */
export const ruleRangeSeconds = (template: RuleTemplate, input: RuleInput): number =>
  template.rangeSeconds(complete(template, input).values);

/** What `measured` is compared with. */
export const ruleThreshold = (
  template: RuleTemplate,
  input: RuleInput,
): ReturnType<RuleTemplate['threshold']> => template.threshold(complete(template, input).values);
