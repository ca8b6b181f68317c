import { describeBins } from '@plumbline/schemas';
import { chiSquareTest } from '../../stats/chiSquare';
import { detectableDifference } from '../../stats/detectableDifference';
import { usable } from '../drift/binOrder';
import { distancesOf } from '../drift/distancesOf';
import { DRIFT_DEFAULTS } from '../drift/driftSettings';
import { type FeatureCounts, totalOf } from '../drift/featureCounts';
import { type FeatureReference, featureReference } from '../drift/featureReference';
import { change, type Finding } from '../drift/finding';
import { foldRare } from '../drift/foldRare';
import { learningFinding } from '../drift/learningFinding';
import type { ComparedFeature } from './comparison';
import { bridgeP } from './nullTables';
import type { FeatureSides } from './readSides';

/** As in evaluateFeature: the main test has most of the level, what is left is for rows without a usable value. */
const MAIN_LEVEL = 0.9;

/** Tests a feature, for rows that are independent of each other: no season is known here. `q` is that of this feature alone. */
export function compareFeature({ feature, bins, ...sides }: FeatureSides): ComparedFeature {
  const baseline = { ...sides.reference, baseline: '', fromMs: 0, toMs: 0 };
  const reference = featureReference(bins, baseline, [], DRIFT_DEFAULTS);
  const [m, n] = [totalOf(sides.reference.counts), totalOf(sides.current.counts)];
  const found =
    m > 0 && n > 0 ? findingOf(reference, sides) : { rule: '', p: NaN, effect: NaN, direction: '' };
  const shareOf = ({ counts }: FeatureCounts, place: number, all: number): number =>
    (counts[place] ?? 0) / all;
  return {
    feature,
    kind: bins.kind,
    ...found,
    q: found.p,
    detectableEffect: detectableOf(reference, sides),
    n,
    referenceN: m,
    ...distancesOf(reference, sides.current),
    bins: describeBins(bins).map((text, place) => ({
      ...text,
      referenceShare: shareOf(sides.reference, place, m),
      share: shareOf(sides.current, place, n),
    })),
  };
}

type Sides = Pick<FeatureSides, 'reference' | 'current'>;

function findingOf(reference: FeatureReference, { current, ...sides }: Sides): Finding {
  const main = mainFinding(reference, { current, ...sides });
  const share = missingFinding(reference, { current, ...sides });
  const mainP = main.p / MAIN_LEVEL;
  const shareP = share.p / (1 - MAIN_LEVEL);
  return shareP < mainP || (Number.isNaN(mainP) && shareP >= 0)
    ? { ...share, p: Math.min(1, shareP) }
    : { ...main, p: Math.min(1, mainP) };
}

function mainFinding(reference: FeatureReference, { current, ...sides }: Sides): Finding {
  const window = { ...current, timeMs: 0 };
  const [before, now] = [
    usable(reference.order, sides.reference),
    usable(reference.order, current),
  ];
  if (reference.bins.kind === 'number') {
    const told = learningFinding(reference, window);
    return { ...told, rule: 'bridge', p: bridgeP(before, now) };
  }
  const p = chiSquareTest(...foldRare(before, now), 0).p;
  return { rule: 'chi_square', p, ...categoryChange(reference, before, now) };
}

/** The category whose share moved most, as 2 arcsin √q − 2 arcsin √p. */
function categoryChange(
  { bins, order }: FeatureReference,
  before: readonly number[],
  now: readonly number[],
): Pick<Finding, 'effect' | 'direction'> {
  const [m, n] = [totalOf(before), totalOf(now)];
  const arc = (share: number): number => 2 * Math.asin(Math.sqrt(share));
  const effects = now.map((count, k) => arc(count / n) - arc(before[k]! / m));
  const sizes = effects.map(Math.abs);
  const k = sizes.indexOf(Math.max(...sizes));
  if (k < 0) return { effect: NaN, direction: '' };
  const name = bins.categories[order.places[k]!];
  const label = name === undefined ? 'other categories' : `category ${JSON.stringify(name)}`;
  return { effect: effects[k]!, direction: `${label} ${change(before[k]! / m, now[k]! / n)}` };
}

/** Rows without a usable value: missing, or of a kind that was never seen. */
function missingFinding({ order }: FeatureReference, { reference, current }: Sides): Finding {
  const split = ({ counts }: FeatureCounts): number[] => {
    const [missing, fresh] = [counts[order.missing] ?? 0, counts[order.new] ?? 0];
    return [totalOf(counts) - missing - fresh, missing, fresh];
  };
  const [before, now] = [split(reference), split(current)];
  const [m, n] = [totalOf(before), totalOf(now)];
  const moved = (place: number): number =>
    2 * (Math.asin(Math.sqrt(now[place]! / n)) - Math.asin(Math.sqrt(before[place]! / m)));
  const place = Math.abs(moved(1)) >= Math.abs(moved(2)) ? 1 : 2;
  const what = place === 1 ? 'missing' : 'new values';
  return {
    rule: place === 1 ? 'missing_share' : 'new_share',
    p: chiSquareTest(...foldRare(before, now), 0).p,
    effect: moved(place),
    direction: `${what} ${change(before[place]! / m, now[place]! / n)}`,
  };
}

const detectableOf = ({ order }: FeatureReference, { reference, current }: Sides): number => {
  const { alpha, power } = DRIFT_DEFAULTS;
  const rows = (one: FeatureCounts): number => totalOf(usable(order, one));
  return detectableDifference({ alpha, power }, rows(reference), rows(current));
};
