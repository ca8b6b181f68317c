/** @jest-environment node */
import {
  byEvidence,
  COMPARE_DEFAULTS,
  type Compared,
  comparedFeature,
  sidesOf,
} from './comparison';

const HOUR = 3_600_000;
const compared = (feature: string, more: Partial<Compared>): Compared => ({
  ...{ feature, effect: 0.1, direction: '', rule: 'bridge', p_value: 0.2, q_value: 0.3 },
  ...{ detectable_effect: 0.2, n: 10, reference_n: 20, psi: 0, js: 0, ks: 0, wasserstein: 0 },
  ...more,
});

describe('the sides of a comparison', () => {
  const page = { fromMs: 100 * HOUR + 5, toMs: 124 * HOUR + 7 };

  it('are the range of the page and as much before it, in whole hours', () => {
    const { reference, current } = sidesOf(COMPARE_DEFAULTS, page);
    expect(current).toEqual({ fromMs: 100 * HOUR, toMs: 124 * HOUR, version: '*', segment: '' });
    expect(reference).toEqual({ fromMs: 76 * HOUR, toMs: 100 * HOUR, version: '*', segment: '' });
  });

  it('are never empty, and take times of the address at their word', () => {
    const { current } = sidesOf(COMPARE_DEFAULTS, { fromMs: 10 * HOUR + 1, toMs: 10 * HOUR + 2 });
    expect(current).toMatchObject({ fromMs: 9 * HOUR, toMs: 10 * HOUR });
    const given = sidesOf({ ...COMPARE_DEFAULTS, refFrom: '5', curTo: 'x' }, page);
    expect(given.reference.fromMs).toBe(5);
    expect(given.current.toMs).toBe(124 * HOUR);
  });
});

describe('what was compared', () => {
  it('differs only where chance over all features would not have shown as much', () => {
    expect(comparedFeature(compared('a', { q_value: 0.05 })).status).toBe('drift');
    expect(comparedFeature(compared('a', { q_value: 0.06 })).status).toBe('ok');
    expect(comparedFeature(compared('a', { p_value: null, q_value: null })).status).toBe('unknown');
  });

  it('is listed by evidence, what was not tested last', () => {
    const list = [
      compared('untested', { q_value: null, effect: 9 }),
      compared('small', { q_value: 0, effect: 0.1 }),
      compared('large', { q_value: 0, effect: -2 }),
    ];
    expect(list.toSorted(byEvidence).map(({ feature }) => feature)).toEqual([
      'large',
      'small',
      'untested',
    ]);
  });
});
