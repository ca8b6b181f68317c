import { createAdwin } from './adwin';
import { createDdm } from './ddm';
import { eCusumStep, eValue } from './eCusum';
import { createPageHinkley } from './pageHinkley';
import { createRandom } from './random';
import type { StreamDetector } from './streamDetector';

const alarms = (detector: StreamDetector, values: readonly number[]): number[] =>
  values.flatMap((value, index) => (detector.update(value) ? [index] : []));

/** Error rates 10% and, from the middle on, `rate`. */
const errors = (rate: number, seed: number): number[] => {
  const { uniform } = createRandom(seed);
  return Array.from({ length: 4000 }, (_, i) => (uniform() < (i < 2000 ? 0.1 : rate) ? 1 : 0));
};

/** Each with the false alarms it may make in 40,000 stationary values; DDM is known for some. */
describe.each<[string, number, () => StreamDetector]>([
  ['Page-Hinkley', 3, () => createPageHinkley({ threshold: 20 })],
  ['DDM', 8, () => createDdm()],
  ['ADWIN', 1, () => createAdwin()],
])('%s', (_, mostEarly, create) => {
  it('finds a doubled error rate and is quiet before it', () => {
    let found = 0;
    let early = 0;
    for (let seed = 0; seed < 20; seed++) {
      const [first = Infinity] = alarms(create(), errors(0.3, seed));
      if (first < 2000) early++;
      else if (first < 3500) found++;
    }
    expect(early).toBeLessThanOrEqual(mostEarly);
    expect(found).toBeGreaterThanOrEqual(20 - early - 2);
  });
});

describe('the e-CUSUM', () => {
  it('bets so that chance does not win: the mean evidence of uniform p-values is at most 1', () => {
    const { uniform } = createRandom(4);
    let sum = 0;
    for (let i = 0; i < 200_000; i++) sum += eValue(uniform());
    expect(sum / 200_000).toBeLessThan(1.05);
    expect(eValue(1)).toBeLessThan(1);
    expect(eValue(NaN)).toBe(1);
  });

  it('alarms less than once in a threshold of windows, and soon when something is there', () => {
    const threshold = 200;
    const { uniform } = createRandom(6);
    let [state, seen] = [0, 0];
    for (let i = 0; i < 100_000; i++) {
      state = eCusumStep(state, uniform());
      if (state >= threshold) [state, seen] = [0, seen + 1];
    }
    expect(seen).toBeLessThan(100_000 / threshold);
    let steps = 0;
    for (state = 0; state < threshold; steps++) state = eCusumStep(state, 0.01);
    expect(steps).toBeLessThan(6);
  });
});
