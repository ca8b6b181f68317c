import type { RuleTemplate } from './ruleTemplate';

export const APP_ID = 'plumbline-modelhealth-app';

const TABS = {
  'model-drift': 'drift',
  'model-quality': 'quality',
  'model-performance': 'performance',
  'model-cost': 'cost',
  model: 'health',
} as const;

const GRAFANA = '{{ reReplaceAll "/+$" "" externalURL }}';

/** Where the app shows what a rule is about, as a template of Grafana's annotations. Models travel in the query: they may have a `/`. */
export const appLink = (link: RuleTemplate['link']): string =>
  link === 'fleet'
    ? `${GRAFANA}/a/${APP_ID}/fleet`
    : `${GRAFANA}/a/${APP_ID}/model/${TABS[link]}?var-tenant={{ urlquery $labels.tenant }}&var-environment={{ urlquery $labels.environment }}&var-model={{ urlquery $labels.model }}`;
