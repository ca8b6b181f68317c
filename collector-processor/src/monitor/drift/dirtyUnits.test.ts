import { packUnits } from './dirtyUnits';

const HOUR = 3_600_000;
const unit = (model: string, features: number, hours: number) => ({
  ...{ tenant: 't', environment: 'e', version: 'v', model, features },
  fromMs: (100 - hours) * HOUR,
});
const pack = (maxRows: number, ...units: ReturnType<typeof unit>[]) =>
  packUnits(units, { toMs: 100 * HOUR, sliceMs: 24 * HOUR, maxRows }).map((list) =>
    list.map(({ model }) => model),
  );

test('units go together up to so many rows, and one that is larger goes alone', () => {
  expect(pack(100, unit('a', 50, 1), unit('b', 50, 1), unit('c', 1, 1))).toEqual([
    ['a', 'b'],
    ['c'],
  ]);
  expect(pack(100, unit('a', 1, 1), unit('b', 500, 1), unit('c', 1, 1))).toEqual([
    ['a'],
    ['b'],
    ['c'],
  ]);
  expect(pack(100)).toEqual([]);
});

test('counts the hours of one statement, not all that are to be decided', () => {
  expect(pack(48, unit('a', 1, 90), unit('b', 1, 90))).toEqual([['a', 'b']]);
  expect(pack(47, unit('a', 1, 90), unit('b', 1, 90))).toEqual([['a'], ['b']]);
});
