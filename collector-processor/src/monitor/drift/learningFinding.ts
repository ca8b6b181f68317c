import { chiSquareTest } from '../../stats/chiSquare';
import { momentsOf, usable } from './binOrder';
import { type FeatureWindow, totalOf } from './featureCounts';
import { foldRare } from './foldRare';
import type { FeatureReference } from './featureReference';
import { change, type Finding, upOrDown } from './finding';
import { topPlace } from './shareFindings';
import { shareEffect } from './shareTest';

/**
 * What a window shows against a reference that is too short for a calibrated test: effects only. Categories have the
 * p-value of rows that are independent of each other, which is for people to judge and decides nothing.
 */
export function learningFinding(reference: FeatureReference, window: FeatureWindow): Finding {
  return reference.bins.kind === 'number'
    ? learningNumber(reference, window)
    : learningCategory(reference, window);
}

function learningNumber(reference: FeatureReference, window: FeatureWindow): Finding {
  const { mean, sd } = momentsOf(reference.order, window);
  const shift = (mean - reference.mean) / reference.sd;
  // A reference with one value has no scale of its own; the window's own spread is the next best.
  const effect =
    reference.sd > 0 ? shift : mean === reference.mean ? 0 : (mean - reference.mean) / sd;
  const known = Number.isFinite(effect);
  const amount = Math.abs(effect).toFixed(2);
  const direction = known && effect !== 0 ? `mean ${upOrDown(effect)} ${amount} sd` : '';
  return { rule: 'effect', p: NaN, effect: known ? effect : NaN, direction };
}

function learningCategory(reference: FeatureReference, window: FeatureWindow): Finding {
  const [before, now] = [
    usable(reference.order, reference.baseline),
    usable(reference.order, window),
  ];
  const p = chiSquareTest(...foldRare(before, now), 0).p;
  const top = topPlace(reference, window);
  if (top === undefined) return { rule: 'chi_square', p, effect: 0, direction: '' };
  const from = { count: reference.baseline.counts[top]!, n: totalOf(reference.baseline.counts) };
  const to = { count: window.counts[top]!, n: totalOf(window.counts) };
  const name = reference.bins.categories[top];
  const label = name === undefined ? 'other categories' : `category ${JSON.stringify(name)}`;
  const direction = `${label} ${change(from.count / from.n, to.count / to.n)}`;
  return { rule: 'chi_square', p, effect: shareEffect(from, to), direction };
}
