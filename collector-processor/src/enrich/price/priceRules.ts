import type { PriceRow } from '../../core/priceRow';
import { type MatchClause, parseMatch } from './matchClause';
import { BOOK_PREFIX } from './priceBook';
import { PRICE_BUCKETS } from './priceBuckets';
import { type PricePeriod, pricePeriods, type UsableRow } from './pricePeriods';

/** What the rows of one tenant, provider, match, tier and price version say together. */
export interface PriceRule {
  readonly tenant: string;
  readonly provider: string;
  readonly serviceTier: string;
  readonly match: MatchClause;
  readonly currency: string;
  readonly priceVersion: string;
  readonly name: string;
  /** Rows of the built-in book yield to those of contracts and operators. */
  readonly fromBook: boolean;
  /** At a time, the first one that holds counts. */
  readonly periods: readonly PricePeriod[];
}

/** Why a row cannot be used; undefined when it can. Rows are input: anyone can write them with SQL. */
function fault(row: PriceRow, match: MatchClause | string): string | undefined {
  if (typeof match === 'string') return `model_match ${JSON.stringify(row.modelMatch)}: ${match}`;
  if (!PRICE_BUCKETS.has(row.bucket)) return `bucket ${JSON.stringify(row.bucket)} is unknown`;
  if (!Number.isSafeInteger(row.nanoPerMillion) || row.nanoPerMillion < 0)
    return 'price_per_million must be from 0 to 9 million';
  if (!(row.tierStartTokens >= 0)) return 'tier_start_tokens must not be negative';
  if (row.currency === '') return 'currency is empty';
  return row.validFromMs < row.validToMs ? undefined : 'valid_from must be before valid_to';
}

function ruleOf(rows: readonly UsableRow[], onProblem: (problem: string) => void): PriceRule {
  const { row: first, match } = rows[0]!;
  const name = first.rule || `${first.provider}:${first.modelId}`;
  return {
    tenant: first.tenant,
    provider: first.provider.toLowerCase(),
    serviceTier: first.serviceTier.toLowerCase(),
    match,
    currency: first.currency,
    priceVersion: first.priceVersion,
    name,
    fromBook: first.priceVersion.startsWith(BOOK_PREFIX),
    periods: pricePeriods(rows, () => {
      onProblem(`price of ${name}: two prices for one bucket, the higher counts`);
    }),
  };
}

const groupKey = ({ row, match }: UsableRow): string =>
  JSON.stringify([
    row.tenant,
    row.provider,
    match.name,
    row.modelId,
    row.serviceTier,
    row.currency,
    row.priceVersion,
    row.rule,
  ]);

/** Builds the rules; `onProblem` hears of every row that cannot be used and is left out. */
export function priceRules(
  rows: readonly PriceRow[],
  onProblem: (problem: string) => void,
): PriceRule[] {
  const matches = new Map<string, MatchClause | string>();
  const groups = new Map<string, UsableRow[]>();
  for (const row of rows) {
    let match = matches.get(row.modelMatch);
    if (match === undefined) matches.set(row.modelMatch, (match = parseMatch(row.modelMatch)));
    const reason = fault(row, match);
    if (typeof match === 'string' || reason !== undefined) {
      onProblem(`price of ${row.provider}:${row.modelId}: ${reason ?? ''}`);
      continue;
    }
    const usable = { row, match };
    const key = groupKey(usable);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [usable]);
    else group.push(usable);
  }
  return [...groups.values()].map((group) => ruleOf(group, onProblem));
}
