import type { PricedCall, PriceOffers } from './findPrices';

/** What was found for a pair of models: nearly all calls use the standard tier, so it needs no further map. */
interface Leaf {
  standard: PriceOffers | undefined;
  readonly tiers: Map<string, PriceOffers>;
}

type Level<T> = Map<string, T>;
type ByModel = Level<Level<Level<Leaf>>>;

function branch<T>(level: Level<T>, key: string, make: () => T): T {
  let next = level.get(key);
  if (next === undefined) level.set(key, (next = make()));
  return next;
}

const newLevel = <T>(): Level<T> => new Map<string, T>();

/**
 * Keeps what was found for a kind of call. Maps of maps, because joining the texts to one key would make a string per
 * call. At most `limit` entries: when full it starts anew, which costs less than keeping an order of use.
 */
export class OfferCache {
  /** How often it was full. */
  restarts = 0;
  private readonly limit: number;
  private size = 0;
  private shared: ByModel = newLevel();
  private ofTenants: Level<ByModel> = newLevel();

  constructor(limit: number) {
    this.limit = limit;
  }

  /** `tenant` is empty for those who have no prices of their own. */
  get(tenant: string, call: PricedCall): PriceOffers | undefined {
    const tree = tenant === '' ? this.shared : this.ofTenants.get(tenant);
    const leaf = tree?.get(call.provider)?.get(call.version)?.get(call.model);
    return call.serviceTier === '' ? leaf?.standard : leaf?.tiers.get(call.serviceTier);
  }

  set(tenant: string, call: PricedCall, offers: PriceOffers): void {
    if (this.size >= this.limit) {
      this.shared = newLevel();
      this.ofTenants = newLevel();
      this.size = 0;
      this.restarts++;
    }
    const tree =
      tenant === '' ? this.shared : branch<ByModel>(this.ofTenants, tenant, () => newLevel());
    const byVersion = branch<Level<Level<Leaf>>>(tree, call.provider, newLevel);
    const byModel = branch<Level<Leaf>>(byVersion, call.version, newLevel);
    const leaf = branch<Leaf>(byModel, call.model, () => ({
      standard: undefined,
      tiers: new Map(),
    }));
    if (call.serviceTier === '') leaf.standard = offers;
    else leaf.tiers.set(call.serviceTier, offers);
    this.size++;
  }
}
