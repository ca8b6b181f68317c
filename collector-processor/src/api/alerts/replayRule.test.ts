import { type Point, replayRule, type RuleCondition } from './replayRule';

const MINUTE = 60_000;
/** One evaluation a minute; undefined: no rows at all. */
const series = (...values: (number | null | undefined)[]): Point[] =>
  values.map((value, at) => ({
    timeMs: at * MINUTE,
    value: value ?? null,
    noData: value === undefined,
  }));
const above = (changes: Partial<RuleCondition> = {}): RuleCondition => ({
  ...{ type: 'gt', threshold: 5, forMs: 0, keepMs: 0, noData: 'ok' },
  ...changes,
});
const times = (points: Point[], condition: RuleCondition) =>
  replayRule(points, condition).map(({ fromMs, toMs, open }) => [
    fromMs / MINUTE,
    toMs / MINUTE,
    open,
  ]);

it('fires from the first evaluation beyond the threshold to the first that is not', () => {
  expect(times(series(1, 6, 7, 5, 6, 1), above())).toEqual([
    [1, 3, false],
    [4, 5, false],
  ]);
  expect(replayRule(series(1, 6, 9, 7, 1), above())[0]!.worst).toBe(9);
  const below = above({ type: 'lt' });
  expect(times(series(6, 4, 3, 5), below)).toEqual([[1, 3, false]]);
  expect(replayRule(series(6, 4, 3, 5), below)[0]!.worst).toBe(3);
});

it('waits as long as the rule says, and starts anew after a gap', () => {
  const points = series(6, 6, 1, 6, 6, 6, 6);
  expect(times(points, above({ forMs: 2 * MINUTE }))).toEqual([[5, 6, true]]);
  expect(times(points, above({ forMs: 4 * MINUTE }))).toEqual([]);
});

it('goes on firing as long as the rule says', () => {
  const points = series(6, 1, 6, 1, 1, 1, 1);
  expect(times(points, above({ keepMs: 2 * MINUTE }))).toEqual([[0, 4, false]]);
  // Only what fires goes on: what is pending starts anew.
  expect(times(points, above({ keepMs: 2 * MINUTE, forMs: MINUTE }))).toEqual([]);
});

it('takes no number for normal, and no rows as the rule says', () => {
  expect(times(series(6, null, 6), above({ noData: 'firing' }))).toEqual([
    [0, 1, false],
    [2, 2, true],
  ]);
  const points = series(6, undefined, 6, undefined, 1);
  expect(times(points, above())).toEqual([
    [0, 1, false],
    [2, 3, false],
  ]);
  expect(times(points, above({ noData: 'keep' }))).toEqual([[0, 4, false]]);
  const silent = series(1, undefined, undefined);
  expect(times(silent, above({ noData: 'firing' }))).toEqual([[1, 2, true]]);
  expect(replayRule(silent, above({ noData: 'firing' }))[0]!.worst).toBeNull();
});

it('is silent about nothing', () => {
  expect(replayRule([], above())).toEqual([]);
});
