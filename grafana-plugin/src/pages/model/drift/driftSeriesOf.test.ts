/** @jest-environment node */
import { driftEvidenceOf } from '../../../queries/driftFeature';
import { driftSeries } from './driftSeriesOf';

const windows = [
  { start_ms: '1000', score: -0.4, psi: 0.1, detectable_effect: 0.2, paged: 1 },
  { start_ms: '2000', score: null, psi: null, detectable_effect: null, paged: 0 },
].map(driftEvidenceOf);

describe('driftSeries', () => {
  it('has the size of effects beside what would have shown, and gaps where nothing is known', () => {
    expect(driftSeries(windows, 'score')).toEqual({
      points: [
        { timeMs: 1000, value: 0.4 },
        { timeMs: 2000, value: null },
      ],
      detectable: [
        { timeMs: 1000, value: 0.2 },
        { timeMs: 2000, value: null },
      ],
      pages: [1000],
    });
  });

  it('has no smallest effect for measures without one', () => {
    expect(driftSeries(windows, 'psi').detectable).toEqual([]);
  });
});
