import type { Scope } from '@plumbline/schemas/queries';
import type { ModelIdentity } from '../../shared/links';

/** What Grafana writes into the address for "All". */
const ALL = '$__all';

/** The versions that the address chooses; none means all. */
export const versionsIn = (search: string): readonly string[] => {
  const chosen = new URLSearchParams(search).getAll('var-version');
  return chosen.includes(ALL) ? [] : chosen;
};

/** The model as values, not as variables: a name may be any text, and only `quoteText` decides how it gets into a query. */
export const modelScope = (
  { tenant, environment, model }: ModelIdentity,
  versions: readonly string[] = [],
): Scope => ({
  tenant: [tenant],
  environment: [environment],
  model: [model],
  ...(versions.length === 0 ? {} : { version: versions }),
});
