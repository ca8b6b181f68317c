import { extentOf, linearScale, ticksIn } from './scale';

describe('scales', () => {
  it('maps ends to ends, and no extent to the middle', () => {
    const scale = linearScale({ from: 0, to: 10 }, { from: 100, to: 0 });
    expect([scale(0), scale(10), scale(2.5)]).toEqual([100, 0, 75]);
    expect(linearScale({ from: 3, to: 3 }, { from: 0, to: 10 })(3)).toBe(5);
  });

  it('finds the extent of what is known', () => {
    expect(extentOf([null, 3, NaN, -1], [0])).toEqual({ from: -1, to: 3 });
    expect(extentOf([null])).toEqual({ from: 0, to: 0 });
    expect(extentOf(Array.from({ length: 500_000 }, (_, index) => index)).to).toBe(499_999);
  });

  it('ticks at round numbers', () => {
    expect(ticksIn({ from: 0, to: 1 }, 4)).toEqual([0, 0.5, 1]);
    expect(ticksIn({ from: 0.05, to: 0.32 }, 3)).toEqual([0.1, 0.2, 0.3]);
    expect(ticksIn({ from: 7, to: 7 }, 4)).toEqual([7]);
  });
});
