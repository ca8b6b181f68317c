import { FIRE_DRILL_TENANT, RULE_TEMPLATES, type RuleInput } from '@plumbline/schemas/rules';

/** The rule that is drilled, as everybody has it but for the tenant, which it does not look at otherwise. */
export const DRILL_TEMPLATE = RULE_TEMPLATES.find(({ id }) => id === 'model-drift')!;
export const DRILL_SCOPE = { tenant: [FIRE_DRILL_TENANT] };
export const DRILL_INPUT: RuleInput = { values: {}, scope: DRILL_SCOPE };
