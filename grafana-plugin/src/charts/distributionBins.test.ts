/** @jest-environment node */
import { distributionBins, type StoredBin } from './distributionBins';

const TEXTS = { number: String, missing: 'MISSING', fresh: 'NEW', other: 'OTHER' };
const bin = (low: number | null, high: number | null, label = '', current = 0.1): StoredBin => ({
  low,
  high,
  label,
  reference: 0,
  current,
});

describe('distributionBins', () => {
  it('puts single values where they belong, and missing and new last', () => {
    const bins = [
      bin(null, 1),
      bin(1, 5),
      bin(5, null),
      bin(3, 3),
      bin(5, 5),
      bin(null, null, 'missing'),
      bin(null, null, 'new', 0),
    ];
    expect(distributionBins(bins, TEXTS).map(({ label }) => label)).toEqual([
      '< 1',
      '1 – 5',
      '= 3',
      '= 5',
      '≥ 5',
      'MISSING',
    ]);
  });

  it('keeps categories in their order, also one that is called like a number', () => {
    const bins = [bin(null, null, 'fr'), bin(null, null, '1'), bin(null, null, 'other')];
    expect(distributionBins(bins, TEXTS).map(({ label }) => label)).toEqual(['fr', '1', 'OTHER']);
  });

  it('keeps a side without rows unknown', () => {
    const [only] = distributionBins([{ ...bin(0, 1), reference: null }], TEXTS);
    expect(only).toEqual({ label: '0 – 1', reference: null, current: 0.1 });
  });
});
