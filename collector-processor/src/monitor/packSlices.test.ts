import { describe, expect, test } from '@jest/globals';
import { halve, packSlices } from './packSlices';

const MINUTE = 60_000;
const limits = { widthMs: MINUTE, maxRows: 100 };
const loads = (...pairs: [minute: number, rows: number][]) =>
  pairs.map(([minute, rows]) => ({ startMs: minute * MINUTE, rows }));
const minutes = (slices: ReturnType<typeof packSlices>) =>
  slices.map(({ fromMs, toMs }) => [fromMs / MINUTE, toMs / MINUTE]);

describe('packSlices', () => {
  test('takes as many windows as the rows allow', () => {
    expect(minutes(packSlices(loads([1, 60], [2, 40], [3, 1]), limits))).toEqual([
      [1, 3],
      [3, 4],
    ]);
  });

  test('a window over the limit stands alone', () => {
    expect(minutes(packSlices(loads([1, 1], [2, 500], [3, 1]), limits))).toEqual([
      [1, 2],
      [2, 3],
      [3, 4],
    ]);
  });

  test('never crosses midnight', () => {
    expect(minutes(packSlices(loads([1439, 1], [1440, 1]), limits))).toEqual([
      [1439, 1440],
      [1440, 1441],
    ]);
  });

  test('works backwards in time', () => {
    expect(minutes(packSlices(loads([9, 50], [7, 50], [3, 1]), limits))).toEqual([
      [7, 10],
      [3, 4],
    ]);
  });

  test('nothing gives nothing', () => {
    expect(packSlices([], limits)).toEqual([]);
  });
});

describe('halve', () => {
  test('gives two ranges that hold all windows, and gives up on one window', () => {
    const [slice] = packSlices(loads([1, 1], [2, 1], [5, 1]), limits);
    const halves = halve(slice!, MINUTE)!;
    expect(minutes(halves)).toEqual([
      [1, 2],
      [2, 6],
    ]);
    expect(halve(halves[0], MINUTE)).toBeUndefined();
  });
});
