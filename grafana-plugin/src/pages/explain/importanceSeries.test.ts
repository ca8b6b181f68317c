/** @jest-environment node */
import { importanceSeries } from './importanceSeries';

const point = (time: string, feature: string, importance: number, n: number) => ({
  ...{ time: `2026-11-20T${time}:00Z`, feature, importance, n },
  mean: -importance,
});

describe('importanceSeries', () => {
  it('weighs each time by its predictions and puts the strongest first', () => {
    const [first, second] = importanceSeries([
      point('11:00', 'age', 0.1, 10),
      point('10:00', 'amount', 1, 1),
      point('11:00', 'amount', 0.4, 3),
      point('10:00', 'age', 0.1, 10),
    ]);
    expect(first).toMatchObject({ feature: 'amount', n: 4 });
    expect(first?.importance).toBeCloseTo(0.55);
    expect(first?.mean).toBeCloseTo(-0.55);
    expect(second?.points.map(({ timeMs }) => timeMs)).toEqual([
      Date.parse('2026-11-20T10:00:00Z'),
      Date.parse('2026-11-20T11:00:00Z'),
    ]);
  });

  it('has nothing of nothing', () => {
    expect(importanceSeries([])).toEqual([]);
  });
});
