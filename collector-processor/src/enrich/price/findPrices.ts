import { billingProvider } from './billingProvider';
import { modelNames } from './modelNames';
import { holdsAt, type PricePeriod } from './pricePeriods';
import type { PriceRule } from './priceRules';
import type { RuleIndex } from './ruleIndex';
import { billedTier, DISCOUNTED } from './serviceTier';

/** One set of prices that may apply, with all its texts ready. */
export interface PriceOffer {
  readonly period: PricePeriod;
  readonly currency: string;
  readonly priceVersion: string;
  /** By tier of the plan. */
  readonly texts: readonly string[];
  /** The prices are those of the standard tier, and the call used one that is cheaper: they are a bound. */
  readonly boundOnly: boolean;
}

/** All that is known of the prices of one kind of call: at its time, the first offer that holds counts. */
export interface PriceOffers {
  readonly offers: readonly PriceOffer[];
  /** The rule text when none holds. */
  readonly otherwise: string;
}

/** What a call says of itself, as far as prices depend on it. */
export interface PricedCall {
  readonly tenant: string;
  readonly provider: string;
  /** The model that answered. */
  readonly version: string;
  /** The model that was asked for. */
  readonly model: string;
  readonly serviceTier: string;
}

const ASKED = ', matched on the requested model';

/** Amazon bills the model id that was called, which holds the region; the answer names the model without it. */
const BILLS_REQUESTED: ReadonlySet<string> = new Set(['aws']);

function offersOf(rule: PriceRule, note: string, boundOnly: boolean): PriceOffer[] {
  return rule.periods.map((period) => ({
    period,
    currency: rule.currency,
    priceVersion: rule.priceVersion,
    texts: period.plan.map(
      ({ start }) => `${rule.name}${start > 0 ? ` above ${start} tokens` : ''}${note}`,
    ),
    boundOnly,
  }));
}

/** Rules of the tenant before those of all, contracts before the book, and so first in each of the groups below. */
const GROUPS: readonly ((rule: PriceRule) => boolean)[] = [
  (rule) => rule.tenant !== '' && !rule.fromBook,
  (rule) => rule.tenant === '' && !rule.fromBook,
  (rule) => rule.fromBook,
];

/** LiteLLM writes the provider in front of the model: `bedrock/us.anthropic.claude-…`. */
function providerOf({ provider: told, version, model }: PricedCall, index: RuleIndex): string {
  const provider = billingProvider(told, index.providers);
  if (provider !== '' || told.trim().toLowerCase() !== 'litellm') return provider;
  const name = model.includes('/') ? model : version;
  const prefix = name.slice(0, Math.max(name.indexOf('/'), 0));
  const named = billingProvider(prefix, index.providers);
  return index.providers.has(named) ? named : '';
}

function candidates(call: PricedCall, provider: string, index: RuleIndex): [PriceRule, string][] {
  const isPrefix = (prefix: string): boolean =>
    provider !== '' && billingProvider(prefix, index.providers) === provider;
  const told = (name: string, note: string): [PriceRule, string][] =>
    modelNames(name, provider, isPrefix).flatMap((candidate) =>
      index.find(provider, candidate).map((rule): [PriceRule, string] => [rule, note]),
    );
  const answered = told(call.version, '');
  const asked = told(call.model, call.version === '' || call.version === call.model ? '' : ASKED);
  const ordered = BILLS_REQUESTED.has(provider) ? [...asked, ...answered] : [...answered, ...asked];
  const first = new Map(ordered.toReversed());
  const mine = [...new Set(ordered.map(([rule]) => rule))].filter(
    ({ tenant }) => tenant === '' || tenant === call.tenant,
  );
  return GROUPS.flatMap((belongs) => mine.filter(belongs)).map((rule) => [rule, first.get(rule)!]);
}

function reasonForNone(provider: string, tier: string, anyTier: boolean, index: RuleIndex): string {
  if (anyTier && tier !== '') return 'no price for this service tier';
  if (provider === '') return 'no price: provider not told';
  return index.providers.has(provider)
    ? `no price for this model of ${provider}`
    : 'no price: provider not in the price book';
}

/** Finds what a call may cost by. Slow (it tries patterns): the pricer keeps the answer. */
export function findPrices(call: PricedCall, index: RuleIndex): PriceOffers {
  const provider = providerOf(call, index);
  const tier = billedTier(call.serviceTier);
  const found = candidates(call, provider, index);
  const ofTier = found.filter(([rule]) => rule.serviceTier === tier);
  const bounds =
    tier !== '' && DISCOUNTED.has(tier) ? found.filter(([rule]) => rule.serviceTier === '') : [];
  return {
    offers: [
      ...ofTier.flatMap(([rule, note]) => offersOf(rule, note, false)),
      ...bounds.flatMap(([rule, note]) =>
        offersOf(rule, `${note}; only a bound for ${tier}`, true),
      ),
    ],
    otherwise: reasonForNone(provider, tier, found.length > 0, index),
  };
}

/** The offer that holds at a Unix time in milliseconds. */
export function offerAt({ offers }: PriceOffers, time: number): PriceOffer | undefined {
  for (const offer of offers) if (holdsAt(offer.period, time)) return offer;
  return undefined;
}
