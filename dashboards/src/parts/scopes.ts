import type { Scope } from '@plumbline/schemas/queries';

/** What the variables of a dashboard restrict. */
export const MODELS = {
  environment: { variable: 'environment' },
  model: { variable: 'model' },
  version: { variable: 'version' },
} as const satisfies Scope;

export const SEGMENTS = { ...MODELS, segment: { variable: 'segment' } } as const satisfies Scope;

export const FEATURES = { ...SEGMENTS, feature: { variable: 'feature' } } as const satisfies Scope;

/** Checks and calls know features, but no segments. */
export const MODEL_FEATURES = {
  ...MODELS,
  feature: { variable: 'feature' },
} as const satisfies Scope;
