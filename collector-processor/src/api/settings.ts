import type { Role } from './caller';

export interface ApiToken {
  /** Who the audit says it was. */
  readonly name: string;
  readonly token: string;
  readonly role: Role;
  readonly tenant: string;
}

export interface GrafanaSettings {
  /** Where its keys are fetched; null: no Grafana may call. */
  readonly url: string | null;
  /** The secret of the plugin's routes: who has it is our Grafana. */
  readonly token: string | null;
  /** Its `root_url`; null: the same as `url`. */
  readonly issuer: string | null;
  readonly orgId: number;
  readonly tenant: string;
  readonly keysMaxAgeMs: number;
}

export interface ApiSettings {
  readonly tokens: readonly ApiToken[];
  readonly grafana: GrafanaSettings;
  readonly limits: {
    readonly maxBodyBytes: number;
    readonly timeoutMs: number;
    readonly requestsPerSecond: number;
    readonly burstSeconds: number;
  };
  readonly idempotencyHours: number;
}
