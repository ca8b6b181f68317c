/** A rule as the provisioning API takes and gives it; what is not named here is kept as it came. */
export interface AlertRule {
  readonly uid: string;
  readonly title: string;
  readonly ruleGroup: string;
  readonly folderUID: string;
  readonly condition: string;
  readonly data: readonly RuleQuery[];
  readonly noDataState?: string;
  readonly execErrState?: string;
  readonly for?: string;
  readonly isPaused?: boolean;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly notification_settings?: { readonly receiver?: string } | null;
  /** `api`: Grafana's own pages cannot change it. */
  readonly provenance?: '' | 'api';
}

export interface RuleQuery {
  readonly refId: string;
  readonly datasourceUid: string;
  readonly relativeTimeRange?: { readonly from: number; readonly to: number };
  readonly model: Readonly<Record<string, unknown>>;
}

export interface RuleContext {
  readonly folders: readonly string[];
  readonly receivers: readonly string[];
}

const EXPRESSION = '__expr__';
const DURATION = /^(\d+(ms|[smhdwy]))+$/;
const NO_DATA = ['Alerting', 'NoData', 'OK', 'KeepLast'];
const FAILED = ['Alerting', 'Error', 'OK', 'KeepLast'];

function rangeProblem({ datasourceUid, relativeTimeRange }: RuleQuery): string | undefined {
  if (datasourceUid === EXPRESSION) return undefined;
  const { from = 0, to = 0 } = relativeTimeRange ?? {};
  if (!Number.isInteger(from) || !Number.isInteger(to)) return 'invalid duration';
  return from > to ? undefined : `invalidRelativeTime [From: ${from}s, To: ${to}s]`;
}

/** Why Grafana would refuse a rule; undefined: it takes it. */
export function ruleProblem(rule: Partial<AlertRule>, context: RuleContext): string | undefined {
  const { title = '', ruleGroup = '', folderUID = '', condition = '', data = [] } = rule;
  const { noDataState = 'NoData', execErrState = 'Alerting', for: pending = '0s' } = rule;
  const receiver = rule.notification_settings?.receiver;
  if (title.trim() === '') return 'invalid alert rule: title is empty';
  if (title.length > 190) return 'invalid alert rule: title is too long. Max length is 190';
  if (ruleGroup === '') return 'invalid alert rule: rule group is empty';
  if (!context.folders.includes(folderUID)) return 'invalid alert rule: folder does not exist';
  if (data.length === 0) return 'invalid alert rule: no queries or expressions are found';
  if (!data.some(({ refId }) => refId === condition)) {
    return `invalid alert rule: condition ${condition} does not exist`;
  }
  if (!NO_DATA.includes(noDataState)) return `unknown NoData state option ${noDataState}`;
  if (!FAILED.includes(execErrState)) return `unknown Error state option ${execErrState}`;
  if (!DURATION.test(pending)) return `not a valid duration string: "${pending}"`;
  if (receiver !== undefined && !context.receivers.includes(receiver)) {
    return `invalid alert rule\nreceiver ${receiver} does not exist`;
  }
  return data.map(rangeProblem).find((problem) => problem !== undefined);
}
