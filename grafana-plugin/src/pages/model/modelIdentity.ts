import { numberOf, type Row, textOf } from '../../queries/rowsOf';
import type { ModelIdentity } from '../../shared/links';

/** What the address says; a part that it leaves out, or leaves empty, is found out from the store. */
export interface AskedModel {
  readonly tenant: string;
  readonly environment: string;
  readonly model: string | null;
}

export const askedModelIn = (search: string): AskedModel => {
  const given = new URLSearchParams(search);
  return {
    tenant: given.get('var-tenant') ?? '',
    environment: given.get('var-environment') ?? '',
    model: given.get('var-model'),
  };
};

/** A version of a model as `v_models` has it. */
export interface ModelVersion {
  readonly tenant: string;
  readonly environment: string;
  readonly version: string;
  readonly firstSeenMs: number | null;
  readonly lastSeenMs: number | null;
  readonly stage: string;
  readonly owner: string;
  readonly team: string;
  readonly modelType: string;
  readonly provider: string;
  readonly services: string;
  readonly status: string;
}

export const modelVersionOf = (row: Row): ModelVersion => ({
  tenant: textOf(row, 'tenant'),
  environment: textOf(row, 'environment'),
  version: textOf(row, 'version'),
  firstSeenMs: numberOf(row, 'first_seen_ms'),
  lastSeenMs: numberOf(row, 'last_seen_ms'),
  stage: textOf(row, 'stage'),
  owner: textOf(row, 'owner'),
  team: textOf(row, 'team'),
  modelType: textOf(row, 'model_type'),
  provider: textOf(row, 'provider'),
  services: textOf(row, 'service_names'),
  status: textOf(row, 'status'),
});

/** A model with its versions, the one seen last first; none where telemetry never told of it. */
export interface KnownModel {
  readonly identity: ModelIdentity;
  readonly versions: readonly ModelVersion[];
}

const agrees = (asked: AskedModel, { tenant, environment }: ModelVersion): number =>
  (asked.tenant === '' || asked.tenant === tenant ? 2 : 0) +
  (asked.environment === environment ? 1 : 0);

/**
 * Which model is meant: the same name may be in other tenants and environments. What the address names must agree; where it
 * names nothing (a link from another panel may not know), an empty environment is taken before the one seen last.
 */
export const knownModelOf = (
  asked: AskedModel & { readonly model: string },
  versions: readonly ModelVersion[],
): KnownModel => {
  const possible = versions.filter(
    (one) =>
      (asked.tenant === '' || asked.tenant === one.tenant) &&
      (asked.environment === '' || asked.environment === one.environment),
  );
  const [best] = [...possible].sort((a, b) => agrees(asked, b) - agrees(asked, a));
  const { tenant, environment } = best ?? asked;
  return {
    identity: { tenant, environment, model: asked.model },
    versions: versions.filter((one) => one.tenant === tenant && one.environment === environment),
  };
};
