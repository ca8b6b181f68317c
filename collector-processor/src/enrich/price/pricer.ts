import { BUCKET, type CostStatus, type Inference, TOKEN_BUCKETS } from '../../core/inference';
import type { PriceRow } from '../../core/priceRow';
import { createCharge } from './charge';
import { type CallSum, createChargeSum } from './chargeSum';
import { findPrices, offerAt, type PriceOffer } from './findPrices';
import { OfferCache } from './offerCache';
import { priceRules } from './priceRules';
import { indexRules } from './ruleIndex';

/** Prices model calls. */
export interface Pricer {
  /**
   * Writes `cost`, `costLow`, `costHigh`, `costs`, `currency`, `costStatus`, `priceVersion` and `priceRule` of a model
   * call; of anything else it leaves them empty. Never throws.
   */
  price(inference: Inference): void;
  /** As `price`, of several calls whose usage is only known together, as metrics tell it. */
  priceSum(usage: Inference, calls: CallSum): void;
  /** Rows that cannot be used and were left out, each with its reason; at most 100 of them. */
  readonly problems: readonly string[];
  /** How often prices had to be looked for, and how often the cache was full. */
  readonly counts: { readonly lookups: number; readonly cacheRestarts: number };
}

/** Limits of a pricer. */
export interface PricerSettings {
  /** Kinds of call (tenant with prices of its own, provider, models, tier) whose prices are kept. */
  readonly cacheEntries: number;
}

const DEFAULTS: PricerSettings = { cacheEntries: 10_000 };
const MOST_PROBLEMS = 100;
const BUCKETS = TOKEN_BUCKETS.length;

/** Says that the cost is not known, and why; an empty status and rule where none was to be known. */
function clear(inference: Inference, status: CostStatus, rule: string): void {
  inference.cost = inference.costLow = inference.costHigh = NaN;
  inference.costs.fill(NaN);
  inference.currency = inference.priceVersion = '';
  inference.costStatus = status;
  inference.priceRule = rule;
}

function hasUsage({ tokens }: Inference): boolean {
  for (let bucket = 0; bucket < BUCKETS; bucket++) if (tokens[bucket]! >= 0) return true;
  return false;
}

/**
 * Takes over the cost that the emitter told; false when it told none that can be true. A reported 0 says nothing:
 * routers write it for what they cannot price, and what is free is known by its price.
 * It has no split by bucket, so all of it stands under `other`.
 */
function takeReported(inference: Inference, rule: string): boolean {
  const nano = Math.round(inference.reportedCost * 1e9);
  if (!(nano > 0 && nano <= Number.MAX_SAFE_INTEGER)) return false;
  clear(inference, 'provider_reported', rule);
  inference.cost = inference.costLow = inference.costHigh = nano;
  inference.costs[BUCKET.other] = nano;
  inference.currency = inference.reportedCurrency;
  return true;
}

/**
 * Builds a pricer from price rows, wherever they come from: the built-in book, an override file, `ml_prices`.
 *
 * A price is looked for once per kind of call: the most exact match of the answering model's name, else of the
 * requested one's; prices of the call's tenant before all others, contracts before the book. What the provider billed
 * (`reportedSource` is `provider`) stands above any price; what the emitter reckoned itself counts where we have none.
 */
export function createPricer(
  rows: readonly PriceRow[],
  settings: PricerSettings = DEFAULTS,
): Pricer {
  const problems: string[] = [];
  const rules = priceRules(rows, (problem) => {
    if (problems.length < MOST_PROBLEMS) problems.push(problem);
  });
  const index = indexRules(rules);
  const tenants = new Set(rules.map(({ tenant }) => tenant).filter((tenant) => tenant !== ''));
  const cache = new OfferCache(settings.cacheEntries);
  const charge = createCharge();
  const chargeSum = createChargeSum();
  let lookups = 0;

  const priceByRules = (
    inference: Inference,
    chargeBy: (inference: Inference, offer: PriceOffer) => void,
  ): void => {
    const tenant = tenants.size > 0 && tenants.has(inference.tenant) ? inference.tenant : '';
    let offers = cache.get(tenant, inference);
    if (offers === undefined) {
      lookups++;
      offers = findPrices(inference, index);
      cache.set(tenant, inference, offers);
    }
    const offer = offerAt(offers, inference.time);
    if (offer === undefined) clear(inference, 'unpriced', offers.otherwise);
    else chargeBy(inference, offer);
  };

  return {
    problems,
    get counts() {
      return { lookups, cacheRestarts: cache.restarts };
    },
    price(inference) {
      const used = hasUsage(inference);
      if (!used && inference.modelType !== 'llm' && inference.modelType !== 'embedding') {
        clear(inference, '', '');
        return;
      }
      if (
        inference.reportedSource === 'provider' &&
        takeReported(inference, 'reported by the provider')
      )
        return;
      if (used) priceByRules(inference, charge);
      else clear(inference, 'unpriced', 'no usage told');
      if (inference.costStatus === 'unpriced')
        takeReported(inference, 'reported by the emitter; no price in the book');
    },
    priceSum(usage, calls) {
      if (!hasUsage(usage)) {
        clear(usage, 'unpriced', 'no usage told');
        return;
      }
      priceByRules(usage, (inference, offer) => {
        chargeSum(inference, offer, calls);
      });
    },
  };
}
