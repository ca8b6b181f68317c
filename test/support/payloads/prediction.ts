import type { SpanSort } from './spanKinds';

const MODELS = ['fraud-detector', 'churn-xgb', 'ranker-v3', 'ctr-dnn'];
const FEATURES = [
  'amount',
  'age_days',
  'txn_7d',
  'txn_30d',
  'velocity_1h',
  'distance',
  'hour',
  'shop',
  'device',
  'basket',
];

/** A prediction of a classical model with ten double features; 18 attributes. */
export const prediction: SpanSort = (random) => {
  const model = random.pick(MODELS);
  return {
    name: `predict ${model}`,
    otlpKind: 1,
    inference: true,
    write: (attributes) => {
      attributes.text('ml.model.name', model);
      attributes.text('ml.model.version', `2024.${random.below(12)}`);
      attributes.text('ml.model.type', 'binary');
      attributes.uniqueText('ml.prediction.id', '', random.hex(24));
      attributes.double('ml.prediction.score', random.unit());
      attributes.text('ml.prediction.label', random.pick(['approve', 'deny', 'review']));
      for (const feature of FEATURES) {
        attributes.double(`ml.feature.${feature}`, 500 + 120 * random.normal());
      }
      attributes.text('ml.segment.country', random.pick(['DE', 'FR', 'US', 'JP', 'BR']));
      attributes.text('session.id', random.hex(8));
    },
  };
};
