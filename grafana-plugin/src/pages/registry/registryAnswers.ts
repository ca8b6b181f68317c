/** What the API answers about the registry (docs/openapi.json). Times are ISO texts. */
export interface ModelSummary {
  readonly environment: string;
  readonly model: string;
  readonly first_seen: string | null;
  readonly last_seen: string | null;
  readonly owner: string;
  readonly team: string;
  readonly model_type: string;
  readonly provider: string;
  readonly services: readonly string[];
  readonly requests_24h: number;
  readonly errors_24h: number;
  readonly versions: readonly string[];
  /** Stage by version. */
  readonly stages: Readonly<Record<string, string>>;
}

export interface ModelList {
  readonly models: readonly ModelSummary[];
  readonly total: number;
  readonly truncated: boolean;
  readonly as_of: string;
}

export interface VersionSummary {
  readonly environment: string;
  readonly version: string;
  readonly first_seen: string | null;
  readonly last_seen: string | null;
  readonly stage: string;
  readonly stage_since: string | null;
  readonly services: readonly string[];
  readonly requests_24h: number;
  readonly errors_24h: number;
  readonly status: string | null;
}

export interface ModelVersions {
  readonly model: string;
  readonly versions: readonly VersionSummary[];
  readonly as_of: string;
}

export interface Check {
  readonly name: 'traffic' | 'errors' | 'validation' | 'drift' | 'quality' | 'performance';
  readonly status: 'pass' | 'warn' | 'fail' | 'unknown';
  readonly fact: string;
  readonly time: string | null;
}

export interface Metadata {
  readonly version: string;
  readonly owner: string;
  readonly team: string;
  readonly description: string;
  readonly links: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly card: string;
  readonly updated_by: string;
  readonly time: string;
}

export interface StageChange {
  readonly time: string;
  readonly version: string;
  readonly from_stage: string;
  readonly to_stage: string;
  readonly reason: string;
  readonly checks: readonly Check[];
  readonly actor: string;
  readonly actor_name: string;
}

export interface Deployment {
  readonly time: string;
  readonly version: string;
  readonly text: string;
  readonly actor: string;
}

export interface RegistryEntry {
  readonly metadata: readonly Metadata[];
  readonly stage_changes: readonly StageChange[];
  readonly deployments: readonly Deployment[];
  readonly seen: readonly {
    readonly version: string;
    readonly first_seen: string;
    readonly services: readonly string[];
  }[];
}

/** A model in one environment, as the API names it. */
export interface RegistryKey {
  readonly environment: string;
  readonly model: string;
}
