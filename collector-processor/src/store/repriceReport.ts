/** What repricing changed in one currency, in billionths, rollups left out as in every sum. */
export interface MoneyDifference {
  readonly currency: string;
  /** What the changed calls cost before in this currency, and what they cost now; unknown costs count as nothing. */
  readonly beforeNano: bigint;
  readonly afterNano: bigint;
}

export interface RepriceReport {
  readonly rowsRead: number;
  readonly rowsChanged: number;
  /** By currency, in alphabetical order. */
  readonly differences: readonly MoneyDifference[];
}

/** Adds up a report. */
export class RepriceTally {
  rowsRead = 0;
  rowsChanged = 0;
  private readonly money = new Map<string, { beforeNano: bigint; afterNano: bigint }>();

  /** Costs in billionths, NaN where unknown. */
  add(side: 'beforeNano' | 'afterNano', currency: string, cost: number): void {
    if (Number.isNaN(cost)) return;
    let money = this.money.get(currency);
    if (money === undefined) this.money.set(currency, (money = { beforeNano: 0n, afterNano: 0n }));
    money[side] += BigInt(cost);
  }

  report(): RepriceReport {
    const differences = [...this.money]
      .map(([currency, money]) => ({ currency, ...money }))
      .sort((a, b) => a.currency.localeCompare(b.currency));
    return { rowsRead: this.rowsRead, rowsChanged: this.rowsChanged, differences };
  }
}
