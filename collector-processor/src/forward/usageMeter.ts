import type { ModelUsage } from '../core/modelUsage';

/** Sums of one combination of labels, or of all that are too many: those have a currency only. */
export interface UsageSeries extends ModelUsage {
  readonly overflow: boolean;
}

/** Currencies are senders' text too. Costs in further ones are left out: amounts in different ones do not add up. */
const MAX_OVERFLOW_CURRENCIES = 20;

/** Adds up what models used. */
export class UsageMeter {
  private readonly maxSeries: number;
  private readonly known = new Map<string, UsageSeries>();
  private readonly overflow = new Map<string, UsageSeries>();
  private readonly overflowed = new Set<string>();

  /** `maxSeries`: combinations of labels that are told apart; further ones are added up without their labels. */
  constructor(maxSeries: number) {
    this.maxSeries = maxSeries;
  }

  add(usage: ModelUsage): void {
    const { tenant, environment, model, provider, service, currency } = usage;
    const key = JSON.stringify([tenant, environment, model, provider, service, currency]);
    const known = this.known.get(key);
    if (known !== undefined) addTo(known, usage);
    else if (this.known.size < this.maxSeries) this.known.set(key, copyOf(usage, false));
    else {
      // Counted up to as many again: telling how many they were must not take what the limit saves.
      if (this.overflowed.size < this.maxSeries) this.overflowed.add(key);
      this.addToOverflow(usage);
    }
  }

  /** The sums since the last `clear`. */
  series(): readonly UsageSeries[] {
    return [...this.known.values(), ...this.overflow.values()];
  }

  /** Begins anew; returns how many combinations of labels had no room. */
  clear(): number {
    const overflowed = this.overflowed.size;
    this.known.clear();
    this.overflow.clear();
    this.overflowed.clear();
    return overflowed;
  }

  private addToOverflow(usage: ModelUsage): void {
    const known = this.overflow.get(usage.currency);
    if (known !== undefined) addTo(known, usage);
    else if (this.overflow.size < MAX_OVERFLOW_CURRENCIES) {
      const nothing = { tenant: '', environment: '', model: '', provider: '', service: '' };
      this.overflow.set(usage.currency, copyOf({ ...usage, ...nothing }, true));
    } else {
      const { tokens } = this.overflow.values().next().value!;
      for (let i = 0; i < tokens.length; i++) tokens[i]! += usage.tokens[i]!;
    }
  }
}

const copyOf = (usage: ModelUsage, overflow: boolean): UsageSeries => ({
  ...usage,
  tokens: usage.tokens.slice(),
  costs: usage.costs.slice(),
  overflow,
});

function addTo({ tokens, costs }: UsageSeries, usage: ModelUsage): void {
  for (let i = 0; i < tokens.length; i++) {
    tokens[i]! += usage.tokens[i]!;
    costs[i]! += usage.costs[i]!;
  }
}
