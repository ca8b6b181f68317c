/** @jest-environment node */
import { changeOf, metricsOf, referenceOf, versionFacts } from './versionFacts';

const answers = {
  states: [
    { version: '3', stage: '' },
    { version: '2', stage: '' },
    { version: '1', stage: 'production' },
  ],
  traffic: [{ version: '2', requests: 5 }],
  drift: [],
  quality: [{ version: '3', violation_rate: 0.1 }],
  performance: [
    { version: '3', metric: 'f1', value: 0.8, low: null, high: 0.9 },
    { version: '1', metric: 'accuracy', value: 0.7, low: 0.6, high: 0.8 },
  ],
};

describe('versions side by side', () => {
  const versions = versionFacts(answers, 8);

  it('have what is known of each, and nothing of the others', () => {
    expect(versions.map(({ version }) => version)).toEqual(['3', '2', '1']);
    expect(versions[0]).toMatchObject({ traffic: {}, quality: { violation_rate: 0.1 } });
    expect(versions[1]?.traffic).toEqual({ version: '2', requests: 5 });
    expect(versions[0]?.metrics.get('f1')).toEqual({ value: 0.8, low: null, high: 0.9 });
    expect(metricsOf(versions)).toEqual(['accuracy', 'f1']);
    expect(versionFacts(answers, 2)).toHaveLength(2);
  });

  it('are compared with what was asked for, then production, then the one before', () => {
    expect(referenceOf(versions, '2')?.version).toBe('2');
    expect(referenceOf(versions, undefined)?.version).toBe('1');
    expect(referenceOf(versions, 'gone')?.version).toBe('1');
    expect(referenceOf(versions.slice(0, 2), undefined)?.version).toBe('2');
    expect(referenceOf([], undefined)).toBeUndefined();
  });

  it('differ by a share of the reference where there is one', () => {
    expect(changeOf(3, 2)).toBe(0.5);
    expect(changeOf(-3, -2)).toBe(-0.5);
    expect(changeOf(3, 0)).toBeNull();
    expect(changeOf(null, 2)).toBeNull();
  });
});
