import { scopeConditions } from '../queries/scope';
import type { Scope } from '../queries/scope';
import { quoteText } from '../queries/text';
import type { RuleScope } from './ruleTemplate';

/** Tenant in which the fire drill plants what is wrong: no rule looks at it unless it is asked to. */
export const FIRE_DRILL_TENANT = 'plumbline-fire-drill';

/**
 * The conditions of a rule's rows: its scope; not the drill unless the scope names it; and of rows with segments those of all
 * traffic unless the scope names some, for together they would count predictions more than once.
 */
export const ruleConditions = (
  scope: RuleScope,
  columns: readonly (keyof Scope)[],
): readonly string[] => {
  const known = Object.fromEntries(
    columns.flatMap((column) => (scope[column] === undefined ? [] : [[column, scope[column]]])),
  );
  return [
    ...scopeConditions(known),
    ...(known.tenant === undefined && columns.includes('tenant')
      ? [`tenant != ${quoteText(FIRE_DRILL_TENANT)}`]
      : []),
    ...(known.segment === undefined && columns.includes('segment') ? ["segment = ''"] : []),
  ];
};

/** Rows of the rule's time range in its scope, as a `WHERE` clause. */
export const inRuleRange = (
  scope: RuleScope,
  columns: readonly (keyof Scope)[],
  ...more: readonly string[]
): string =>
  `WHERE ${['$__timeFilter(time)', ...ruleConditions(scope, columns), ...more].join(' AND ')}`;
