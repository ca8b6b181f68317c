import type { DriftNumber } from '../../queries/driftFeature';

export interface DriftOptions {
  /** What the rows of the query are: features, or the bins of one. */
  readonly view: 'ranking' | 'distribution';
  readonly measure: DriftNumber;
  readonly limit: number;
}

export const DEFAULT_LIMIT = 10;
export const MOST_FEATURES = 200;
