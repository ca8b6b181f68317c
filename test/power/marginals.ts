import { createRandom } from '@plumbline/collector-processor/dist/stats/random';
import { normalTail } from '@plumbline/collector-processor/dist/stats/tails';

/** A change of the distribution of a feature. */
export type Shift = 'none' | 'loc15' | 'loc20' | 'loc50' | 'scale12' | 'scale15' | 'contaminated';
export const MARGINALS = ['normal', 'lognormal', 't3', 'zeroInflated', 'poisson2'] as const;
export type Marginal = (typeof MARGINALS)[number];

const LOCATION: Partial<Record<Shift, number>> = { loc15: 0.15, loc20: 0.2, loc50: 0.5 };
const SCALE: Partial<Record<Shift, number>> = { scale12: 1.2, scale15: 1.5 };
const DRAWS = 60_000;
/** Latent normal values between −5 and 5 are told apart this finely. */
export const STEPS = 8192;
const POSITIVE = 0.4;
/** Of the unshifted distributions. */
const MOMENTS: Readonly<Record<Marginal, { mean: number; sd: number }>> = {
  normal: { mean: 0, sd: 1 },
  lognormal: { mean: Math.exp(0.5), sd: Math.sqrt(Math.exp(2) - Math.exp(1)) },
  t3: { mean: 0, sd: Math.sqrt(3) },
  zeroInflated: { mean: POSITIVE, sd: Math.sqrt(2 * POSITIVE - POSITIVE ** 2) },
  poisson2: { mean: 2, sd: Math.sqrt(2) },
};

interface Draw {
  readonly uniform: () => number;
  readonly normal: () => number;
}

function poisson(rate: number, { uniform }: Draw): number {
  const limit = Math.exp(-rate);
  let k = -1;
  for (let product = 1; product > limit; k++) product *= uniform();
  return k;
}

/** A rate that varies makes counts spread more: a gamma-distributed one gives them `ratio²` times the variance. */
function gamma(shape: number, draw: Draw): number {
  // Marsaglia and Tsang, ACM Trans. Math. Softw. 26, 2000, for shapes of at least 1.
  const d = shape - 1 / 3;
  for (;;) {
    const x = draw.normal();
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(draw.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

function drawOne(marginal: Marginal, location: number, scale: number, draw: Draw): number {
  const { mean, sd } = MOMENTS[marginal];
  const moved = (x: number): number => mean + (x - mean) * scale + location * sd;
  switch (marginal) {
    case 'normal':
      return moved(draw.normal());
    case 'lognormal':
      return moved(Math.exp(draw.normal()));
    case 't3': {
      const squares = draw.normal() ** 2 + draw.normal() ** 2 + draw.normal() ** 2;
      return moved(draw.normal() / Math.sqrt(squares / 3));
    }
    case 'zeroInflated':
      // Zeros stay zeros, or any shift would be seen at once: the others carry it.
      return draw.uniform() < POSITIVE
        ? scale * -Math.log(1 - draw.uniform()) + (location * sd) / POSITIVE
        : 0;
    case 'poisson2': {
      const rate = mean + location * sd;
      const excess = (scale * scale - 1) / rate;
      return poisson(excess > 0 ? gamma(1 / excess, draw) * rate * excess : rate, draw);
    }
  }
}

/** One row in twenty comes from somewhere else: far out on either side, or large counts. */
const CONTAMINATION = 0.05;

function drawShifted(marginal: Marginal, shift: Shift, draw: Draw): number {
  if (shift === 'contaminated' && draw.uniform() < CONTAMINATION) {
    const { mean, sd } = MOMENTS[marginal];
    const far = mean + 5 * sd * draw.normal();
    return marginal === 'poisson2' ? Math.max(0, Math.round(far)) : far;
  }
  return drawOne(marginal, LOCATION[shift] ?? 0, SCALE[shift] ?? 1, draw);
}

/** The value for each latent normal value: quantiles of the distribution at the quantiles of the normal one. */
export function valuesByLatent(marginal: Marginal, shift: Shift): Float64Array {
  const random = createRandom(77);
  const sorted = Float64Array.from({ length: DRAWS }, () =>
    drawShifted(marginal, shift, random),
  ).sort();
  return Float64Array.from({ length: STEPS }, (_, step) => {
    const z = ((step + 0.5) / STEPS) * 10 - 5;
    const below = 1 - normalTail(z);
    return sorted[Math.min(DRAWS - 1, Math.floor(below * DRAWS))]!;
  });
}
