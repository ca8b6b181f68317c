import { directionText, driftTone, effectText } from './driftTexts';

describe('drift in words', () => {
  it.each([
    ['mean up 0.31 sd', 'mean up by 0.31 standard deviations'],
    ['spread down', 'less spread'],
    ['spread up (sd × 1.40)', 'more spread (standard deviation × 1.40)'],
    ['upper tail 1% → 12%', 'very high values 1% → 12%'],
    ['missing 0.2% → 30%', 'missing values 0.2% → 30%'],
    ['de 10% → 40%', 'de 10% → 40%'],
    ['missing persons 10% → 40%', 'missing persons 10% → 40%'],
    ['', ''],
  ])('says %s', (told, words) => {
    expect(directionText(told)).toBe(words);
  });

  it('calls only what pages bad, and what was not decided neither good nor bad', () => {
    expect(driftTone('drift', true)).toBe('bad');
    expect(driftTone('drift', false)).toBe('warn');
    expect(driftTone('learning', false)).toBe('unknown');
  });

  it('tells an unknown effect from none', () => {
    expect(effectText(null)).toBe('Effect not known');
    expect(effectText(0)).toBe('Hardly any effect (0 sd)');
    expect(effectText(-1.234)).toBe('Large effect (-1.23 sd)');
  });
});
