import type { ModelKey } from './fleet';
import { quoteText } from './text';

/** Versions of one model, in all environments, that its page reads at most. */
export const MODEL_VERSIONS_LIMIT = 500;

/** Every version of a model in every tenant and environment, the one seen last first. Times are epoch milliseconds. */
export const modelVersionsSql = (model: string): string => `SELECT
  tenant, environment, model, version,
  toUnixTimestamp64Milli(first_seen) AS first_seen_ms,
  toUnixTimestamp64Milli(last_seen) AS last_seen_ms,
  stage, owner, team, model_type, provider, arrayStringConcat(services, ', ') AS service_names,
  status, drift_status, quality_status, performance_status
FROM v_models
WHERE model = ${quoteText(model)}
ORDER BY last_seen DESC, tenant, environment, version
LIMIT ${MODEL_VERSIONS_LIMIT}`;

/** What people said about a model: the row of the whole model (empty version) and those of its versions. Maps as JSON. */
export const modelRegistrySql = ({ tenant, environment, model }: ModelKey): string => `SELECT
  version, stage, owner, team, description, toJSONString(links) AS links_json
FROM v_registry
WHERE tenant = ${quoteText(tenant)} AND environment = ${quoteText(environment)} AND model = ${quoteText(model)}
ORDER BY version
LIMIT ${MODEL_VERSIONS_LIMIT}`;
