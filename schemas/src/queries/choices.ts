import { type Scope, scopeConditions } from './scope';

const where = (scope: Scope, ...more: readonly string[]): string => {
  const conditions = [...scopeConditions(scope), ...more];
  return conditions.length === 0 ? '' : `\nWHERE ${conditions.join(' AND ')}`;
};

/** What may be chosen in a variable; none of these depends on the time range, so that a link keeps its choice. */
export const tenantChoices = (scope: Scope): string =>
  `SELECT DISTINCT tenant FROM v_models${where(scope)}\nORDER BY tenant`;

export const environmentChoices = (scope: Scope): string =>
  `SELECT DISTINCT environment FROM v_model_versions${where(scope)}\nORDER BY environment`;

export const modelChoices = (scope: Scope): string =>
  `SELECT DISTINCT model FROM v_model_versions${where(scope, "model != ''")}\nORDER BY model`;

export const versionChoices = (scope: Scope): string =>
  `SELECT DISTINCT version FROM v_model_versions${where(scope, "version != ''")}\nORDER BY version`;

/** Segments other than all traffic, as `key=value`. */
export const segmentChoices = (scope: Scope): string =>
  `SELECT DISTINCT segment FROM v_baselines${where(scope, "segment != ''")}
UNION DISTINCT
SELECT DISTINCT segment FROM v_performance${where(scope, "segment != ''")}
ORDER BY segment`;

export const featureChoices = (scope: Scope): string =>
  `SELECT DISTINCT feature FROM v_baselines${where(scope)}\nORDER BY feature`;
