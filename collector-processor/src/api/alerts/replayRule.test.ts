import { type Point, replayRule, type RuleCondition } from './replayRule';

const MINUTE = 60_000;
/** One evaluation a minute. */
const series = (...values: (number | null)[]): Point[] =>
  values.map((value, at) => ({ timeMs: at * MINUTE, value }));
const above = (changes: Partial<RuleCondition> = {}): RuleCondition => ({
  ...{ comparison: 'above', thresholds: [5], forMs: 0, noData: 'ok' },
  ...changes,
});
const times = (points: Point[], condition: RuleCondition) =>
  replayRule(points, condition).map(({ fromMs, toMs, open }) => [
    fromMs / MINUTE,
    toMs / MINUTE,
    open,
  ]);

it('fires from the first evaluation above the threshold to the first that is not', () => {
  expect(times(series(1, 6, 7, 5, 6, 1), above())).toEqual([
    [1, 3, false],
    [4, 5, false],
  ]);
  expect(replayRule(series(1, 6, 9, 7, 1), above())[0]!.worst).toBe(9);
});

it('waits as long as the rule says, and starts anew after a gap', () => {
  const points = series(6, 6, 1, 6, 6, 6, 6);
  expect(times(points, above({ forMs: 2 * MINUTE }))).toEqual([[5, 6, true]]);
  expect(times(points, above({ forMs: 4 * MINUTE }))).toEqual([]);
});

it('takes what is missing as the rule says', () => {
  const points = series(6, null, 6, null, null, 1);
  expect(times(points, above())).toEqual([
    [0, 1, false],
    [2, 3, false],
  ]);
  expect(times(points, above({ noData: 'keep' }))).toEqual([[0, 5, false]]);
  expect(times(series(1, null, null), above({ noData: 'firing' }))).toEqual([[1, 2, true]]);
  expect(replayRule(series(null), above({ noData: 'firing' }))[0]!.worst).toBeNull();
});

it.each<[RuleCondition['comparison'], readonly [number] | readonly [number, number], number[][]]>([
  ['below', [3], [[0, 2]]],
  ['outside', [2, 5], [[0, 1], [4, 5]]],
  ['within', [2, 5], [[2, 4]]],
])('compares %s %j', (comparison, thresholds, expected) => {
  const found = times(series(1, 2, 3, 4, 9, 5), above({ comparison, thresholds }));
  expect(found.map(([from, to]) => [from, to])).toEqual(expected);
});

it('is silent about nothing', () => {
  expect(replayRule([], above())).toEqual([]);
});
