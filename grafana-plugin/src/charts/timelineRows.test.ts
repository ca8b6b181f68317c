/** @jest-environment node */
import { timelineRows } from './timelineRows';

const firing = (name: string, fromMs: number, toMs: number) => ({ name, fromMs, toMs });

describe('timelineRows', () => {
  it('has one row for all firings of a thing, the longest first', () => {
    const short = firing('a', 0, 5);
    const long = [firing('b', 0, 3), firing('b', 10, 20)];
    expect(timelineRows([short, ...long], 9)).toEqual({
      rows: [
        { name: 'b', firings: long },
        { name: 'a', firings: [short] },
      ],
      hidden: 0,
    });
  });

  it('counts what it leaves out', () => {
    const all = Array.from({ length: 5 }, (_, n) => firing(String(n), 0, n));
    expect(timelineRows(all, 2)).toMatchObject({ rows: [{ name: '4' }, { name: '3' }], hidden: 3 });
  });
});
