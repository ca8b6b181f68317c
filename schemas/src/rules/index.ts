/** The alert rules that provisioning, the app and the backtest share; this module and all it imports run in a browser too. */
export { APP_ID } from './appLinks';
export {
  buildRule,
  type AlertRule,
  type ClickHouseModel,
  type RuleNode,
  type RuleSettings,
  type ThresholdModel,
} from './buildRule';
export { rulePreviewQuery, ruleQuery, ruleRangeSeconds, ruleThreshold } from './ruleQuery';
export { FIRE_DRILL_TENANT } from './ruleRows';
export type {
  RuleEvidence,
  RuleInput,
  RuleParameter,
  RuleScope,
  RuleTemplate,
  RuleValues,
  Urgency,
} from './ruleTemplate';
export { RULE_TEMPLATES } from './ruleTemplates';
export { checkRuleValues, defaultRuleValues, type RuleValueProblem } from './ruleValues';
