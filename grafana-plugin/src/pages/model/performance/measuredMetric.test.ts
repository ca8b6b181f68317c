/** @jest-environment node */
import { isRealGap, measuredMetricOf, metricText } from './measuredMetric';

const gap = (metric: string, low: number | null, high: number | null) =>
  isRealGap(measuredMetricOf({ metric, low, high }));

describe('a difference between groups', () => {
  it('is real where its interval leaves out no difference', () => {
    expect(gap('demographic_parity_difference', -0.1, 0.1)).toBe(false);
    expect(gap('demographic_parity_difference', 0.01, 0.1)).toBe(true);
    expect(gap('disparate_impact_ratio', 0.5, 0.9)).toBe(true);
    expect(gap('disparate_impact_ratio', 0.9, 1.1)).toBe(false);
  });

  it('is not known without an interval, or of a metric that is no difference', () => {
    expect(gap('disparate_impact_ratio', null, 1)).toBeUndefined();
    expect(gap('accuracy', 0.5, 0.9)).toBeUndefined();
  });
});

it('calls a metric that nobody gave a name as it is called', () => {
  expect(metricText('toxicity')).toBe('toxicity');
});
