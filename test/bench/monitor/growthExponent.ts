export interface Cost {
  readonly models: number;
  readonly cpuS: number;
}

/**
 * The exponent b of cost ~ models^b: the steepest step from one size to the next, so that a fixed cost, which flattens the
 * small sizes, does not hide what the large ones do.
 */
export function growthExponent(costs: readonly Cost[]): number {
  const steps = costs.slice(1).map((one, k) => {
    const before = costs[k]!;
    return Math.log(one.cpuS / before.cpuS) / Math.log(one.models / before.models);
  });
  return Math.max(...steps);
}
