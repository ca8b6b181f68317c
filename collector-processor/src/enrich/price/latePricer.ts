import { createPricer, type Pricer } from './pricer';

/** A pricer whose prices come later: until then it knows none. For who must be wired before the prices can be read. */
export interface LatePricer extends Pricer {
  use(pricer: Pricer): void;
}

export function createLatePricer(): LatePricer {
  let current = createPricer([]);
  return {
    price(inference) {
      current.price(inference);
    },
    priceSum(usage, sum) {
      current.priceSum(usage, sum);
    },
    get problems() {
      return current.problems;
    },
    get counts() {
      return current.counts;
    },
    use(pricer) {
      current = pricer;
    },
  };
}
