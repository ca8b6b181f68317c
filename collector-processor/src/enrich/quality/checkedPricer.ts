import type { Inference } from '../../core/inference';
import { createQualityCheck } from './checkQuality';
import type { ModelContract } from '../../core/contract';

interface Pricer {
  price(inference: Inference): void;
}

/** Checks an inference where it is priced. Without contracts this is the pricer itself. */
export function checkedPricer<P extends Pricer>(
  pricer: P,
  contracts: readonly ModelContract[],
): P | Pricer {
  const check = createQualityCheck(contracts);
  if (check === undefined) return pricer;
  return {
    price(inference) {
      check(inference);
      pricer.price(inference);
    },
  };
}
