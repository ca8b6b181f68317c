import { createBoundedLabel } from '../boundedLabel';
import type { Instruments } from '../instruments';

export interface InferencesCounted {
  readonly convention: string;
  /** `ok` or `error`. */
  readonly status: string;
  readonly n: number;
}

export interface Unpriced {
  readonly provider: string;
  readonly model: string;
  readonly n: number;
}

/** What was recognised in accepted requests; told once per block. */
export const createInferenceEvents = (instruments: Instruments) => {
  const inferences = instruments.counter(
    'plumbline_inferences_total',
    'Model calls and predictions recognised, before de-duplication.',
    ['convention', 'status'],
  );
  const unpriced = instruments.counter(
    'plumbline_inferences_unpriced_total',
    'Model calls with token usage for which no price is known.',
    ['provider', 'model'],
  );
  // Models are free text of senders; provider and model share one bound because they occur in pairs.
  const bounded = createBoundedLabel(200);
  return {
    /** A row of `ml_prices` that cannot be used, told at start. */
    priceRefused: ({ reason }: { readonly reason: string }): void => {
      instruments.log('warn', 'priceRefused', { reason }, 'left out a price');
    },
    inferencesCounted: ({ convention, status, n }: InferencesCounted): void => {
      inferences.inc({ convention, status }, n);
    },
    unpriced: ({ provider, model, n }: Unpriced): void => {
      const pair = bounded(`${provider}\n${model}`);
      const [providerLabel = '', modelLabel = 'other'] = pair.split('\n');
      unpriced.inc({ provider: providerLabel, model: modelLabel }, n);
      const fields = { provider, model, count: n };
      instruments.logLimited('warn', 'unpriced', pair, fields, 'no price is known for a model');
    },
  };
};
