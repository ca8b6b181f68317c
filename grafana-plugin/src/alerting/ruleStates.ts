import { UID_PREFIX } from './grafanaRule';
import { readMark } from './ruleMark';

/** Worst first. `error`: Grafana could not evaluate it. */
export const RULE_STATES = ['firing', 'error', 'pending', 'nodata', 'inactive', 'paused'] as const;
export type RuleStateName = (typeof RULE_STATES)[number];

/** An alert of a rule that fires or is about to. */
export interface AlertInstance {
  readonly state: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Unix milliseconds; null where Grafana does not say. */
  readonly sinceMs: number | null;
}

/** A rule of this app as it stands. */
export interface RuleState {
  readonly uid: string;
  readonly title: string;
  readonly state: RuleStateName;
  readonly lastError: string;
  readonly lastEvaluationMs: number | null;
  readonly everySeconds: number | null;
  readonly folder: { readonly uid: string; readonly title: string };
  readonly group: string;
  readonly isPaused: boolean;
  /** Empty: it may be changed here; `file`, `api` and others: it belongs to whoever provisioned it. */
  readonly provenance: string;
  /** Id of the template that it was made of; '' where that is not known. */
  readonly template: string;
  /** Whether this app made it, so that its form can open it. */
  readonly hasForm: boolean;
  readonly contactPoint: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly alerts: readonly AlertInstance[];
}

/** The answer of `/api/prometheus/grafana/api/v1/rules`, as far as it is read. */
export interface RulesAnswer {
  readonly data: {
    readonly groups: readonly {
      readonly name: string;
      readonly file: string;
      readonly folderUid?: string;
      readonly interval?: number;
      readonly rules: readonly ToldRule[];
    }[];
  };
}

export interface ToldRule {
  readonly uid?: string;
  readonly name: string;
  readonly folderUid?: string;
  readonly state?: string;
  readonly health?: string;
  readonly lastError?: string;
  readonly lastEvaluation?: string;
  readonly isPaused?: boolean;
  readonly provenance?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly notificationSettings?: { readonly receiver?: string } | null;
  readonly alerts?: readonly {
    readonly state: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly activeAt?: string;
  }[];
}

/** Grafana says the year 1 for "never". */
const momentOf = (text: string | undefined): number | null => {
  const ms = Date.parse(text ?? '');
  return Number.isNaN(ms) || ms <= 0 ? null : ms;
};

const stateOf = ({ isPaused, health, state }: ToldRule): RuleStateName => {
  if (isPaused === true) return 'paused';
  if (state === 'firing') return 'firing';
  if (health === 'error') return 'error';
  if (state === 'pending') return 'pending';
  return health === 'nodata' ? 'nodata' : 'inactive';
};

/** Without those that say what every alert of the rule has anyway, and Grafana's own. */
const ownLabels = (labels: Readonly<Record<string, string>> = {}) =>
  Object.fromEntries(
    Object.entries(labels).filter(
      ([name, value]) =>
        !name.startsWith('__') && !['alertname', 'grafana_folder'].includes(name) && value !== '',
    ),
  );

const NORMAL = /^(normal|inactive)/i;

const templateIn = (uid: string, annotations: ToldRule['annotations']): string =>
  readMark(annotations)?.template ?? uid.slice(UID_PREFIX.length);

/** The rules of this app in Grafana's answer. */
export const ruleStatesOf = ({ data }: RulesAnswer): readonly RuleState[] =>
  data.groups.flatMap((group) =>
    group.rules.flatMap((rule): readonly RuleState[] => {
      const { uid = '', annotations } = rule;
      if (!uid.startsWith(UID_PREFIX)) return [];
      return [
        {
          uid,
          title: rule.name,
          state: stateOf(rule),
          lastError: rule.lastError ?? '',
          lastEvaluationMs: momentOf(rule.lastEvaluation),
          everySeconds: group.interval ?? null,
          folder: { uid: rule.folderUid ?? group.folderUid ?? '', title: group.file },
          group: group.name,
          isPaused: rule.isPaused === true,
          provenance: rule.provenance ?? '',
          template: templateIn(uid, annotations),
          hasForm: readMark(annotations) !== undefined,
          contactPoint: rule.notificationSettings?.receiver ?? '',
          labels: rule.labels ?? {},
          alerts: (rule.alerts ?? [])
            .filter(({ state }) => !NORMAL.test(state))
            .map(({ state, labels, activeAt }) => ({
              state: state.toLowerCase().startsWith('pending') ? 'pending' : 'firing',
              labels: ownLabels(labels),
              sinceMs: momentOf(activeAt),
            })),
        },
      ];
    }),
  );
