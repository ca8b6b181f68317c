import { NO_END_MS, type PriceRow } from '../../collector-processor/src/core/priceRow';

/** A price of provider `acme` and model `m`: $1 per million input tokens, for ever, with the differences asked for. */
export const priceRow = (more: Partial<PriceRow> = {}): PriceRow => ({
  tenant: '',
  provider: 'acme',
  modelMatch: 'equals:m',
  modelId: 'm',
  serviceTier: '',
  bucket: 'input',
  nanoPerMillion: 1e9,
  tierStartTokens: 0,
  currency: 'USD',
  validFromMs: 0,
  validToMs: NO_END_MS,
  source: 'contracts',
  priceVersion: 'contracts@1',
  rule: 'acme:m',
  ...more,
});
