import type { RuleNode } from '@plumbline/schemas/rules';

/** How an alert rule is told to people, if not by the policy tree. */
export interface NotificationSettings {
  readonly receiver: string;
  readonly group_by?: readonly string[];
}

/** A rule as `/api/v1/provisioning/alert-rules` takes and gives it; what is not named here is sent back as it came. */
export interface GrafanaRule {
  readonly uid: string;
  readonly title: string;
  readonly ruleGroup: string;
  readonly folderUID: string;
  readonly condition: string;
  readonly data: readonly RuleNode[];
  readonly noDataState: string;
  readonly execErrState: string;
  /** Go durations, as is `keep_firing_for`. */
  readonly for: string;
  readonly keep_firing_for?: string;
  readonly isPaused: boolean;
  readonly labels?: Readonly<Record<string, string>> | null;
  readonly annotations?: Readonly<Record<string, string>> | null;
  readonly notification_settings?: NotificationSettings | null;
  /** Empty: Grafana's own pages, and this app, may change it. */
  readonly provenance?: string;
}

export interface Folder {
  readonly uid: string;
  readonly title: string;
}

/** Rules whose uid begins so are ours: those of the app and those that were provisioned. */
export const UID_PREFIX = 'plumbline-';
