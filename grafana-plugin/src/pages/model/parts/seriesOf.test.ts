/** @jest-environment node */
import { seriesBy, seriesOfColumns } from './seriesOf';

const rows = [
  { at: 1, version: 'b', value: 1, low: 0, high: 2 },
  { at: 1, version: 'a', value: null, low: null, high: null },
  { at: 2, version: 'b', value: 3, low: 2, high: 4 },
  { at: 'no time', version: 'b', value: 9 },
];

describe('series of rows', () => {
  it('are told apart by a column, with gaps where a value is not known', () => {
    const columns = { value: 'value', low: 'low', high: 'high' };
    expect(seriesBy(rows, 'version', columns)).toEqual([
      {
        name: 'b',
        points: [
          { timeMs: 1, value: 1, low: 0, high: 2 },
          { timeMs: 2, value: 3, low: 2, high: 4 },
        ],
      },
      { name: 'a', points: [{ timeMs: 1, value: null, low: null, high: null }] },
    ]);
  });

  it('are one for each column', () => {
    expect(seriesOfColumns(rows.slice(0, 1), ['low', 'high'])).toEqual([
      { name: 'low', points: [{ timeMs: 1, value: 0, low: null, high: null }] },
      { name: 'high', points: [{ timeMs: 1, value: 2, low: null, high: null }] },
    ]);
  });
});
