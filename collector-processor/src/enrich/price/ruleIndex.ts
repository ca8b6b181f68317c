import type { PriceRule } from './priceRules';

/** Rules of one provider: exact names are looked up, patterns are tried one after the other. */
interface ProviderRules {
  readonly exact: Map<string, PriceRule[]>;
  readonly patterns: PriceRule[];
}

/** Finds rules by provider and model name. */
export interface RuleIndex {
  /** The providers that have rules, lower case. */
  readonly providers: ReadonlySet<string>;
  /** All rules of a provider that match a name (lower case), the most exact first, then the newest price version. */
  find(provider: string, name: string): readonly PriceRule[];
}

/** Rules for `*` count for every provider, after those of the provider itself. */
export const ANY_PROVIDER = '*';

const byExactness = (a: PriceRule, b: PriceRule): number =>
  b.match.specificity - a.match.specificity ||
  b.priceVersion.localeCompare(a.priceVersion, 'en', { numeric: true }) ||
  a.name.localeCompare(b.name);

export function indexRules(rules: readonly PriceRule[]): RuleIndex {
  const byProvider = new Map<string, ProviderRules>();
  for (const rule of rules) {
    let entry = byProvider.get(rule.provider);
    if (entry === undefined)
      byProvider.set(rule.provider, (entry = { exact: new Map(), patterns: [] }));
    const { equals } = rule.match;
    if (equals === undefined) entry.patterns.push(rule);
    else entry.exact.set(equals, [...(entry.exact.get(equals) ?? []), rule]);
  }
  const findIn = (provider: string, name: string): PriceRule[] => {
    const entry = byProvider.get(provider);
    if (entry === undefined) return [];
    const exact = entry.exact.get(name) ?? [];
    return [...exact, ...entry.patterns]
      .filter(({ match }) => match.matches(name))
      .sort(byExactness);
  };
  return {
    providers: new Set([...byProvider.keys()].filter((name) => name !== ANY_PROVIDER)),
    find: (provider, name) => [...findIn(provider, name), ...findIn(ANY_PROVIDER, name)],
  };
}
