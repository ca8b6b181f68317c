import type { ModelType } from '../core/inference';

/** What senders write into `ml.model.type`, lower case with `_`; anything else is no type we know. */
const TYPES: ReadonlyMap<string, ModelType> = new Map<string, ModelType>([
  ['binary', 'binary'],
  ['binary_classification', 'binary'],
  ['binary_classifier', 'binary'],
  ['multiclass', 'multiclass'],
  ['multiclass_classification', 'multiclass'],
  ['multi_class', 'multiclass'],
  ['regression', 'regression'],
  ['regressor', 'regression'],
  ['ranking', 'ranking'],
  ['ranker', 'ranking'],
  ['reranker', 'ranking'],
  ['llm', 'llm'],
  ['embedding', 'embedding'],
  ['embeddings', 'embedding'],
]);

/** What the canonical operation says about its model; containers hold calls of language models. */
const BY_OPERATION: ReadonlyMap<string, ModelType> = new Map<string, ModelType>([
  ['embeddings', 'embedding'],
  ['rerank', 'ranking'],
]);

/** The type as told; empty when none was told or it is none of ours. */
export function toldModelType(told: string): ModelType {
  if (told === '') return '';
  return TYPES.get(told) ?? TYPES.get(told.toLowerCase().replaceAll(/[\s-]/g, '_')) ?? '';
}

/** The type of a generative model that this operation calls. */
export function modelTypeOf(operation: string): ModelType {
  return BY_OPERATION.get(operation) ?? 'llm';
}
