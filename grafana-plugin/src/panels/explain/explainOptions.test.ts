import { explainData } from './explainOptions';

const contributions = [
  { feature: 'age', contribution: -0.2, base_value: 0.3 },
  { feature: 'amount', contribution: 0.5, base_value: 0.3 },
];

describe('what the panel draws', () => {
  it('is a waterfall of contributions, from their base', () => {
    expect(explainData(contributions, 'auto')).toEqual({
      view: 'waterfall',
      base: 0.3,
      features: [
        { feature: 'age', value: -0.2 },
        { feature: 'amount', value: 0.5 },
      ],
    });
  });

  it('is a ranking of importance, or of contributions where that is asked for', () => {
    const ranked = { view: 'importance', features: [{ feature: 'b', value: 2 }] };
    expect(explainData([{ feature: 'b', importance: 2 }], 'auto')).toEqual(ranked);
    expect(explainData(contributions, 'importance')).toMatchObject({
      features: [{ feature: 'amount' }, { feature: 'age', value: 0.2 }],
    });
  });

  it('is nothing where the columns are missing', () => {
    expect(explainData([{ feature: 'a', importance: null }], 'auto')).toEqual({ view: 'none' });
    expect(explainData([{ feature: 'a', importance: 1 }], 'waterfall')).toEqual({ view: 'none' });
  });
});
