import type { Problem } from '../shared/problem';
import type { Folder, GrafanaRule } from './grafanaRule';
import { type RulesAnswer, ruleStatesOf, type RuleState } from './ruleStates';

export interface GrafanaCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** From the root of Grafana, with a slash. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type GrafanaOutcome<Answer> =
  | { readonly state: 'done'; readonly data: Answer }
  | { readonly state: 'failed'; readonly problem: Problem };

/** One call of Grafana as the signed-in user; what goes wrong is an outcome. */
export type CallGrafana = <Answer>(call: GrafanaCall) => Promise<GrafanaOutcome<Answer>>;

/** Grafana's alerting, as far as the app needs it. Every write leaves rules editable in Grafana's own pages. */
export interface GrafanaAlerting {
  /** The rules of this app with their states. */
  readonly listRules: () => Promise<GrafanaOutcome<readonly RuleState[]>>;
  readonly readRule: (uid: string) => Promise<GrafanaOutcome<GrafanaRule>>;
  /** Makes a rule; `everySeconds` is how often it is evaluated, a multiple of 10. */
  readonly createRule: (
    rule: GrafanaRule,
    everySeconds: number,
  ) => Promise<GrafanaOutcome<GrafanaRule>>;
  readonly updateRule: (rule: GrafanaRule) => Promise<GrafanaOutcome<GrafanaRule>>;
  readonly setPaused: (uid: string, isPaused: boolean) => Promise<GrafanaOutcome<GrafanaRule>>;
  readonly deleteRule: (uid: string) => Promise<GrafanaOutcome<unknown>>;
  readonly listFolders: () => Promise<GrafanaOutcome<readonly Folder[]>>;
  readonly createFolder: (title: string) => Promise<GrafanaOutcome<Folder>>;
  /** Names of the contact points, each once. */
  readonly listContactPoints: () => Promise<GrafanaOutcome<readonly string[]>>;
}

const RULES = '/api/v1/provisioning/alert-rules';
/** Without it Grafana takes a rule for provisioned, and nobody can change it in its pages again. */
const EDITABLE = { 'X-Disable-Provenance': 'true' };
/** What Grafana gives a new group. */
const USUAL_INTERVAL_S = 60;
const FOLDERS_LIMIT = 1000;

const ruleUrl = (uid: string): string => `${RULES}/${encodeURIComponent(uid)}`;

const mapDone = <From, To>(
  outcome: GrafanaOutcome<From>,
  change: (data: From) => To,
): GrafanaOutcome<To> =>
  outcome.state === 'done' ? { state: 'done', data: change(outcome.data) } : outcome;

/** A group of one rule is sent back whole: Grafana replaces it. */
const setInterval = async (
  call: CallGrafana,
  { folderUID, ruleGroup }: GrafanaRule,
  interval: number,
): Promise<GrafanaOutcome<unknown>> => {
  const path = `/api/v1/provisioning/folder/${encodeURIComponent(folderUID)}/rule-groups/${encodeURIComponent(ruleGroup)}`;
  const group = await call<object>({ method: 'GET', path });
  if (group.state === 'failed') return group;
  return call({ method: 'PUT', path, body: { ...group.data, interval }, headers: EDITABLE });
};

export const createGrafanaAlerting = (call: CallGrafana): GrafanaAlerting => {
  const updateRule = (rule: GrafanaRule) =>
    call<GrafanaRule>({ method: 'PUT', path: ruleUrl(rule.uid), body: rule, headers: EDITABLE });
  const readRule = (uid: string) => call<GrafanaRule>({ method: 'GET', path: ruleUrl(uid) });
  return {
    readRule,
    updateRule,
    async listRules() {
      const path = '/api/prometheus/grafana/api/v1/rules';
      return mapDone(await call<RulesAnswer>({ method: 'GET', path }), ruleStatesOf);
    },
    async createRule(rule, everySeconds) {
      const post = { method: 'POST', path: RULES, body: rule, headers: EDITABLE } as const;
      const made = await call<GrafanaRule>(post);
      if (made.state === 'failed' || everySeconds === USUAL_INTERVAL_S) return made;
      const set = await setInterval(call, rule, everySeconds);
      return set.state === 'failed' ? set : made;
    },
    async setPaused(uid, isPaused) {
      // Read again: another tab, or Grafana's own page, may have changed the rest.
      const rule = await readRule(uid);
      return rule.state === 'failed' ? rule : updateRule({ ...rule.data, isPaused });
    },
    deleteRule: (uid) => call({ method: 'DELETE', path: ruleUrl(uid), headers: EDITABLE }),
    listFolders: () =>
      call<readonly Folder[]>({
        method: 'GET',
        path: `/api/folders?limit=${FOLDERS_LIMIT}&permission=Edit`,
      }),
    createFolder: (title) =>
      call<Folder>({ method: 'POST', path: '/api/folders', body: { title } }),
    async listContactPoints() {
      const path = '/api/v1/provisioning/contact-points';
      const found = await call<readonly { readonly name: string }[]>({ method: 'GET', path });
      return mapDone(found, (points) => [...new Set(points.map(({ name }) => name))].sort());
    },
  };
};
