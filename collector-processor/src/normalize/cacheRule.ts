import { type CacheKeyRule, countingOfEmitter, countingOfProvider } from './tokenEmitters';

/** Everything that speaks for or against cached tokens being part of the input count. */
export interface CacheEvidence {
  /** Tokens as told; NaN where not. */
  readonly input: number;
  readonly output: number;
  readonly total: number;
  /** Tokens read from and written to the cache. */
  readonly cached: number;
  readonly keyRule: CacheKeyRule;
  readonly scope: string;
  readonly scopeVersion: string;
  /** Canonical name. */
  readonly provider: string;
  readonly model: string;
}

/** The decision and its reason; the texts of `Inference.tokenRule`. */
export type CacheRule =
  | 'exclusive:proven'
  | 'exclusive:total'
  | 'exclusive:emitter'
  | 'exclusive:vercel5'
  | 'inclusive:emitter'
  | 'inclusive:semconv'
  | 'inclusive:openinference'
  | 'inclusive:vercel'
  | 'inclusive:provider'
  | 'undecided:emitter'
  | 'undecided:unknown';

const INCLUSIVE = {
  semconv: 'inclusive:semconv',
  openinference: 'inclusive:openinference',
  vercel: 'inclusive:vercel',
} as const;

/**
 * Whether the input count includes the cached tokens. Arithmetic comes first, for it cannot be mistaken: a part cannot
 * exceed its whole. Then what is known of the emitter, then what the attributes' names promise, then the provider's
 * API, but only when it counts them in: an emitter may have added up what the API tells apart.
 */
export function decideCacheRule(evidence: CacheEvidence): CacheRule {
  const { input, output, total, cached, keyRule, provider, model } = evidence;
  if (cached > input) return 'exclusive:proven';
  if (total === input + output + cached) return 'exclusive:total';
  const emitter = countingOfEmitter(evidence.scope, evidence.scopeVersion, provider);
  if (emitter === 'inclusive') return 'inclusive:emitter';
  if (emitter === 'exclusive') return 'exclusive:emitter';
  const namesCount = emitter === undefined;
  if (namesCount && keyRule !== '' && keyRule !== 'vercel5') return INCLUSIVE[keyRule];
  const ofProvider = countingOfProvider(provider, model);
  if (ofProvider === 'inclusive') return 'inclusive:provider';
  if (namesCount && keyRule === 'vercel5' && ofProvider === 'exclusive') return 'exclusive:vercel5';
  return namesCount ? 'undecided:unknown' : 'undecided:emitter';
}
