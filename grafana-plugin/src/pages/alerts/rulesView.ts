import { RULE_STATES, type RuleState, type RuleStateName } from '../../alerting/ruleStates';

/** What the list shows, in its address. */
export interface RulesState extends Readonly<Record<string, string>> {
  readonly search: string;
  /** A state, or empty for all. */
  readonly state: string;
}

export const RULES_DEFAULTS: RulesState = { search: '', state: '' };

const matches = (rule: RuleState, search: string): boolean => {
  const models = rule.alerts.flatMap(({ labels }) => Object.values(labels));
  const texts = [rule.title, rule.folder.title, rule.contactPoint, rule.template, ...models];
  return texts.some((text) => text.toLowerCase().includes(search));
};

/** The rules that fit, worst first, then by title. */
export const selectRules = (
  rules: readonly RuleState[],
  { search, state }: RulesState,
): readonly RuleState[] =>
  rules
    .filter((rule) => state === '' || rule.state === state)
    .filter((rule) => matches(rule, search.trim().toLowerCase()))
    .toSorted(
      (a, b) =>
        RULE_STATES.indexOf(a.state) - RULE_STATES.indexOf(b.state) ||
        a.title.localeCompare(b.title) ||
        a.uid.localeCompare(b.uid),
    );

/** The states that there are, worst first, with how many rules are in each. */
export const statesOf = (
  rules: readonly RuleState[],
): readonly { readonly state: RuleStateName; readonly count: number }[] =>
  RULE_STATES.map((state) => ({
    state,
    count: rules.filter((rule) => rule.state === state).length,
  })).filter(({ count }) => count > 0);
