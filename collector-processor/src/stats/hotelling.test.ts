import { binScores, scoreWindow } from './binScores';
import { detectableShift } from './detectableShift';
import { hotellingReference, type ScoredWindow } from './hotelling';
import { createRandom, type Random } from './random';
import { type Season, seasonalRegressors } from './seasonalRegressors';

const HOUR_MS = 3_600_000;
const SEASON: Season = { dailyHarmonics: 2, weekend: false, utcOffsetMs: 0 };
/** Bins with 20 equal shares, the outer ones split at 0.2, 1, 99 and 99.8%. */
const SHARES = [0.002, 0.008, 0.04, ...new Array<number>(18).fill(0.05), 0.04, 0.008, 0.002];
const SCORES = binScores(SHARES);
const EDGES = edgesOf(SHARES);

/** Edges between bins of a standard normal. */
function edgesOf(shares: readonly number[]): number[] {
  const sample = Array.from({ length: 400_000 }, createRandom(3).normal).sort((a, b) => a - b);
  let below = 0;
  return shares.slice(0, -1).map((share) => sample[Math.floor((below += share) * sample.length)]!);
}

function binOf(value: number): number {
  let [low, high] = [0, EDGES.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (EDGES[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface Traffic {
  readonly rows: (hour: number) => number;
  /** Share of the variance that rows of one hour have in common. */
  readonly shared: number;
  readonly season: number;
  readonly shift: number;
}

const NOTHING: Traffic = { rows: () => 300, shared: 0.01, season: 0.3, shift: 0 };

function windowAt(hour: number, random: Random, traffic: Traffic): ScoredWindow {
  const n = traffic.rows(hour);
  const level =
    random.normal() * Math.sqrt(traffic.shared) +
    traffic.season * Math.sin((2 * Math.PI * hour) / 24) +
    traffic.shift;
  const counts = SHARES.map(() => 0);
  for (let i = 0; i < n; i++) {
    counts[binOf(level + random.normal() * Math.sqrt(1 - traffic.shared))]!++;
  }
  return {
    n,
    scores: scoreWindow(SCORES, counts),
    regressors: seasonalRegressors(hour * HOUR_MS, SEASON),
  };
}

/** The share of p-values at or below `alpha`, over trials with a reference of 168 hours each. */
function rejections(trials: number, alpha: number, traffic: Traffic, drifted: Traffic): number {
  let rejected = 0;
  for (let trial = 0; trial < trials; trial++) {
    const random = createRandom(1000 + trial);
    const windows = Array.from({ length: 168 }, (_, hour) => windowAt(hour, random, traffic));
    const reference = hotellingReference(windows)!;
    for (let k = 0; k < 5; k++) {
      if (reference.test(windowAt(168 + k, random, drifted)).p <= alpha) rejected++;
    }
  }
  return rejected / (trials * 5);
}

describe('bin scores', () => {
  it('are six, orthonormal under the reference', () => {
    expect(SCORES.map(({ name }) => name)).toEqual([
      'location',
      'scale',
      'skew',
      'kurtosis',
      'lowTail',
      'highTail',
    ]);
    for (const [i, a] of SCORES.entries()) {
      expect(SHARES.reduce((sum, p, k) => sum + p * a.weights[k]!, 0)).toBeCloseTo(0, 10);
      for (const [j, b] of SCORES.entries()) {
        const product = SHARES.reduce((sum, p, k) => sum + p * a.weights[k]! * b.weights[k]!, 0);
        expect(product).toBeCloseTo(i === j ? 1 : 0, 10);
      }
    }
  });

  it('are fewer where there are few bins, and none where there is one', () => {
    expect(binScores([0.7, 0.3]).map(({ name }) => name)).toEqual(['location']);
    expect(binScores([1])).toEqual([]);
    expect(binScores([0.5, 0, 0.5])).toHaveLength(1);
  });
});

describe('the T² test', () => {
  it('keeps its level under clusters and a season', () => {
    const rate = rejections(60, 0.05, NOTHING, NOTHING);
    // 300 decisions at 5%: three standard errors.
    expect(rate).toBeGreaterThan(0.012);
    expect(rate).toBeLessThan(0.088);
  });

  it('keeps its level when volumes differ by ten', () => {
    const traffic = {
      ...NOTHING,
      shared: 0.001,
      rows: (hour: number) => (hour % 2 === 0 ? 80 : 800),
    };
    const rate = rejections(60, 0.05, traffic, traffic);
    expect(rate).toBeLessThan(0.1);
  });

  it('sees a shift that it says it can see', () => {
    const random = createRandom(5);
    const windows = Array.from({ length: 168 }, (_, hour) => windowAt(hour, random, NOTHING));
    const regressors = seasonalRegressors(0, SEASON);
    const goal = { alpha: 0.01, power: 0.9 };
    const shift = detectableShift(
      hotellingReference(windows)!,
      { n: 300, regressors },
      0.977,
      goal,
    );
    expect(shift).toBeGreaterThan(0.2);
    expect(shift).toBeLessThan(1.5);
    const seen = rejections(40, goal.alpha, NOTHING, { ...NOTHING, shift });
    expect(seen).toBeGreaterThan(0.8);
    expect(seen).toBeLessThan(0.98);
  });

  it('cannot be made of fewer windows than it has to estimate', () => {
    const random = createRandom(5);
    const windows = Array.from({ length: 8 }, (_, hour) => windowAt(hour, random, NOTHING));
    expect(hotellingReference(windows)).toBeUndefined();
    expect(hotellingReference([])).toBeUndefined();
  });

  it('takes any change of a reference that never varied as certain, and none as none', () => {
    const scores = SCORES.map(() => 0);
    const windows = Array.from({ length: 100 }, () => ({ n: 50, scores, regressors: [1] }));
    const reference = hotellingReference(windows)!;
    expect(reference.test({ n: 50, scores, regressors: [1] }).p).toBe(1);
    expect(reference.test({ n: 50, scores: scores.map(() => 1), regressors: [1] }).p).toBe(0);
  });
});
