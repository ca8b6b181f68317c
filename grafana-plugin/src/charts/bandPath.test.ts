import { bandPath, linePath } from './bandPath';

const same = (value: number) => value;

describe('paths', () => {
  const points = [
    { timeMs: 0, value: 1, low: 0, high: 2 },
    { timeMs: 1, value: null },
    { timeMs: 2, value: 3, low: 2, high: 4 },
    { timeMs: 3, value: 4, low: 3, high: 5 },
  ];

  it('breaks the line where nothing is known', () => {
    expect(linePath(points, same, same)).toBe('M0.0,1.0M2.0,3.0L3.0,4.0');
  });

  it('closes the band at gaps', () => {
    expect(bandPath(points, same, same)).toBe('M0.0,2.0L0.0,0.0ZM2.0,4.0L3.0,5.0L3.0,3.0L2.0,2.0Z');
  });
});
