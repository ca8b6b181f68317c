import type { Attributes } from '@opentelemetry/api';
import type { Season } from '../seasons';

/** How a model does on rows it was not trained on, beside what costs no model at all. */
export interface HeldOutScore {
  readonly rows: number;
  /** Mean of the recalls of the classes; always guessing one class gets 1 ÷ classes. */
  readonly balancedAccuracy: number;
  readonly accuracy: number;
  /** Accuracy of always guessing the class that is most frequent among these rows. */
  readonly majorityAccuracy: number;
  /** Mean squared error of the probabilities, summed over the classes. */
  readonly brier: number;
  /** The same for answering each time with the class shares of the training rows. */
  readonly shareBrier: number;
}

/**
 * Share of the squared error of knowing only the class shares that the model takes away: 1 is perfect, 0 is no use.
 * Brier skill score, https://en.wikipedia.org/wiki/Brier_score
 */
export const brierSkill = ({ brier, shareBrier }: HeldOutScore): number => 1 - brier / shareBrier;

/** A trained model with the requests it is asked: rows of the newer part of its data. */
export interface ServedModel {
  readonly service: string;
  readonly name: string;
  readonly version: string;
  /** Who answers for the service. */
  readonly team: string;
  /** HTTP route of the service that serves it. */
  readonly route: string;
  /** Requests to choose from; `pick` and `predict` speak of them by index. */
  readonly requests: number;
  readonly season: Season;
  readonly score: HeldOutScore;
  /** Index of a request that could have come at this time (Unix milliseconds); `uniform` is in [0, 1). */
  pick(atMs: number, uniform: number): number;
  /** What turned out to be true of a request, as a label tells it. */
  truth(request: number): string;
  /** Hours until that is known. */
  readonly truthAfterHours: number;
  /** The `ml.*` attributes of the answers to these requests: identity, features, segments and output. */
  predict(requests: readonly number[]): Attributes[];
}
