import { waterfallSteps } from './waterfallSteps';

const contributions = [
  { label: 'age', value: 0.1 },
  { label: 'amount', value: -0.4 },
  { label: 'country', value: 0.05 },
];

describe('waterfallSteps', () => {
  it('leads from the base to the prediction, the largest first', () => {
    const steps = waterfallSteps(0.5, contributions, 12, 'rest');
    expect(steps.map(({ label }) => label)).toEqual(['amount', 'age', 'country']);
    expect(steps[0]).toMatchObject({ from: 0.5, to: 0.5 - 0.4 });
    expect(steps.at(-1)?.to).toBeCloseTo(0.25);
  });

  it('sums up what there is no room for', () => {
    const steps = waterfallSteps(0.5, contributions, 2, 'rest');
    expect(steps.map(({ label }) => label)).toEqual(['amount', 'rest']);
    expect(steps.at(-1)?.to).toBeCloseTo(0.25);
  });
});
